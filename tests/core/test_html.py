"""HTML from strangers: what acts is gone, what is read stays, and nothing takes long."""

from __future__ import annotations

import json
import re
import time
from html.parser import HTMLParser

import pytest

from handrail.core.html import HTML_CHARS_MAX, clean, paragraphs, quick_text, to_text, within_limits
from handrail.core.markdown import to_html
from tests.mail.corpus import shared

PROFILES = ["article", "mail", "message"]
ACTING = {
    "script",
    "iframe",
    "object",
    "embed",
    "form",
    "input",
    "button",
    "meta",
    "base",
    "link",
    "svg",
    "math",
    "style",
}


class Acting(HTMLParser):
    """Collects what could act in cleaned HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ACTING:
            self.found.append(tag)
        for name, value in attrs:
            # As a browser reads an address: control characters at its ends and line breaks within don't count.
            plain = re.sub(r"[\t\r\n]", "", (value or "").strip("".join(map(chr, range(33))))).lower()
            if name.startswith("on") or name in {"srcdoc", "formaction", "background", "srcset"}:
                self.found.append(name)
            if name in {"href", "src", "cite", "poster", "data-remote-src"} and re.match(
                r"(javascript|data|vbscript|file):", plain
            ):
                self.found.append(f"{name}={plain[:30]}")
            if name == "style" and ("url(" in plain or "expression" in plain or "position" in plain):
                self.found.append(f"style={plain[:30]}")


def acting(html: str) -> list[str]:
    parser = Acting()
    parser.feed(html)
    parser.close()
    return parser.found


@pytest.mark.parametrize("profile", PROFILES)
def test_nothing_of_two_thousand_injection_vectors_can_act_after_cleaning(profile):
    vectors = json.loads((shared("injection") / "vectors.json").read_text(encoding="utf-8"))
    assert len(vectors) > 2_000

    left = {v["vector"]: found for v in vectors if (found := acting(clean(v["vector"], profile=profile)))}

    assert left == {}


@pytest.mark.parametrize("profile", PROFILES)
def test_cleaning_twice_changes_nothing(profile):
    vectors = json.loads((shared("injection") / "vectors.json").read_text(encoding="utf-8"))

    for vector in (v["vector"] for v in vectors):
        once = clean(vector, profile=profile)
        assert clean(once, profile=profile) == once


@pytest.mark.parametrize("profile", PROFILES)
def test_nothing_of_the_vectors_can_act_when_markdown_carries_it(profile):
    vectors = json.loads((shared("injection") / "vectors.json").read_text(encoding="utf-8"))

    for vector in (v["vector"] for v in vectors):
        for text in (vector, f"[x]({vector})", f"![x]({vector})"):
            assert acting(to_html(text, profile=profile)) == []


def test_a_mail_asks_nobody_for_pictures():
    html = clean(
        '<p>a<img src="https://track.example/p.gif" srcset="https://x/2x"><img src="//evil/x">',
        profile="mail",
    )

    assert html == '<p>a<img data-remote-src="https://track.example/p.gif"><img></p>'


def test_a_mail_cannot_name_another_scheme_as_a_picture_to_load_later():
    assert "javascript" not in clean('<img data-remote-src="javascript:alert(1)">', profile="mail")


def test_a_mail_keeps_its_look_but_covers_nothing():
    html = clean(
        '<p style="color:red;position:fixed;top:0;background:url(https://x/y)">a</p>', profile="mail"
    )

    assert "position" not in html and "url" not in html


def test_links_inside_an_article_still_reach_their_headings():
    html = clean('<h2 id="refund">환불</h2><a href="#refund">환불로</a>', profile="article")

    assert '<h2 id="at-refund">' in html and 'href="#at-refund"' in html


def test_an_article_keeps_tables_figures_and_code_language():
    html = '<figure><img src="/files/1.png" alt="화면"></figure><table><tbody><tr><td colspan="2">1</td></tr></tbody></table>'
    html += '<pre><code class="language-sh">ls</code></pre>'

    assert clean(html, profile="article") == html


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 20_000 + "끝",
        "<a " + " ".join(f"a{i}=1" for i in range(100_000)) + ">끝</a>",
        "<a " + "".join(f'a{i}="1"' for i in range(100_000)) + ">끝</a>",
        "<b>" * 50_000 + "끝",
        "<a ='" * 300_000,
        "<" * 1_000_000,
        "<p style='color:red'><span>안녕하세요</span></p>" * 80_000,
    ],
    ids=["deep", "attributes", "attributes-unspaced", "formatting", "quotes", "angles", "long"],
)
def test_hostile_html_is_cleaned_and_read_in_time(html):
    began = time.process_time()

    text = to_text(clean(html, profile="mail"))

    assert time.process_time() - began < 3
    assert "끝" not in html or "끝" in text


def test_limits_leave_ordinary_html_alone():
    assert within_limits("<table>" + "<tr><td><p>a<br><img src=x>b" * 2_000 + "</table>")
    assert not within_limits("<div></b>" * 200)
    assert not within_limits("x" * (HTML_CHARS_MAX + 1))


def test_text_is_laid_out_as_it_is_read():
    html = "<div>안녕하세요</div><p>주문</p><table><tr><td>금액</td><td>3,000원</td></tr></table><ol><li>하나<li>둘</ol>"

    assert to_text(html) == "안녕하세요\n\n주문\n\n금액  3,000원\n\n 1. 하나\n 2. 둘"


def test_quick_text_keeps_words_and_drops_scripts():
    assert quick_text("<p>하나 &amp; 둘<script>if (a<b) x()</script><br>셋") == "하나 & 둘\n셋"
    assert quick_text("그냥 글 < 5, <b>굵은</b> 글") == "그냥 글 < 5, 굵은 글"


def test_plain_text_becomes_paragraphs_and_nothing_else():
    assert paragraphs("하나\n둘\n\n<b>셋</b>") == "<p>하나<br>둘</p>\n<p>&lt;b&gt;셋&lt;/b&gt;</p>"


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("**확인(Confirm)**을 눌러요", "<strong>확인(Confirm)</strong>을"),
        ("그는 **'환불'**이라고", "<strong>'환불'</strong>이라고"),
        ("**주문 번호:**를", "<strong>주문 번호:</strong>를"),
        ("**50%**를", "<strong>50%</strong>를"),
        ("**“확인”**을", "<strong>“확인”</strong>을"),
        ("이것은**(중요)**입니다", "이것은<strong>(중요)</strong>입니다"),
        ("*이탤릭(x)*을", "<em>이탤릭(x)</em>을"),
        ("~~취소(된)~~것", "<s>취소(된)</s>것"),
        ("a * b * c", "a * b * c"),
        ("2 ** 3 ** 4", "2 ** 3 ** 4"),
    ],
)
def test_emphasis_works_beside_hangul(markdown, html):
    assert html in to_html(markdown)


def test_a_reply_keeps_its_line_breaks_and_shows_html_as_text():
    assert to_html("하나\n둘 <b>셋</b>") == "<p>하나<br>\n둘 &lt;b&gt;셋&lt;/b&gt;</p>\n"


def test_an_article_may_hold_html():
    assert "<table>" in to_html("<table><tr><td>a</td></tr></table>", profile="article")
