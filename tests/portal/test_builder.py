"""What a manager draws in the builder, and what visitors get to see of it."""

from __future__ import annotations

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from handrail.accounts.models import Role
from handrail.accounts.viewer import Viewer
from handrail.core.actors import SYSTEM
from handrail.core.colour import hue_of
from handrail.knowledge.models import Article
from handrail.web.portal import addresses
from handrail.web.portal.blocks import GATHER
from handrail.workspace.models import Brand, PortalDraft
from handrail.workspace.portal import BLOCKS, Design, shown
from tests.desk.conftest import signed_in
from tests.portal.trees import published


def picture() -> bytes:
    painted = io.BytesIO()
    Image.new("RGB", (64, 32), "teal").save(painted, "PNG")
    return painted.getvalue()


@pytest.fixture
def manager(world) -> Client:
    return signed_in(world.staff("manager@handrail.test", "한관리", Role.MANAGER))


@pytest.fixture
def full(shop):
    """A help centre with something in every block."""
    shop.faq(shop.pairing)
    published(shop)
    shop.write(shop.start, kind="news", ko=("새 소식", "<p>새로워요.</p>"))
    return shop


def fields(design: Design, **changes: str) -> dict[str, str]:
    on = {f"on.{block.code}": "1" for block in design.blocks if block.on}
    return {"blocks": ",".join(block.code for block in design.blocks), **on, **changes}


def switch_off(brand: Brand, *codes: str) -> None:
    draft = PortalDraft.of(brand)
    document = draft.design.as_json()
    for block in document["blocks"]:
        block["on"] = block["code"] not in codes
    draft.draw(document, by=SYSTEM)
    draft.publish(by=SYSTEM)


def links(page: str) -> set[str]:
    found = re.findall(r'\bhref="(/[^"#]*)', page)
    return {
        link.replace("&amp;", "&")
        for link in found
        if not link.startswith(("/static", "/theme", "/mark")) and not link.endswith(".pdf")
    }


def test_every_block_of_a_design_can_be_shown():
    assert set(GATHER) == set(BLOCKS)


@pytest.mark.parametrize("code", BLOCKS)
def test_a_block_that_is_off_leaves_no_dead_link_anywhere(client, full, code):
    switch_off(full.world.brand, code)
    tried, ahead, dead = set(), ["/hc/ko", "/sitemap.xml"], []
    while ahead and len(tried) < 60:
        path = ahead.pop(0)
        if path in tried:
            continue
        tried.add(path)
        answer = client.get(path, follow=True)
        if answer.status_code >= 400:
            dead.append((path, answer.status_code))
        text = answer.content.decode() if "text/html" in answer["Content-Type"] else ""
        sitemap = (
            re.findall(r"<loc>[^<]*?(/hc/ko[^<]*)</loc>", answer.content.decode()) if "xml" in path else []
        )
        ahead += sorted(links(text) - tried) + sitemap

    assert dead == []
    assert len(tried) > 20


def test_the_home_page_shows_exactly_the_blocks_that_are_on(client, full):
    marks = {
        "search": 'class="hero"', "products": 'class="tile-shelves"', "questions": 'id="common"', "news": 'id="news"',
        "troubleshooters": 'id="trees"', "faq": 'id="sets"', "topics": 'id="topics"', "requests": 'id="mine"', "contact": 'id="contact"',
    }  # fmt: skip
    for code, mark in marks.items():
        switch_off(full.world.brand)
        assert mark in client.get("/hc/ko").content.decode(), code
        switch_off(full.world.brand, code)
        assert mark not in client.get("/hc/ko").content.decode(), code


@pytest.mark.parametrize("path", ["/hc/ko/nothing-here", "/hc/ko/search?query=zzzz"])
def test_a_person_is_spoken_of_only_where_one_can_be_asked(client, full, path):
    switch_off(full.world.brand)
    assert "사람에게 물어보세요" in client.get(path).content.decode()

    switch_off(full.world.brand, "contact")
    assert "사람에게 물어보세요" not in client.get(path).content.decode()


