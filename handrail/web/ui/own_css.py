"""A manager's own style rules, made safe for pages of strangers: read by a parser, kept in the regions they may dress, written anew.

What a rule may reach is decided by what its selector is about. That is narrowed to `[data-dress]` and what is in it, which
stands on the header, the content and the footer of a page and never on what holds them or on the rail beside them. So no rule
can hide the rail, and the guard before the rules keeps the regions from covering it or pushing it away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import tinycss2
from django.utils.translation import gettext as _

from handrail.web.ui.css_slips import broken, unclosed, unknown

LETTERS_MAX = 20_000
TOLD_MAX = 5  # problems at once
REGION = "[data-dress]"
WHOLE_PAGE = frozenset({"html", "body"})
OLD_PSEUDO_ELEMENTS = frozenset({"before", "after", "first-line", "first-letter"})
ANIMATIONS = "brand-"
NESTED = frozenset({"media", "supports", "container"})
KEYFRAMES = frozenset({"keyframes", "-webkit-keyframes"})
ACTING = frozenset({"behavior", "-moz-binding"})
FETCHING = frozenset(
    {"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade", "element"}
)
OWN_ADDRESS = re.compile(r"/(?![/\\])[^\\\s]*")
OWN_PICTURE = re.compile(r"data:image/(png|jpeg|gif|webp|avif|svg\+xml)[;,]", re.IGNORECASE)
# Important rules of the first layer win over all others, whatever those say of themselves.
GUARD = """@layer reset, tokens, base, layout, components, surface, print;
@layer reset {
  .page:has(> [data-dress]) { overflow-x: clip !important; }
  [data-dress] { position: relative !important; order: 0 !important; isolation: isolate !important; z-index: 0 !important; }
  main[data-dress] { z-index: 1 !important; }
}
"""


class CssRefused(ValueError):
    """Rules that are not taken. `problems` are (line, sentence for the manager), in the order of the lines."""

    def __init__(self, problems: Sequence[tuple[int, str]]) -> None:
        super().__init__(" ".join(told(problems)))
        self.problems = list(problems)


def told(problems: Sequence[tuple[int, str]]) -> list[str]:
    """Each problem as a sentence that names its line."""
    return [
        _("Line %(line)d: %(problem)s") % {"line": line, "problem": problem}
        for line, problem in problems[:TOLD_MAX]
    ]


def checked(css: str) -> str:
    """The rules as they are kept: as they were written, with plain line ends. Raises CssRefused, for slips too.

    What was kept before a slip was told goes on as a browser reads it (`sheet`).
    """
    css = css.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()
    if len(css) > LETTERS_MAX:
        too_long = _("There are %(count)d letters; %(most)d is the most.")
        raise CssRefused(
            [(css[:LETTERS_MAX].count("\n") + 1, too_long % {"count": len(css), "most": LETTERS_MAX})]
        )
    if slips := unclosed(css):
        # All that comes behind is read wrong, so only this is told.
        raise CssRefused(slips)
    refused: list[tuple[int, str]] = []
    try:
        sheet(css)
    except CssRefused as reaching:
        refused = reaching.problems
    if refused or (refused := broken(css)):
        raise CssRefused(refused)
    return css


def doubts(css: str) -> list[str]:
    """What is kept and does nothing, as sentences that name their line; five at most."""
    return told(unknown(css))


@lru_cache(maxsize=32)
def sheet(css: str) -> str:
    """What the browser gets of rules that hold, the guard first; "" for none. Raises CssRefused."""
    reader = _Reader()
    body = reader.rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))
    if "</style" in css.lower():
        line = css.lower().split("</style")[0].count("\n") + 1
        reader.refuse(line, _("“</style>” belongs to a page, not to rules. Take it out."))
    if reader.problems:
        raise CssRefused(sorted(reader.problems))
    return f"{GUARD}{body}" if body else ""


class _Reader:
    """Walks through the parsed rules, writes down what holds and remembers what does not."""

    def __init__(self) -> None:
        self.problems: list[tuple[int, str]] = []

    def refuse(self, line: int, problem: str) -> None:
        self.problems.append((line, problem))

    def rules(self, nodes: Sequence[Any]) -> str:
        return "".join(self._rule(node) for node in nodes)

    def _rule(self, node: Any) -> str:
        if node.type == "qualified-rule":
            selectors = self._selectors(node)
            return f"{selectors} {{\n{self._declarations(node.content)}}}\n"
        if node.type == "at-rule":
            return self._at_rule(node)
        self.refuse(
            node.source_line, _("This can't be read as a rule. A bracket or a semicolon may be missing.")
        )
        return ""

    def _at_rule(self, node: Any) -> str:
        name = node.lower_at_keyword
        if node.content is not None and name in NESTED:
            self._check_addresses(node.prelude)
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            return f"@{name} {tinycss2.serialize(node.prelude).strip()} {{\n{self.rules(inner)}}}\n"
        if node.content is not None and name in KEYFRAMES:
            return self._keyframes(node)
        if name == "import":
            self.refuse(
                node.source_line, _("@import fetches rules from elsewhere. Write the rules themselves here.")
            )
        else:
            known = _("@%(name)s is not taken. There are @media, @supports, @container and @keyframes.")
            self.refuse(node.source_line, known % {"name": name})
        return ""

    def _keyframes(self, node: Any) -> str:
        name = tinycss2.serialize(node.prelude).strip()
        if not re.fullmatch(rf"{ANIMATIONS}[\w-]{{1,40}}", name, re.ASCII):
            own = _("The name of an animation begins with “%(start)s”, so that it takes none of ours away.")
            self.refuse(node.source_line, own % {"start": ANIMATIONS})
        steps = []
        for step in tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True):
            if step.type != "qualified-rule":
                self.refuse(
                    step.source_line, _("An animation holds steps such as “from”, “50%” and “to” alone.")
                )
                continue
            at = tinycss2.serialize(step.prelude).strip()
            if not re.fullmatch(r"(from|to|[\d.]+%)(\s*,\s*(from|to|[\d.]+%))*", at):
                self.refuse(
                    step.source_line, _("An animation holds steps such as “from”, “50%” and “to” alone.")
                )
            steps.append(f"{at} {{\n{self._declarations(step.content)}}}\n")
        return f"@keyframes {name} {{\n{''.join(steps)}}}\n"

    def _selectors(self, node: Any) -> str:
        return ",\n".join(self._selector(part, node.source_line) for part in _split(node.prelude))

    def _selector(self, tokens: list[Any], line: int) -> str:
        tokens = _trimmed(tokens)
        subject = _subject(tokens)
        if any(_is_odd(token) for token in _all(tokens)):
            self.refuse(line, _("This selector can't be read, or holds “&”. Write the whole selector."))
        elif not subject or _is_combinator(tokens[0]):
            self.refuse(
                line, _("A selector is missing before the bracket, or begins or ends in the middle of one.")
            )
        cut = len(tokens) - len(subject) + _before_pseudo_element(subject)
        before, after = tinycss2.serialize(tokens[:cut]).strip(), tinycss2.serialize(tokens[cut:]).strip()
        # What is said of the whole page holds for its regions: what is said there goes down to all within them.
        region = f" :where({REGION})" if _is_page(subject) else f":where({REGION}, {REGION} *)"
        return f"{before}{region}{after}"

    def _declarations(self, content: Any) -> str:
        lines = []
        for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
            if node.type == "declaration":
                lines.append(self._declaration(node))
            elif node.type in {"qualified-rule", "at-rule"}:
                self.refuse(
                    node.source_line,
                    _("A rule stands within a rule. Write it below, with its whole selector."),
                )
            else:
                self.refuse(node.source_line, _("This can't be read. A colon or a semicolon may be missing."))
        return "".join(lines)

    def _declaration(self, node: Any) -> str:
        if node.lower_name in ACTING:
            self.refuse(
                node.source_line, _("“%(name)s” can act and is not taken.") % {"name": node.lower_name}
            )
            return ""
        self._check_addresses(node.value)
        important = " !important" if node.important else ""
        return f"  {node.name}: {tinycss2.serialize(node.value).strip()}{important};\n"

    def _check_addresses(self, tokens: Sequence[Any]) -> None:
        for token in _all(tokens):
            if token.type == "error":
                self.refuse(token.source_line, _("This can't be read. A bracket or a quote may be missing."))
            elif token.type == "url":
                self._check_address(token.value, token.source_line)
            elif token.type == "function" and token.lower_name == "expression":
                self.refuse(token.source_line, _("“expression” can act and is not taken."))
            elif token.type == "function" and token.lower_name in FETCHING:
                for inner in token.arguments:
                    if inner.type == "string":
                        self._check_address(inner.value, inner.source_line)

    def _check_address(self, address: str, line: int) -> None:
        if OWN_ADDRESS.fullmatch(address) or OWN_PICTURE.match(address) or address.startswith("#"):
            return
        outside = _(
            "“%(address)s” leads to another site. An address here begins with “/”, or is a picture as data:image/…"
        )
        self.refuse(line, outside % {"address": address[:80]})


def _all(tokens: Sequence[Any]) -> Iterator[Any]:
    """Every token, those within brackets and functions too."""
    for token in tokens:
        yield token
        yield from _all(getattr(token, "arguments", None) or getattr(token, "content", None) or ())


def _split(tokens: Sequence[Any]) -> list[list[Any]]:
    """The selectors of a list, by its commas."""
    parts: list[list[Any]] = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        elif token.type != "comment":
            parts[-1].append(token)
    return parts


def _trimmed(tokens: list[Any]) -> list[Any]:
    while tokens and tokens[0].type == "whitespace":
        tokens = tokens[1:]
    while tokens and tokens[-1].type == "whitespace":
        tokens = tokens[:-1]
    return tokens


def _is_odd(token: Any) -> bool:
    return token.type in {"error", "{} block"} or (token.type == "literal" and token.value in "&;")


def _is_combinator(token: Any) -> bool:
    return token.type == "literal" and token.value[0] in ">+~|"


def _subject(tokens: list[Any]) -> list[Any]:
    """The last part of a selector: the things it is about."""
    for at in range(len(tokens) - 1, -1, -1):
        if tokens[at].type == "whitespace" or (_is_combinator(tokens[at]) and tokens[at].value != "|"):
            return tokens[at + 1 :]
    return tokens


def _before_pseudo_element(tokens: list[Any]) -> int:
    """Where "::before" and the like begin; the end where there is none."""
    for at, token in enumerate(tokens[:-1]):
        if token.type == "literal" and token.value == ":":
            name = tokens[at + 1]
            is_double = name.type == "literal" and name.value == ":"
            if is_double or (name.type == "ident" and name.lower_value in OLD_PSEUDO_ELEMENTS):
                return at
    return len(tokens)


def _is_page(tokens: list[Any]) -> bool:
    if not tokens:
        return False
    if tokens[0].type == "ident":
        return tokens[0].lower_value in WHOLE_PAGE
    name = tokens[1] if len(tokens) > 1 and tokens[0].type == "literal" and tokens[0].value == ":" else None
    return name is not None and name.type == "ident" and name.lower_value == "root"
