"""Links and pictures in a piece of HTML, given other addresses or taken out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import lxml.html
from babel import Locale

from handrail.knowledge.importing.page import inner_html
from handrail.workspace.locales import LOCALES

ADDRESSES = {
    "a": ("href",), "img": ("src",), "source": ("src",), "track": ("src",),
    "video": ("src", "poster"), "audio": ("src",),
}  # fmt: skip
PLACE = "block:"
ALONE_IN = {"p", "li", "td", "th", "dd"}
FILMS = {".webm", ".mp4"}


def rewrite(html: str, swap: Callable[[str, str], str | None]) -> str:
    """The HTML with each address replaced by swap(tag, address).

    None takes a link off its words, and a picture or film out of the text. A picture whose new address is a
    whole web address becomes a link: our pages show nobody else's pictures.
    """
    if not html.strip():
        return ""
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    for element in list(root.iter(*ADDRESSES)):
        for name in ADDRESSES[element.tag]:
            address = (element.get(name) or "").strip()
            if not address or element.getparent() is None:
                continue
            new = swap(element.tag, address)
            if new is None:
                _take_out(element)
            elif element.tag == "img" and new.startswith(("http://", "https://")):
                _become_link(element, new)
            else:
                element.set(name, new)
    return inner_html(root)


def places(html: str) -> tuple[str, list[str]]:
    """The HTML with a reusable block's place for every link to `block:<number or name>` that stands alone, and what did not.

    Within a sentence no block can stand: the link's words stay, and they are told.
    """
    if PLACE not in html:
        return html, []
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    lost = []
    for link in [each for each in root.iter("a") if (each.get("href") or "").startswith(PLACE)]:
        place = lxml.html.Element("div", {"data-block": link.get("href").removeprefix(PLACE)})
        around = link.getparent()
        # In a tight list the item itself is the paragraph.
        if around.tag not in ALONE_IN or len(around) > 1 or around.text_content() != link.text_content():
            lost.append(link.text_content())
            link.drop_tag()
            continue
        stood = around if around.tag == "p" else link
        place.tail, stood.tail = stood.tail, None
        stood.getparent().replace(stood, place)
    return inner_html(root), lost


def films(html: str, *, folders: Sequence[Path], locale: str) -> str:
    """Pictures that are films become players, with the captions that lie beside them as `<film>.<locale>.vtt`."""
    if not html.strip():
        return html
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    for picture in list(root.iter("img")):
        source = picture.get("src") or ""
        if PurePosixPath(source).suffix.lower() not in FILMS:
            continue
        player = lxml.html.Element(
            "video", {"controls": "", "preload": "metadata", "title": picture.get("alt") or ""}
        )
        player.append(lxml.html.Element("source", {"src": source}))
        for code in sorted(LOCALES, key=lambda one: one != locale):
            captions = str(PurePosixPath(source).with_suffix(f".{code}.vtt"))
            if any((folder / unquote(captions)).is_file() for folder in folders):
                player.append(_track(captions, code, is_first=code == locale))
        player.tail, picture.tail = picture.tail, None
        picture.getparent().replace(picture, player)
    return inner_html(root)


def _track(source: str, code: str, *, is_first: bool) -> lxml.html.HtmlElement:
    label = str(Locale.parse(code).get_display_name(code))
    track = lxml.html.Element("track", {"src": source, "kind": "captions", "srclang": code, "label": label})
    if is_first:
        track.set("default", "")
    return track


def _take_out(element: lxml.html.HtmlElement) -> None:
    if element.tag == "a":
        element.attrib.pop("href")
        if not element.get("id"):
            element.drop_tag()
        return
    parent = element.getparent()
    element.drop_tree()
    # A player whose film is gone plays nothing.
    if (
        parent is not None
        and parent.tag in {"video", "audio", "picture"}
        and not list(parent.iter("source", "img"))
    ):
        parent.drop_tree()


def _become_link(picture: lxml.html.HtmlElement, address: str) -> None:
    link = lxml.html.Element("a", {"href": address})
    link.text = picture.get("alt") or address
    link.tail, picture.tail = picture.tail, None
    picture.getparent().replace(picture, link)
