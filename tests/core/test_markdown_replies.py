"""What people type into a reply: Markdown where they meant it, and every other sign left to be read."""

import time

import pytest

from handrail.core.html import clean
from handrail.core.html_reading import reading_text
from handrail.core.markdown_replies import reply_html, says_more


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("**굵게**를 *강조*로", "<p><strong>굵게</strong>를 <em>강조</em>로</p>"),
        ("**확인(Confirm)**을 ***둘 다***", "<p><strong>확인(Confirm)</strong>을 <em><strong>둘 다</strong></em></p>"),
        ("`a*b*` 입력", "<p><code>a*b*</code> 입력</p>"),
        ("- 하나\n- 둘", "<ul>\n<li>하나</li>\n<li>둘</li>\n</ul>"),
        ("* 하나\n* *둘*", "<ul>\n<li>하나</li>\n<li><em>둘</em></li>\n</ul>"),
        ("3. 셋\n4. 넷", '<ol start="3">\n<li>셋</li>\n<li>넷</li>\n</ol>'),
        ("# 큰 제목\n### 작은 제목", "<h3>큰 제목</h3>\n<h4>작은 제목</h4>"),
        ("```\nx **y**\n```", "<pre><code>x **y**\n</code></pre>"),
    ],
)  # fmt: skip
def test_what_is_meant_as_markdown_is(typed, html):
    assert reply_html(typed) == html
    assert says_more(html)


@pytest.mark.parametrize(
    "typed",
    [
        "010-****-1234 번과 010-****-5678 번이에요",
        "홍*동 님과 김*수 님, 홍**님과 김**님",
        "test**@naver.com, abc**@naver.com",
        "5*3*2 는 30, 2 * 3 * 4 는 24",
        "2026. 11. 22.(일) 오후 3시",
        "11. 22. (금) 휴무",
        "1042. 번 문의",
        "네~~ 확인했어요~~",
        "snake_case 와 __init__ 과 _이것_",
        "제목\n=====\n본문\n-- \n홍길동",
        "    들여 쓴 말",
        "C:\\Users\\me \\\\srv\\share &amp; <b>x</b>",
        "[x]: http://a.example\n본문",
        "https://a.example/b_c_d?x=*&y=~~z~~ 와 a_b_c@example.com",
        "https://ko.example/한국어 보세요",
        "report.md 를 열어 보세요",
        "[열기](javascript:alert(1))",
        "\U000f0000 그대로",
        "",
    ],
)
def test_what_only_looks_like_markdown_stays_to_the_letter(typed):
    html = reply_html(typed)
    assert not says_more(html), html
    assert " ".join(reading_text(html).split()) == " ".join(typed.split())


def test_a_line_right_below_a_quotation_or_a_list_belongs_to_neither():
    html = reply_html("> 언제 오나요?\n내일 와요\n- 송장\n- 영수증\n둘 다 보내 드려요")
    assert html == (
        "<blockquote>\n<p>언제 오나요?</p>\n</blockquote>\n<p>내일 와요</p>\n"
        "<ul>\n<li>송장</li>\n<li>영수증</li>\n</ul>\n<p>둘 다 보내 드려요</p>"
    )


def test_nothing_that_can_act_gets_through():
    html = reply_html(
        '**x** <img src=x onerror=alert(1)> [y](javascript:alert(1)) ![z](https://t.example/p.png "p")'
    )
    assert "<img" not in html and "javascript:" not in html.replace("(javascript:alert(1))", "")
    assert clean(html) == html


def test_as_plain_text_it_reads_well():
    typed = (
        "# 반품 안내\n**먼저** 확인해 주세요.\n\n1. 상자\n2. 송장\n   - 앞면\n\n"
        "[안내](https://a.example/return) 와 https://a.example/x_y 를 보세요.\n\n> 언제요?\n\n"
        "| 이름 | 값 |\n|--|--|\n| a | `1` |\n\n---\n```\ncode  x\n```"
    )
    assert reading_text(reply_html(typed)) == (
        "반품 안내\n\n먼저 확인해 주세요.\n\n1. 상자\n2. 송장\n   - 앞면\n\n"
        "안내 (https://a.example/return) 와 https://a.example/x_y 를 보세요.\n\n> 언제요?\n\n"
        "이름 | 값\na | 1\n\n------------------------\n\ncode  x"
    )


@pytest.mark.parametrize(
    "typed",
    [
        "*a " * 20_000,
        "`" * 59_999 + "x",
        "`a " * 20_000,
        "> " * 20_000,
        "[" * 20_000,
        "- " * 20_000,
        "**a*" * 15_000,
    ],
)
def test_no_text_takes_long(typed):
    began = time.perf_counter()
    reply_html(typed)
    assert time.perf_counter() - began < 5
