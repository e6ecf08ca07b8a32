"""What our Markdown has beyond CommonMark: callouts, steps, passages for colleagues, blocks, anchors.

> [!NOTE]                 a callout: NOTE, TIP, IMPORTANT, WARNING or CAUTION
> Its words.

::: steps                 the numbered list inside is steps a reader ticks
1. First
:::

::: agents                a passage only colleagues read
:::

::: block 7               the reusable block with that number
:::

## Heading {#anchor}      the heading with an anchor of its own
"""

from __future__ import annotations

import re
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

CALLOUTS = ("note", "tip", "important", "warning", "caution")
ALERT = re.compile(rf"\[!({'|'.join(CALLOUTS)})\][ \t]*(?:\n|$)", re.I)
ANCHOR = re.compile(r"[ \t]*\{#([\w.:-]+)\}[ \t]*$")
BLOCK = re.compile(r"block[ \t]+(\d{1,9})$")


class Lenient(MarkdownIt):
    """Reads a link to what may not be opened (`javascript:` and the like) as a link, so that its words can stay without it;
    the address would else stand in the text as it was written."""

    def validateLink(self, url: str) -> bool:
        return True

    def refuses(self, url: object) -> bool:
        return not super().validateLink(str(url))


def extend(parser: MarkdownIt) -> None:
    """Teach a parser all of the above."""
    container_plugin(parser, "steps", validate=_named("steps"), render=_nothing)
    container_plugin(parser, "agents", validate=_named("agents"), render=_agents)
    for depth in ("simple", "deep"):
        container_plugin(parser, depth, validate=_named(depth), render=_depth)
    container_plugin(
        parser, "block", validate=lambda said, *_: bool(BLOCK.match(said.strip())), render=_block
    )
    parser.core.ruler.push("refused links", _refused_links)
    parser.core.ruler.push("callouts", _callouts)
    parser.core.ruler.push("steps", _steps)
    parser.core.ruler.before("inline", "anchors", _anchors)


def _named(name: str) -> Any:
    return lambda said, *_: said.strip() == name


def _nothing(*_: Any) -> str:
    return ""


def _agents(_renderer: Any, tokens: list[Token], at: int, *_: Any) -> str:
    return '<section data-audience="agents">\n' if tokens[at].nesting == 1 else "</section>\n"


def _depth(_renderer: Any, tokens: list[Token], at: int, *_: Any) -> str:
    opens = tokens[at].nesting == 1
    return f'<section data-depth="{tokens[at].info.strip()}">\n' if opens else "</section>\n"


def _block(_renderer: Any, tokens: list[Token], at: int, *_: Any) -> str:
    if tokens[at].nesting != 1:
        return "</div>\n"
    number = BLOCK.match(tokens[at].info.strip())
    assert number is not None  # validated when it was read
    return f'<div data-block="{number[1]}">'


def _refused_links(state: StateCore) -> None:
    """A link to what may not be opened leaves its words, a picture what it is called."""
    if isinstance(state.md, Lenient):
        for token in state.tokens:
            token.children = _without_refused(token.children, state.md) if token.children else token.children


def _without_refused(tokens: list[Token], parser: Lenient) -> list[Token]:
    kept: list[Token] = []
    is_dropped: list[bool] = []  # of each link that is open
    for token in tokens:
        if token.type == "link_open":
            is_dropped.append(parser.refuses(token.attrGet("href")))
        drops = is_dropped.pop() if token.type == "link_close" else bool(is_dropped) and is_dropped[-1]
        if token.type == "image" and parser.refuses(token.attrGet("src")):
            token = Token("text", "", 0, content=token.content)
        if not (drops and token.type in {"link_open", "link_close"}):
            kept.append(token)
    return kept


def _anchors(state: StateCore) -> None:
    for token, inner in zip(state.tokens, state.tokens[1:], strict=False):
        if token.type == "heading_open" and (found := ANCHOR.search(inner.content)):
            token.attrSet("id", found[1])
            inner.content = inner.content[: found.start()]


def _steps(state: StateCore) -> None:
    for token, inner in zip(state.tokens, state.tokens[1:], strict=False):
        if token.type == "container_steps_open" and inner.type == "ordered_list_open":
            inner.attrSet("class", "steps")


def _callouts(state: StateCore) -> None:
    """A quotation that begins with `[!NOTE]` becomes a callout of that kind."""
    tokens = state.tokens
    for at in range(len(tokens) - 2):
        opening, inline = tokens[at], tokens[at + 2]
        if opening.type != "blockquote_open" or inline.type != "inline" or not inline.children:
            continue
        found = ALERT.match(inline.content)
        if found is None:
            continue
        closing = next(t for t in tokens[at:] if t.type == "blockquote_close" and t.level == opening.level)
        opening.tag = closing.tag = "aside"
        opening.attrSet("class", found[1].lower())
        _take_first_line(inline)
        if not inline.children:
            for token in tokens[at + 1 : at + 4]:
                token.hidden = True
                token.content = ""


def _take_first_line(inline: Token) -> None:
    children = inline.children or []
    end = next((at for at, child in enumerate(children) if child.type.endswith("break")), len(children) - 1)
    inline.children = children[end + 1 :]
