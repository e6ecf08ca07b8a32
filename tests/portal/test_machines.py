"""What search engines and other programs read."""

from __future__ import annotations

from datetime import datetime
from xml.etree import ElementTree

import pytest

from handrail.core import clock
from handrail.core.markdown_writing import for_reading
from handrail.web.portal import addresses
from tests.portal.reading_pages import at

SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def locations(client) -> dict[str, set[str]]:
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    return {
        at(url.findtext("s:loc", namespaces=SITEMAP)): {
            link.get("hreflang") for link in url.findall("x:link", SITEMAP)
        }
        for url in tree.findall("s:url", SITEMAP)
    }


def test_the_sitemap_lists_every_public_page_with_its_languages_and_each_opens(client, shop):
    found = locations(client)

    assert found[at(addresses.absolute(addresses.article(shop.silent, "en")))] == {"ko", "en"}
    assert found[at(addresses.absolute(addresses.article(shop.korean_only, "ko")))] == {"ko"}
    assert at(addresses.absolute(addresses.article(shop.korean_only, "en"))) not in found
    for place in found:
        assert client.get(place.removeprefix(addresses.absolute(""))).status_code == 200


def test_nothing_for_staff_is_in_sitemap_overview_or_feed_even_when_staff_ask(client, shop):
    shop.write(shop.lamp_use, kind="news", audience="agents", ko=("내부 소식", "<p>쉿</p>"))
    for ask in (lambda: None, lambda: client.force_login(shop.world.agent)):
        ask()
        for path in ("/sitemap.xml", "/llms.txt"):
            assert "내부" not in at(client.get(path).content.decode())


def test_robots_names_the_sitemap_and_keeps_crawlers_out_of_what_is_personal(client, world):
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert f"Sitemap: {addresses.absolute('/sitemap.xml')}" in lines
    assert "Disallow: /hc/*/requests" in lines


def test_security_txt_says_whom_to_tell_and_has_not_expired(client, world):
    fields = dict(
        line.split(": ", 1) for line in client.get("/.well-known/security.txt").content.decode().splitlines()
    )

    assert datetime.fromisoformat(fields["Expires"]) > clock.now()
    assert "Contact" in fields and fields["Preferred-Languages"] == "ko, en"


def test_the_feed_holds_news_of_its_language_newest_first(client, shop):
    shop.write(shop.start, kind="news", ko=("첫 소식", "<p>하나</p>"), en=("First news", "<p>One</p>"))
    shop.write(shop.start, kind="news", ko=("둘째 소식", "<p>둘 & 셋</p>"))

    korean = ElementTree.fromstring(client.get("/hc/ko/news.atom").content)
    english = ElementTree.fromstring(client.get("/hc/en/news.atom").content)

    assert [entry.findtext("a:title", namespaces=ATOM) for entry in korean.findall("a:entry", ATOM)] == [
        "둘째 소식",
        "첫 소식",
    ]
    assert [entry.findtext("a:title", namespaces=ATOM) for entry in english.findall("a:entry", ATOM)] == [
        "First news"
    ]


def test_an_article_reads_as_markdown_under_its_address(client, shop):
    answer = client.get(addresses.article(shop.silent, "en") + ".md")

    assert answer["Content-Type"].startswith("text/markdown")
    text = answer.content.decode()
    assert text.startswith("# When one bud is silent\n")
    assert "## In order\n\n1. Close\n2. Open\n" in text


def test_markdown_keeps_tables_links_quotes_and_nested_lists():
    html = (
        '<p>See <a href="/x">this <strong>page</strong></a>.</p><ul><li>One<ul><li>Inside</li></ul></li><li>Two</li></ul>'
        "<table><thead><tr><th>Light</th><th>Means</th></tr></thead><tbody><tr><td>Red</td><td>a|b</td></tr></tbody></table>"
        "<blockquote><p>Careful</p></blockquote>"
    )

    assert for_reading(html) == (
        "See [this **page**](/x).\n\n- One\n  - Inside\n- Two\n\n"
        "| Light | Means |\n| --- | --- |\n| Red | a\\|b |\n\n> Careful\n"
    )


@pytest.mark.parametrize("ending", [".md", ".pdf"])
def test_a_file_without_its_slug_is_put_right_like_the_page(client, shop, monkeypatch, ending):
    monkeypatch.setattr("handrail.web.portal.pdf.is_offered", lambda: True)

    answer = client.get(f"/hc/ko/articles/{shop.silent.pk}{ending}")

    assert (answer.status_code, answer["Location"]) == (301, addresses.article(shop.silent, "ko") + ending)
