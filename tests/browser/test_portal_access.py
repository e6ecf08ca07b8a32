"""Every page of the help centre, in both languages, sizes and themes, as axe sees it."""

from __future__ import annotations

import pytest

from handrail.core.actors import SYSTEM
from handrail.knowledge.feedback import give
from handrail.web.portal import addresses
from tests.browser.access import assert_accessible, violations
from tests.browser.conftest import LAPTOP, PHONE


def pages(site, locale):
    faq = site.faq(site.silent, site.pairing, slug=f"faq-{locale}")
    return [
        addresses.home(locale),
        addresses.product(site.buds, locale),
        addresses.topic(site.problems, locale),
        addresses.article(site.silent, locale),
        addresses.article(site.korean_only, locale),
        addresses.faq_set(faq, locale),
        f"/hc/{locale}/articles/{site.silent.pk}/feedback",
    ]


@pytest.mark.parametrize(
    ("locale", "size", "scheme"),
    [("ko", PHONE, "light"), ("en", PHONE, "dark"), ("ko", LAPTOP, "dark"), ("en", LAPTOP, "light")],
)
def test_no_page_has_a_serious_barrier(open_page, site, locale, size, scheme):
    give(site.silent, locale="ko", is_helpful=True, reader="a", by=SYSTEM)
    page = open_page(addresses.home(locale), size=size, scheme=scheme)
    for path in pages(site, locale):
        page.goto(path)
        assert_accessible(page)


def test_forced_colours_leave_nothing_unreadable(open_page, site):
    page = open_page(addresses.article(site.silent, "ko"), forced_colors="active")

    assert_accessible(page)


def test_a_page_with_a_barrier_is_noticed(open_page):
    page = open_page("/hc/ko")
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/mark/195.svg\">')"
    )

    assert any(line.startswith("image-alt") for line in violations(page))


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_large_text_and_long_words_break_nothing(open_page, site, size):
    long = site.write(site.start, ko=("가" * 190, f"<p>{'x' * 500}</p><p>مرحبا 👋</p>"))
    page = open_page(addresses.article(long, "ko"), size=size)

    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


PAPER = (672, 1000)  # what A4 leaves between its margins, in CSS pixels


WIDE = """<table><thead><tr>{heads}</tr></thead><tbody><tr>{cells}</tr></tbody></table>
<ol><li><p>Step</p><table><tbody><tr>{cells}</tr></tbody></table></li></ol><pre><code>{line}</code></pre>
<p>https://ongyeol.example/{line}</p><blockquote><p>{line}</p></blockquote>""".format(
    heads="".join(f"<th>보증 기간과 조건 {n}</th>" for n in range(7)),
    cells="".join(f"<td>36 months from the day of delivery {n}</td>" for n in range(7)),
    line="long-line-" * 40,
)


def test_what_is_wide_scrolls_inside_itself_and_nothing_else_moves(open_page, site):
    site.problems.keep_names({"en": "Getting started with an order and its long delivery"}, {})
    wide = site.write(site.problems, en=("How to cancel an order that was paid twice", WIDE))
    page = open_page(addresses.article(wide, "en"), size=PHONE)

    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    assert page.evaluate(
        "[...document.querySelectorAll('.table-wrap')].every((each) => each.scrollWidth > each.clientWidth)"
    )


def test_on_paper_nothing_wide_is_cut(open_page, site):
    wide = site.write(site.problems, en=("How to cancel an order that was paid twice", WIDE))
    page = open_page(addresses.article(wide, "en"), size=PAPER)
    page.emulate_media(media="print")

    cut = """() => [...document.querySelectorAll('.prose pre, .prose .table-wrap')]
        .filter((each) => each.scrollWidth > each.clientWidth || getComputedStyle(each).overflowX !== 'visible')
        .map((each) => each.className || each.tagName)"""
    assert page.evaluate(cut) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PAPER[0]
