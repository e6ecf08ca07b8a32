"""A brand's own rules on its help centre: tried as a draft, published, left out by ?safe, and never where people are reached."""

from __future__ import annotations

import re

import pytest

from handrail.accounts.models import Role
from handrail.workspace.models import Brand, PortalDraft
from tests.desk.conftest import signed_in

RULES = ".site-header { background: url(/hc/logo/a.png) }"


@pytest.fixture
def manager(world):
    return signed_in(world.staff("manager@handrail.test", "한관리", Role.MANAGER))


def style_of(page: str) -> str:
    found = re.search(r'href="(/hc/style/\w+\.css)"', page)
    return found[1] if found else ""


def get(client, path: str) -> str:
    return client.get(path).content.decode()


def test_rules_are_tried_by_their_manager_before_visitors_get_them(client, manager, shop):
    manager.post("/console/portal", {"css": RULES, "do": "preview"})

    tried = style_of(get(manager, "/hc/ko"))
    assert tried and style_of(get(client, "/hc/ko")) == ""
    assert manager.get(tried).status_code == 200 and client.get(tried).status_code == 404

    manager.post("/console/portal", {"css": RULES, "do": "publish"})
    sheet = client.get(style_of(get(client, "/hc/ko")))
    assert sheet["Content-Type"] == "text/css; charset=utf-8" and sheet["X-Content-Type-Options"] == "nosniff"
    assert ".site-header:where([data-dress], [data-dress] *)" in sheet.content.decode()


def test_a_bad_rule_is_refused_with_its_line_and_stands_in_the_field_again(manager, shop):
    answer = manager.post("/console/portal", {"css": "a{}\n@import 'https://evil.example';", "do": "publish"})

    text = answer.content.decode()
    assert answer.status_code == 400 and "2" in re.search(r'role="alert".*?</div>', text, re.S)[0]
    assert "@import &#39;https://evil.example&#39;;" in text
    assert Brand.objects.get().portal == {} and not PortalDraft.objects.exists()


def test_safe_shows_any_page_without_them_and_articles_too(client, manager, shop):
    manager.post("/console/portal", {"css": RULES, "do": "publish"})
    article = client.get(f"/hc/ko/articles/{shop.pairing.pk}")["Location"]

    for path in ("/hc/ko", article):
        assert style_of(get(client, path))
        assert style_of(get(client, f"{path}?safe")) == "" and "data-dress" not in get(client, f"{path}?safe")
        assert style_of(get(client, path)), "what was asked for safely is remembered for nobody"


@pytest.mark.parametrize("path", ["/hc/ko/requests/new", "/hc/ko/chat", "/hc/ko/sign-in", "/hc/ko/profile"])
def test_the_content_of_pages_that_lead_to_people_is_not_dressed(client, manager, shop, path):
    manager.post("/console/portal", {"css": RULES, "do": "publish"})

    page = client.get(path, follow=True).content.decode()

    assert re.search(r"<header[^>]* data-dress", page) and not re.search(r"<main[^>]* data-dress", page)
    assert re.search(r"<main[^>]* data-dress", get(client, "/hc/ko"))


def test_the_rail_and_what_holds_it_are_never_dressed(client, manager, shop):
    manager.post("/console/portal", {"css": RULES, "do": "publish"})

    page = get(client, "/hc/ko")

    dressed = re.findall(r"<(\w+)[^>]* data-dress[\s>]", page)
    assert dressed == ["header", "main", "footer"]
    assert page.index('class="rail"') < page.index("data-dress")


def test_desk_and_console_never_bear_them(manager, shop):
    manager.post("/console/portal", {"css": RULES, "do": "publish"})

    assert style_of(get(manager, "/console/portal")) == "" and style_of(get(manager, "/desk/")) == ""


def test_an_earlier_version_takes_them_away_again(client, manager, shop):
    manager.post("/console/portal", {"css": RULES, "do": "publish"})
    manager.post("/console/portal/versions/1/restore")

    assert style_of(get(client, "/hc/ko")) == ""
