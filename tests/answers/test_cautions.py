"""What an article warns of is quoted along with whatever is quoted of it."""

from __future__ import annotations

import pytest

from handrail.accounts.viewer import STRANGER, Viewer
from handrail.answers import jobs
from handrail.answers.chosen import chosen
from handrail.core.actors import SYSTEM
from handrail.knowledge.blocks import Block

LEAD = "Wash it off. If it is hard to breathe, call 119."
SIGNS = "<h2>What you see</h2><p>Tiny bumps: stop for a week, then begin with half of it.</p>"
REFUND = (
    "<h2>Refund</h2><p>We refund the price of what your skin did not take within 30 days.</p>"
    '<aside class="warning"><p>Do not send used pads by post.</p></aside>'
)
WASH = f'<aside class="caution"><p>{LEAD}</p></aside>'


@pytest.fixture
def quoted(help_centre):
    def said(html: str, question: str, viewer: Viewer = STRANGER) -> str:
        made = help_centre.write({"en": ("If the skin turns red", html, [])})
        jobs.encode_wanting()
        return chosen(made.pk, question, viewer, locale="en").answer.text

    return said


def test_a_caution_at_the_beginning_comes_before_any_passage(quoted):
    words = quoted(WASH + SIGNS + REFUND, "there are tiny bumps, what should I do for a week")
    assert words.startswith(LEAD) and "Tiny bumps" in words
    assert words.count(LEAD) == 1
    assert "by post" not in words, "the caution of another section"


def test_one_of_a_section_comes_with_that_section(quoted):
    words = quoted(WASH + SIGNS + REFUND, "do you refund the price within 30 days")
    assert "by post" in words and words.startswith(LEAD)


def test_other_callouts_are_no_cautions(quoted):
    words = quoted(
        WASH.replace("caution", "tip") + SIGNS + REFUND, "tiny bumps: stop for a week, begin with half?"
    )
    assert "Tiny bumps" in words and LEAD not in words


def test_one_that_colleagues_alone_read_is_quoted_to_colleagues_alone(quoted):
    html = f'<section data-audience="agents">{WASH}</section>' + SIGNS + REFUND
    assert "119" not in quoted(html, "do you refund the price within 30 days")
    assert quoted(
        html, "do you refund the price within 30 days", Viewer(role="agent", assurance=3)
    ).startswith(LEAD)


def test_one_in_a_block_comes_along(quoted):
    block = Block.start("First aid", by=SYSTEM)
    block.write("en", html=WASH, by=SYSTEM)
    block.texts.get(locale="en").publish(by=SYSTEM)
    html = f'<div data-block="{block.pk}"></div>' + SIGNS + REFUND
    assert quoted(html, "do you refund the price within 30 days").startswith(LEAD)


def test_a_long_one_is_left_to_its_place(quoted):
    html = f'<aside class="caution"><p>{LEAD * 12}</p></aside>' + SIGNS + REFUND
    assert not quoted(html, "do you refund the price within 30 days").startswith(LEAD)
