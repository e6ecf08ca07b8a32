"""Markdown out and in again: nothing an author made is lost on the way."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from handrail.core.html import clean
from handrail.core.html_tree import normal
from handrail.core.markdown import to_html
from handrail.core.markdown_writing import for_reading, from_html
from tests.core.article_html import article_html


@settings(max_examples=60, deadline=None)
@given(article_html)
def test_markdown_of_any_article_reads_back_as_the_article(html):
    assert normal(to_html(from_html(html), profile="article")) == normal(html)


@pytest.mark.parametrize(
    "markdown",
    [
        "**확인(Confirm)**을 누르세요.\n",
        "**“주문 내역”**에서 *[환불](article:12)*을 골라요.\n",
        "## 제목 {#here}\n",
        "> [!CAUTION]\n> 한 번 누르면 되돌릴 수 없어요.\n",
        "::: steps\n1. 앱을 열어요.\n2. 환불을 눌러요.\n:::\n",
        "::: agents\n내부 기준은 30일이에요.\n:::\n",
        "::: simple\n껐다 켜요.\n:::\n\n::: deep\n전원 회로를 다시 열어요.\n:::\n",
        "::: block 7\n:::\n",
        "| 색 | 뜻 |\n| --- | --- |\n| 빨강 | **오류** |\n",
        "```py\nprint(1)\n\nprint(2)\n```\n",
        "- 하나\n  - 둘\n- 셋\n",
    ],
)
def test_what_markdown_can_say_is_written_as_markdown(markdown):
    assert from_html(to_html(markdown, profile="article")) == markdown


def test_what_markdown_cannot_say_stays_html():
    html = clean('<table><tbody><tr><td colspan="2">가</td></tr></tbody></table>', profile="article")

    assert from_html(html) == f"{html}\n"


def test_for_reading_a_picture_and_a_film_need_no_html():
    html = clean(
        '<figure><img src="/hc/files/a" alt="단자" width="9"><figcaption>뒷면</figcaption></figure>'
        '<figure><video src="/hc/files/f" title="청소하기" controls></video></figure>',
        profile="article",
    )

    assert for_reading(html) == "![단자](/hc/files/a)\n\n뒷면\n\n[청소하기](/hc/files/f)\n"


def test_an_unknown_mark_on_a_passage_closes_it_rather_than_opens_it():
    assert 'data-audience="agents"' in clean('<section data-audience="Staff">x</section>', profile="article")
