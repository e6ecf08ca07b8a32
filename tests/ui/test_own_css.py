"""A manager's own rules: what holds reaches the dressed regions alone, and what does not is refused with its line."""

from __future__ import annotations

import pytest
import tinycss2

from handrail.web.ui.css_slips import declared
from handrail.web.ui.own_css import GUARD, LETTERS_MAX, CssRefused, checked, doubts, sheet


def selectors(css: str) -> list[str]:
    """The selectors of what a browser gets, those of the guard left out."""
    body = sheet(css).removeprefix(GUARD)
    return [
        tinycss2.serialize(rule.prelude).strip()
        for rule in tinycss2.parse_stylesheet(body, skip_whitespace=True)
        if rule.type == "qualified-rule"
    ]


@pytest.mark.parametrize(
    ("written", "narrowed"),
    [
        (".site-header", ".site-header:where([data-dress], [data-dress] *)"),
        (
            ".rail, a:hover",
            ".rail:where([data-dress], [data-dress] *),\na:hover:where([data-dress], [data-dress] *)",
        ),
        ("*", "*:where([data-dress], [data-dress] *)"),
        ("body", "body :where([data-dress])"),
        (":root[data-theme=dark]", ":root[data-theme=dark] :where([data-dress])"),
        ("html body > .page", "html body > .page:where([data-dress], [data-dress] *)"),
        ("body ~ .rail", "body ~ .rail:where([data-dress], [data-dress] *)"),
        ("a::before", "a:where([data-dress], [data-dress] *)::before"),
        ("a:after", "a:where([data-dress], [data-dress] *):after"),
        ("body::before", "body :where([data-dress])::before"),
        ("a/**/b", "a/**/b:where([data-dress], [data-dress] *)"),
        ("a[title='x, y']", 'a[title="x, y"]:where([data-dress], [data-dress] *)'),
        (":is(.rail, body) li", ":is(.rail, body) li:where([data-dress], [data-dress] *)"),
    ],
)
def test_every_selector_is_narrowed_to_the_regions(written, narrowed):
    assert selectors(f"{written} {{ color: red }}") == [narrowed]


def test_what_is_nested_in_a_condition_is_narrowed_too():
    body = sheet("@media (width < 600px) { .rail { display: none } }").removeprefix(GUARD)

    assert (
        body
        == "@media (width < 600px) {\n.rail:where([data-dress], [data-dress] *) {\n  display: none;\n}\n}\n"
    )


def test_values_are_kept_as_they_were_meant():
    css = sheet(
        "a { --x: {a:b}; width: calc(1px + 2px) !important; content: '\\201C'; background: url(/hc/logo/a.png) }"
    )

    for line in (
        "--x: {a:b};",
        "width: calc(1px + 2px) !important;",
        'content: "“";',
        "background: url(/hc/logo/a.png);",
    ):
        assert line in css


def test_an_animation_has_a_name_of_its_own():
    assert "@keyframes brand-in {\nfrom {\n  opacity: 0;\n}\n" in sheet(
        "@keyframes brand-in { from { opacity: 0 } }"
    )
    with pytest.raises(CssRefused):
        sheet("@keyframes pulse { from { opacity: 0 } }")


def test_no_rules_are_no_sheet():
    assert sheet("") == sheet("/* nothing yet */") == ""