def test_a_draft_is_seen_by_its_manager_alone_until_it_is_published(client, manager, full):
    brand = full.world.brand
    design = shown(brand)
    text = fields(design, hue="230", **{"welcome.ko": "무엇이든 물어보세요"})

    manager.post("/console/portal", {**text, "do": "preview"})
    seen = manager.get("/hc/ko").content.decode()
    assert "무엇이든 물어보세요" in seen and "/theme/230.css" in seen and "초안" in seen
    assert "무엇이든 물어보세요" not in client.get("/hc/ko").content.decode()
    article = Article.objects.visible_to(Viewer()).first()
    bar, path = 'class="preview-bar', addresses.article(article, "ko")
    assert bar in seen and bar in manager.get(path).content.decode(), "the bar stands on every page"
    assert bar not in client.get(path).content.decode()

    stamp = Brand.objects.get().withdrawn_stamp
    manager.post("/console/portal", {**text, "do": "publish"})
    page = client.get("/hc/ko").content.decode()
    assert "무엇이든 물어보세요" in page and "/theme/230.css" in page
    assert Brand.objects.get().withdrawn_stamp > stamp, "a page from memory may linger"


def test_an_earlier_version_comes_back_with_one_press(client, manager, full):
    before = shown(full.world.brand)
    manager.post("/console/portal", {**fields(before, hue="230"), "do": "publish"})

    manager.post("/console/portal/versions/1/restore")

    assert shown(Brand.objects.get()) == before
    assert f"/theme/{before.hue}.css" in client.get("/hc/ko").content.decode()


def test_blocks_move_and_nothing_typed_is_lost(manager, full):
    design = shown(full.world.brand)

    manager.post("/console/portal", {**fields(design), "heading.faq.ko": "주제별 질문", "do": "up:faq"})

    moved = PortalDraft.of(Brand.objects.get()).design
    codes = [block.code for block in moved.blocks]
    assert codes.index("faq") == [block.code for block in design.blocks].index("faq") - 1
    assert moved.heading("faq", "ko") == "주제별 질문"


def test_a_menu_leads_where_it_says_and_not_to_what_is_off(client, manager, full):
    design = shown(full.world.brand)
    manager.post("/console/portal", {**fields(design), "do": "add-item"})
    manager.post("/console/portal", {**fields(design), "do": "add-item"})
    item = {
        "menu.0.place": "url",
        "menu.0.url": "https://ongyeol.example/shop",
        "menu.0.ko": "가게",
        "menu.1.place": "troubleshooters",
    }

    wrong = manager.post(
        "/console/portal", {**fields(design), **item, "menu.0.url": "javascript:alert(1)", "do": "publish"}
    )
    assert wrong.status_code == 400 and "https://" in wrong.content.decode()
    manager.post("/console/portal", {**fields(design), **item, "do": "publish"})
    page = client.get("/hc/ko").content.decode()
    menu = page[page.index("site-menu") : page.index("site-tools")]
    assert "가게" in menu and "/hc/ko/troubleshooters" in menu

    switch_off(Brand.objects.get(), "troubleshooters")
    page = client.get("/hc/ko").content.decode()
    assert "/hc/ko/troubleshooters" not in page[page.index("site-menu") : page.index("site-tools")]


def test_a_logo_is_served_once_a_design_names_it_and_nothing_else_is(client, manager, full):
    sent = SimpleUploadedFile("logo.png", picture(), content_type="image/png")
    manager.post("/console/portal", {**fields(shown(full.world.brand)), "logo": sent, "do": "save"})
    name = PortalDraft.of(Brand.objects.get()).design.logo
    assert name and client.get(f"/hc/logo/{name}").status_code == 404

    PortalDraft.of(Brand.objects.get()).publish(by=SYSTEM)

    assert client.get(f"/hc/logo/{name}")["Content-Type"].startswith("image/")
    assert f"/hc/logo/{name}" in client.get("/hc/ko").content.decode()


def test_what_is_no_picture_is_refused_in_words(manager, full):
    text = SimpleUploadedFile("logo.png", b"<svg onload=alert(1)>", content_type="image/png")

    answer = manager.post("/console/portal", {**fields(shown(full.world.brand)), "logo": text, "do": "save"})

    assert answer.status_code == 400 and "logo.png" in answer.content.decode()


def test_a_brand_colour_becomes_a_hue():
    assert hue_of("#ff0000") == 29 and hue_of("#1a73e8") in range(255, 262)
    assert hue_of("#808080") is None and hue_of("rot") is None


def test_authors_build_what_their_articles_stand_in_and_agents_do_not(world):
    author = signed_in(world.staff("author-1@handrail.test", "민작가", Role.AUTHOR))
    assert author.get("/console/portal").status_code == 200
    agent = signed_in(world.staff("agent-1@handrail.test", "차상담", Role.AGENT))
    assert agent.get("/console/portal").status_code == 404
    assert agent.post("/console/portal/preview").status_code == 404
    assert agent.post("/console/portal", {"do": "publish"}).status_code == 404
    assert author.post("/console/portal", {"do": "publish"}).status_code == 302
