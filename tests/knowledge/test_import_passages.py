"""Passages for colleagues and depths come in as such, whatever they come in: no reader is shown what was hidden from them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client

from handrail.accounts.viewer import STRANGER
from handrail.answers.answer import answer
from handrail.knowledge.articles import Article
from handrail.knowledge.exporting import zendesk
from handrail.knowledge.importing import page
from handrail.knowledge.importing.folder import Choices
from handrail.knowledge.importing.run import run
from tests.knowledge.test_round_trip import empty

OPEN, INNER, EASY = "환불은 삼일 안에 됩니다", "예외는 무지개팀장 승인", "쉽게 말해 금방 됩니다"
HTML = (
    f"<p>{OPEN}.</p><section data-audience='agents'><p>{INNER}.</p></section>"
    f"<section data-depth='simple'><p>{EASY}.</p></section>"
)
MARKDOWN = f"{OPEN}.\n\n::: agents\n{INNER}.\n:::\n\n::: simple\n{EASY}.\n:::\n"


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()


def as_markdown(world, root: Path) -> None:
    (root / "orders" / "refunds").mkdir(parents=True)
    text = f"---\ntitle: 환불 기준\naudience: public\n---\n{MARKDOWN}"
    (root / "orders" / "refunds" / "a.ko.md").write_text(text)


def as_html(world, root: Path) -> None:
    (root / "orders" / "refunds").mkdir(parents=True)
    html = (
        f"<html lang='ko'><head><title>환불 기준</title></head><body><h1>환불 기준</h1>{HTML}</body></html>"
    )
    (root / "orders" / "refunds" / "a.ko.html").write_text(html)


def as_zendesk(world, root: Path) -> None:
    world.article("환불 기준", HTML)
    zendesk.export(root, brand=world.brand)
    empty(world)


@pytest.mark.parametrize("write", [as_markdown, as_html, as_zendesk])
def test_what_colleagues_alone_read_reaches_no_guest(world, media, tmp_path, write):
    root = tmp_path / "help"
    write(world, root)
    run(root, brand=world.brand, choices=Choices(audience="public"))
    world.settle()

    article = Article.objects.get()
    text = article.translations.get()
    assert (
        text.published
        and INNER in text.published.whole
        and f'data-depth="simple"><p>{EASY}' in (text.published.html.replace("\n", ""))
    )
    guest = Client()
    address = f"/hc/ko/articles/{article.pk}-{text.slug}"
    asked = {"query": "환불 예외 승인"}
    places = {
        "page": guest.get(address),
        "markdown": guest.get(f"{address}.md"),
        "search": guest.get("/hc/ko/search", asked),
        "suggestions": guest.get("/hc/ko/suggest", asked),
        "answer": guest.get("/hc/ko/answer", asked),
        "api": guest.get(f"/api/v2/articles/{article.pk}", {"locale": "ko"}),
        "api's answer": guest.get("/api/v2/answers", {**asked, "locale": "ko"}),
    }
    for place, response in places.items():
        assert response.status_code == 200, place
        assert "무지개팀장" not in b"".join(response).decode(), place
    assert all(OPEN in places[place].content.decode() for place in ("page", "markdown", "api"))
    told = answer(INNER, STRANGER, locale="ko", remember=False)
    assert "무지개팀장" not in json.dumps(told.as_json(), ensure_ascii=False)


@pytest.mark.parametrize(
    "html",
    [
        "<div data-audience='agents'><p>비밀</p></div><p>열림</p>",
        "<p>열림</p><p data-audience='staff'>비밀</p>",
        "<p>열림</p><table><tr><td>a</td><td data-audience='agents'>비밀</td></tr></table>",
        "<p>열림 <span data-audience='agents'>비밀</span></p><p>열림</p>",
        "<section data-audience='agents'><article><p>비밀</p></article></section><p>열림</p>",
        "<section data-audience='agents'><h1>비밀</h1><p>비밀</p></section><p>열림</p>",
        "<body data-audience='agents'>비밀<p>비밀</p></body>",
        "<section class='level2' id='x' data-audience='AGENTS'><div><section><p>비밀</p></section></div><p>비밀</p></section>",
    ],
)
def test_a_mark_hides_at_least_what_it_stands_on(world, html):
    read = page.read(html)
    article = world.article("제목", read.html)
    published = article.translations.get().published
    assert "비밀" not in published.html and "비밀" not in read.title
    assert "비밀" in published.whole


def test_the_place_of_a_block_stays(world):
    assert '<div data-block="5"></div>' in page.read("<p>앞</p><div data-block='5'></div><p>뒤</p>").html
