"""An HTML page as somebody else's tool made it: its title, its main content, and where it says it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape

import lxml.html
from lxml import etree

from handrail.knowledge.importing import marks
from handrail.knowledge.importing.trouble import NotTaken

MAIN = (
    "//main",
    "//*[@role='main']",
    "//div[contains(concat(' ', normalize-space(@class), ' '), ' body ')]",  # Sphinx before it had roles
    "//article",
    "//body",
)
CHROME = (
    "nav", "script", "style", "noscript", "template", "form", "head", "link", "meta",
    ".navheader", ".navfooter",  # DocBook
    ".headerlink", ".related", ".sphinxsidebar", ".viewcode-link", ".section-number",  # Sphinx
    ".breadcrumb", ".breadcrumbs", "[role=navigation]", "[role=search]", "[role=contentinfo]", "[role=banner]",
)  # fmt: skip
CALLOUTS = ("note", "tip", "important", "warning", "caution")
# "2.1. ", "A.3. ", "Chapter 2. ", "2장. ", "Appendix A. ", "부록 A. ": the place in a book, not what the page says.
NUMBERING = re.compile(
    r"^(?:(?:\d+|[A-Z])(?:\.\d+)*\.|(?:Chapter|Appendix|부록|제)\s*(?:\d+|[A-Z])장?\.?|\d+장\.?)[ \xa0]+"
)
BOOKS = ("docbook", "sphinx")


@dataclass
class Page:
    """`html` is the main content without its title; `up`, `home` and `next` are file names with their titles."""

    title: str
    html: str
    language: str = ""
    links: dict[str, tuple[str, str]] = field(default_factory=dict)


def decode(data: bytes) -> str:
    """The text of the bytes: UTF-8, what the page declares, or Korean of the time before UTF-8.

    Raises NotTaken("not_text").
    """
    declared = re.search(rb"charset=[\"']?([\w-]+)", data[:2048])
    encodings = ["utf-8-sig", *([declared[1].decode("ascii")] if declared else []), "cp949"]
    if b"\0" in data:
        raise NotTaken("not_text")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
            text.encode()  # no halves of letters, which some encodings make of bytes
        except (UnicodeError, LookupError):
            continue
        if "\0" not in text:
            return text
    raise NotTaken("not_text")


def read(html: str, *, title: str = "") -> Page:
    """Take a page, or a piece of one, apart; a `title` given beforehand leaves other first headings alone.

    Raises NotTaken("empty") for one without content.
    """
    tree = _parsed(html)
    if tree is None:
        raise NotTaken("empty")
    links = {
        rel: (str(link.get("href", "")).split("#")[0], without_number(str(link.get("title") or "")))
        for link in tree.iter("link")
        for rel in str(link.get("rel", "")).lower().split()
        if rel in {"home", "up", "next", "prev"} and link.get("href")
    }
    is_book = any(book in _generator(tree) for book in BOOKS) or "up" in links
    head_title = " ".join("".join(tree.xpath("//head/title//text()")).split())
    main = next(found[0] for path in MAIN if (found := tree.xpath(path)))
    language = _language(tree)
    marks.settle(main)
    _drop_chrome(main)
    _drop_own_contents(main)
    found = _take_title(main, known=title) or head_title
    _tidy(main)
    _plain_headings(main, is_book=is_book)
    _unwrap(main)
    return Page(title or (without_number(found) if is_book else found), inner_html(main), language, links)


def inner_html(element: lxml.html.HtmlElement) -> str:
    """The markup between an element's tags."""
    inside = "".join(etree.tostring(child, encoding="unicode", method="html") for child in element)
    return escape(element.text or "", quote=False) + inside


def without_number(title: str) -> str:
    """The title without its place in the book: "2.1. Supported hardware" -> "Supported hardware"."""
    return NUMBERING.sub("", title.strip()) or title.strip()


def _parsed(html: str) -> lxml.html.HtmlElement | None:
    # An XML declaration in a text makes lxml refuse it; the encoding is settled already.
    html = re.sub(r"\A\s*<\?xml[^>]*\?>", "", html)
    try:
        return lxml.html.document_fromstring(html)
    except (etree.ParserError, ValueError):
        return None


def _generator(tree: lxml.html.HtmlElement) -> str:
    return " ".join(tree.xpath("//meta[@name='generator']/@content")).lower()


def _language(tree: lxml.html.HtmlElement) -> str:
    found = tree.xpath("(//html|//body|//body/div)/@lang")
    return str(found[0]) if found else ""


def _drop_chrome(main: lxml.html.HtmlElement) -> None:
    for selector in CHROME:
        for element in main.xpath(_xpath(selector)):
            _remove(element)
    if main.tag == "body":
        for element in main.xpath("./header|./footer|./aside"):
            if not set(str(element.get("class", "")).split()) & {*CALLOUTS, "admonition"}:
                _remove(element)


