"""Hypothesis: any article the editor can make, as clean HTML."""

from __future__ import annotations

from html import escape

from hypothesis import strategies as st

from handrail.core.html import clean

WORDS = st.text(alphabet="가나다 확인ab1(2)[x]*_`~|<>&#-+.:!\\\"'“”…{}\n", min_size=1, max_size=14).map(
    lambda text: " ".join(text.split()) or "말"
)
CODE = st.text(alphabet="ab가 `\n#-<>", max_size=20)
MARKS = ("strong", "em", "s", "u", "sub", "sup", "kbd", "mark")


def _tag(name: str, inner: str, attributes: str = "") -> str:
    return f"<{name}{attributes}>{inner}</{name}>"


words = WORDS.map(lambda text: escape(text, quote=False))
marked = st.builds(_tag, st.sampled_from(MARKS), words)
linked = st.builds(
    lambda address, inner: _tag("a", inner, f' href="{escape(address)}"'),
    st.sampled_from(
        ["https://x.kr/a?b=1&c=(2)", "article:12", "article:7#at-환불", "mailto:a@b.kr", "#at-x"]
    ),
    st.one_of(words, marked),
)
code = st.builds(_tag, st.just("code"), words)
line = st.lists(st.one_of(words, marked, linked, code, st.just("<br>")), min_size=1, max_size=5).map("".join)
paragraph = st.builds(_tag, st.just("p"), line)
heading = st.builds(
    lambda level, inner, anchor: _tag(f"h{level}", inner, f' id="at-{anchor}"' if anchor else ""),
    st.integers(2, 4),
    words,
    st.sampled_from(["", "x", "환불-방법"]),
)
block_code = CODE.map(lambda text: f'<pre><code class="language-py">{escape(text, quote=False)}</code></pre>')
picture = st.builds(
    lambda alt, caption: (
        f'<figure><img src="/hc/files/a" alt="{escape(alt)}" width="10" height="9">'
        + (f"<figcaption>{caption}</figcaption>" if caption else "")
        + "</figure>"
    ),
    WORDS,
    st.one_of(st.just(""), line),
)
film = st.just(
    '<figure><video src="/hc/files/f" controls preload="metadata"><track src="/hc/files/t" kind="captions" '
    'srclang="ko" label="한국어" default></video></figure>'
)
embed = st.builds(
    lambda title, said: (
        f'<figure class="embed"><a href="https://youtu.be/abc">{title}</a>'
        + (f"<figcaption>{said}</figcaption>" if said else "")
        + "</figure>"
    ),
    words,
    st.one_of(st.just(""), st.lists(words, min_size=1, max_size=3).map("<br>".join)),
)
reused = st.integers(1, 999).map(lambda number: f'<div data-block="{number}"></div>')
table = st.integers(1, 3).flatmap(
    lambda width: st.builds(
        lambda head, body: (
            "<table><thead>"
            + _row("th", head)
            + "</thead><tbody>"
            + "".join(_row("td", row) for row in body)
            + "</tbody></table>"
        ),
        st.lists(line, min_size=width, max_size=width),
        st.lists(st.lists(line, min_size=width, max_size=width), min_size=1, max_size=2),
    )
)
simple = st.one_of(paragraph, heading, block_code, picture, film, embed, reused, table, st.just("<hr>"))


def _row(tag: str, cells: list[str]) -> str:
    return _tag("tr", "".join(_tag(tag, cell) for cell in cells))


def _item_list(items: list[str], kind: str) -> str:
    name, _, of = kind.partition(".")
    return _tag(name, "".join(_tag("li", item) for item in items), f' class="{of}"' if of else "")


def _holding(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    many = st.lists(inner, min_size=1, max_size=2).map("".join)
    lists = st.builds(
        _item_list,
        st.lists(
            st.one_of(line, st.builds(lambda p, rest: p + rest, paragraph, many)), min_size=1, max_size=3
        ),
        st.sampled_from(["ul", "ol", "ol.steps"]),
    )
    callout = st.builds(
        lambda kind, text: _tag("aside", text, f' class="{kind}"'),
        st.sampled_from(["note", "tip", "caution"]),
        many,
    )
    passage = many.map(lambda text: _tag("section", text, ' data-audience="agents"'))
    depth = st.tuples(st.sampled_from(["simple", "deep"]), many).map(
        lambda drawn: _tag("section", drawn[1], f' data-depth="{drawn[0]}"')
    )
    return st.one_of(lists, callout, passage, depth, st.builds(_tag, st.just("blockquote"), many))


block = st.recursive(simple, _holding, max_leaves=5)
article_html = st.lists(block, min_size=1, max_size=4).map(
    lambda blocks: clean("".join(blocks), profile="article")
)