REACHES_OUT = [
    "@import 'https://evil.example/a.css';",
    "@import url(/a.css);",
    "a { background: url(https://evil.example/a) }",
    "a { background: url('//evil.example/a') }",
    "a { background: url(/\\5c evil.example) }",
    "a { background: u\\72l(https://evil.example/a) }",
    "a { background: URL( 'http://evil.example/a' ) }",
    "a { --later: url(https://evil.example/a) }",
    "a { background: image-set('https://evil.example/a' 1x) }",
    "a { background: -webkit-image-set(url(https://evil.example/a) 1x) }",
    "a { background: src('https://evil.example/a') }",
    "a { cursor: url(javascript:alert(1)) }",
    "a { background: url(data:text/html,x) }",
    "@supports (background: url(https://evil.example/a)) { a { color: red } }",
    "@font-face { font-family: x; src: url(https://evil.example/a) }",
    "@namespace x url(https://evil.example/a);",
    "a { width: expression(alert(1)) }",
    "a { behavior: url(#x) }",
    "a { -moz-binding: url(/x) }",
    "@layer reset { .rail { display: none !important } }",
    "@scope (.rail) { a { display: none } }",
    "@page { size: a4 }",
    "a { & ~ .rail { display: none } }",
    "a { @media all { .rail { display: none } } }",
    "html:has(&) .rail { display: none }",
    "> .rail { display: none }",
    "{ display: none }",
    "a, { display: none }",
    "a {}} .rail { display: none }",
    "</style><script>alert(1)</script>",
    "a { content: '</style>' }",
    "a { color: red; : blue }",
    "a { background: url( https://evil.example/a b }",
]


@pytest.mark.parametrize("css", REACHES_OUT)
def test_what_reaches_out_or_cannot_be_read_is_refused_with_its_line(css):
    with pytest.raises(CssRefused) as refused:
        checked(f".fine {{ color: red }}\n\n{css}")

    assert refused.value.problems[0][0] == 3
    assert str(refused.value).startswith("Line 3: ") or "3" in str(refused.value)


def test_every_wrong_line_is_told_and_five_at_most():
    css = "\n".join("a { background: url(https://evil.example) }" for _ in range(9))

    with pytest.raises(CssRefused) as refused:
        checked(css)

    assert [line for line, _said in refused.value.problems] == list(range(1, 10))
    assert str(refused.value).count("evil.example") == 5


def test_a_limit_holds():
    assert checked("a{}" + " " * 10) == "a{}"
    with pytest.raises(CssRefused):
        checked("/*" + "x" * LETTERS_MAX + "*/")


@pytest.mark.parametrize(
    ("css", "line"),
    [
        ("a{", 1),
        ("a { color: red }\nb {\n  color: blue\n", 2),
        ("@media (min-width: 1px) {\n a { color: red }", 1),
        ("/* a { color: red }", 1),
        (".x { color: red }\n\n.y { content: 'open }\n", 3),
        (".x { color: }", 1),
        (".x {\n  color: red\n  background: blue;\n}", 2),
        (".x { width: calc(1px + (2px) ; }", 1),
    ],
)
def test_a_slip_a_browser_would_pass_over_is_refused_with_its_line(css, line):
    with pytest.raises(CssRefused) as refused:
        checked(css)
    assert refused.value.problems[0][0] == line


@pytest.mark.parametrize(
    "css",
    [
        '.x { content: \'}\' } /* { */ .y { content: "\\"{" }',
        ".x { background: url(/hc/a{b.png) }",
        ".x { --own: a:b; --none: ; color: var(--own) }",
        ".a\\{b { color: red }",
        "@media (min-width: 1px) { .x:is(.y, [title='(']) { -webkit-line-clamp: 2; color: red } }",
    ],
)
def test_what_only_looks_like_a_slip_is_kept(css):
    assert checked(css) == css and doubts(css) == []


def test_what_no_browser_knows_is_told_and_kept():
    css = ".x {\n  colour: red;\n  wibble: 1;\n  color: red }\n@media print { .y { widht: 1px } }"
    assert checked(css) == css
    said = doubts(css)
    assert len(said) == 3 and "2" in said[0] and "“color”" in said[0] and "“width”" in said[2]


def test_values_are_handed_to_the_browser_once_each_with_their_line():
    css = """a { COLOR: 12bananas !important;
  width: 10pxx; widht: 1px; --own: 1; -webkit-line-clamp: x; height: }
@media print { a { color: 12bananas; display: nonne } }
@supports (color: new(1)) { a { color: new(1) } }
@keyframes brand-x { from { opacity: full } }"""
    assert declared(css) == [
        (1, "color", "12bananas"),
        (2, "width", "10pxx"),
        (3, "display", "nonne"),
        (5, "opacity", "full"),
    ]


def test_what_was_kept_with_a_slip_goes_on_as_a_browser_reads_it():
    assert "color: red" in sheet("a { color: red")