def _drop_own_contents(main: lxml.html.HtmlElement) -> None:
    """Drop a table of contents that only leads around inside this page; one that leads to others is content."""
    for toc in main.xpath(_xpath(".toc") + "|" + _xpath(".contents")):
        pages = {str(href).split("#")[0] for href in toc.xpath(".//a/@href")}
        ids = set(main.xpath(".//@id")) | set(main.xpath(".//a/@name"))
        fragments = {str(href).partition("#")[2] for href in toc.xpath(".//a/@href")}
        if toc.getparent() is not None and len(pages) <= 1 and fragments <= ids:
            _remove(toc)


def _take_title(main: lxml.html.HtmlElement, *, known: str) -> str:
    found = main.xpath(f"{_xpath('.titlepage')}{_xpath('.title')[1:]}|.//h1")
    # Everybody reads a title: what stands in a passage for colleagues is none.
    titled = [each for each in found if not marks.is_hidden(each)][:1]
    title = " ".join(titled[0].text_content().split()) if titled else ""
    if not title or (known and title != known):
        return ""
    # Links lead to the anchor in a title, so it stays where the title stood.
    _remove(titled[0], keep=titled[0].xpath(".//a[@name or @id][not(@href)]"))
    return title


def _tidy(main: lxml.html.HtmlElement) -> None:
    for anchor in main.xpath(".//a[@name]"):
        anchor.set("id", anchor.get("id") or anchor.get("name"))
    for box in main.xpath("|".join(_xpath(f".{name}") for name in CALLOUTS)):
        _plain_callout(box)
    for rule in main.xpath(_xpath(".titlepage") + "//hr"):
        _remove(rule)


def _plain_headings(main: lxml.html.HtmlElement, *, is_book: bool) -> None:
    """The largest heading becomes h2, the title being the page's h1; an anchor inside becomes the heading's id."""
    headings = main.xpath(".//h1|.//h2|.//h3|.//h4|.//h5|.//h6")
    shift = 2 - min((int(heading.tag[1]) for heading in headings), default=2)
    for heading in headings:
        heading.tag = f"h{min(int(heading.tag[1]) + shift, 6)}"
        for anchor in heading.xpath(".//a[@id][not(@href)]"):
            heading.set("id", heading.get("id") or anchor.get("id"))
            anchor.drop_tag()
        if is_book and heading.text:
            # The words may begin in an element of their own: D.3.2. <strong>debootstrap</strong>.
            rest = NUMBERING.sub("", heading.text.lstrip())
            heading.text = rest if rest or len(heading) else heading.text


def _unwrap(main: lxml.html.HtmlElement) -> None:
    """Take off the boxes other tools put around everything, and paragraphs that say nothing."""
    for box in main.xpath(".//div|.//section|.//span"):
        if marks.is_ours(box):
            continue
        if box.tag == "div" and set(str(box.get("class", "")).split()) & {*CALLOUTS, "admonition"}:
            continue
        if box.tag != "span" and _has_bare_words(box):
            continue
        if box.tag == "section" and box.get("id"):
            # The place a link leads to outlives its box.
            anchor = lxml.html.Element("a", {"id": box.get("id")})
            anchor.tail, box.text = box.text, None
            box.insert(0, anchor)
        box.drop_tag()
    for paragraph in main.xpath(".//p[not(normalize-space())][not(.//img|.//video|.//a)]"):
        paragraph.drop_tree()


def _has_bare_words(box: lxml.html.HtmlElement) -> bool:
    """Whether words stand in the box itself: without it they would run into the next box's."""
    return bool((box.text or "").strip() or any((child.tail or "").strip() for child in box))


def _plain_callout(box: lxml.html.HtmlElement) -> None:
    """DocBook draws its notes as a table with an icon; what they say is enough."""
    cells = box.xpath("./table//td[not(.//img)]")
    if cells and len(cells) == 1:
        table = box.xpath("./table")[0]
        for child in list(cells[0]):
            box.append(child)
        _remove(table)
    for heading in box.xpath(".//h1|.//h2|.//h3|.//h4"):
        heading.tag = "p"
        heading.set("class", "admonition-title")


def _remove(element: lxml.html.HtmlElement, *, keep: list[lxml.html.HtmlElement] | None = None) -> None:
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    for offset, child in enumerate(keep or []):
        child.tail = None
        child.text = None
        parent.insert(place + offset, child)
    element.drop_tree()


def _xpath(selector: str) -> str:
    if selector.startswith("."):
        return f".//*[contains(concat(' ', normalize-space(@class), ' '), ' {selector[1:]} ')]"
    if selector.startswith("["):
        name, _, value = selector.strip("[]").partition("=")
        return f".//*[@{name}='{value}']"
    return f".//{selector}"
