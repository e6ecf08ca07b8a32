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
