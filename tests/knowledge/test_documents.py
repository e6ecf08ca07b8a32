"""The editor's document: kept when it says what the HTML says, dropped when it does not, never trusted."""

from __future__ import annotations

import json

import pytest

from handrail.core.html import clean
from handrail.core.html_tree import normal
from handrail.knowledge.documents import render, submitted


def text(words, *marks):
    return {"type": "text", "text": words, **({"marks": [{"type": mark} for mark in marks]} if marks else {})}


def node(name, *content, **attrs):
    return {"type": name, "attrs": attrs, "content": list(content)}


def p(*content):
    return node("paragraph", *content)


def li(*content):
    return node("listItem", *content)


DOCUMENTS = [
    (p(text("그냥 "), text("굵고 ", "bold"), text("기운", "bold", "italic")), "<p>그냥 <strong>굵고 <em>기운</em></strong></p>"),
    (node("heading", text("제목"), level=3, id="at-x"), '<h3 id="at-x">제목</h3>'),
    (node("bulletList", li(p(text("가")), node("bulletList", li(p(text("나")))))), "<ul><li>가<ul><li>나</li></ul></li></ul>"),
    (node("steps", li(p(text("가")), p(text("나"))), li(p(text("다")))), '<ol class="steps"><li><p>가</p><p>나</p></li><li><p>다</p></li></ol>'),
    (node("orderedList", li(p(text("가"))), start=3), '<ol start="3"><li>가</li></ol>'),
    (node("callout", p(text("주의")), kind="caution"), '<aside class="caution"><p>주의</p></aside>'),
    (node("depth", p(text("쉽게")), level="simple"), '<section data-depth="simple"><p>쉽게</p></section>'),
    (node("passage", p(text("안"))), '<section data-audience="agents"><p>안</p></section>'),
    (node("reusable", id=7), '<div data-block="7"></div>'),
    (node("codeBlock", text("a < b"), language="py"), '<pre><code class="language-py">a &lt; b</code></pre>'),
    (node("picture", text("설명"), src="/hc/files/a", alt="", width=9), '<figure><img src="/hc/files/a" width="9" alt=""><figcaption>설명</figcaption></figure>'),
    (node("picture", src="/hc/files/a", alt=None), '<figure><img src="/hc/files/a"></figure>'),
    (
        node("film", src="/f", tracks=[{"src": "/t", "srclang": "ko", "label": "한국어"}]),
        '<figure><video src="/f" controls="" preload="metadata"><track kind="captions" src="/t" srclang="ko" label="한국어"></video></figure>',
    ),
    (node("embed", text("영상"), href="https://youtu.be/abc"), '<figure class="embed"><a href="https://youtu.be/abc" rel="noopener noreferrer nofollow">영상</a></figure>'),
    (
        node("embed", text("영상"), href="https://youtu.be/abc", transcript="돌려요\n 버려요 \n"),
        '<figure class="embed"><a href="https://youtu.be/abc" rel="noopener noreferrer nofollow">영상</a><figcaption>돌려요<br>버려요</figcaption></figure>',
    ),
    (
        node("table", node("tableRow", node("tableHeader", p(text("가")))), node("tableRow", node("tableCell", p(text("나")), colspan=1))),
        "<table><thead><tr><th>가</th></tr></thead><tbody><tr><td>나</td></tr></tbody></table>",
    ),
    (node("asis", html="<dl><dt>가</dt><dd>나</dd></dl>"), "<dl><dt>가</dt><dd>나</dd></dl>"),
]  # fmt: skip


@pytest.mark.parametrize(("block", "html"), DOCUMENTS, ids=[block["type"] for block, _html in DOCUMENTS])
def test_a_document_is_kept_when_it_says_what_the_html_says(block, html):
    document = {"type": "doc", "content": [block]}

    cleaned, kept = submitted(html, json.dumps(document))

    assert normal(clean(render(document), profile="article")) == normal(html)
    assert kept == document
    assert normal(cleaned) == normal(html)


@pytest.mark.parametrize(
    "document",
    [
        '{"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "다른 말"}]}]}',
        '{"type": "doc", "content": [{"type": "asis", "attrs": {"html": "<script>1</script>"}}]}',
        "not json",
        "[" * 100_000,
        '{"type": "doc", "content": 7}',
        "null",
        '{"type":"doc","content":[' * 100 + "]}" * 100,
    ],
)
def test_a_document_that_says_something_else_is_dropped_and_the_html_counts(document):
    assert submitted("<p>말</p>", document) == ("<p>말</p>", None)


def test_nothing_that_acts_comes_through_either(world):
    evil = {"type": "doc", "content": [p({"type": "text", "text": "x", "marks": [{"type": "link", "attrs": {"href": "javascript:alert(1)"}}]})]}  # fmt: skip

    html, _kept = submitted('<p><a href="javascript:alert(1)" onclick="x()">x</a></p>', json.dumps(evil))

    assert "javascript" not in html
    assert "onclick" not in html


def test_without_a_tag_it_is_markdown():
    html, kept = submitted("## 환불\n\n**확인(Confirm)**을 눌러요.")

    assert html == "<h2>환불</h2>\n<p><strong>확인(Confirm)</strong>을 눌러요.</p>\n"
    assert kept is None


def test_a_revision_keeps_the_document_and_lists_do_not_load_it(world):
    document = {"type": "doc", "content": [p(text("말"))]}
    article = world.article("글", "<p>옛 말</p>")

    revision = article.write(
        "ko", title="글", html="<p>말</p>", document=json.dumps(document), by=world.agent
    )
    article.translations.get().publish(by=world.agent)

    assert revision.document == document
    loaded = type(article).objects.with_published().get(pk=article.pk).published("ko").published
    assert "document" in loaded.get_deferred_fields()
