"""Which tags and attributes each kind of text may keep.

article   what our writers make and what imports bring: headings, tables, figures, film
mail      a stranger's mail, shown in a script-less frame: its look stays, its reach does not
message   a reply: paragraphs, lists, links, quotations, code
reply     a message of ours: as "message", with pictures that go along with it and no others
frame     what a manager lays around the mails of a brand: its look and pictures from the brand's own servers, nothing hidden
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

INLINE = {
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "br",
    "cite",
    "code",
    "del",
    "dfn",
    "em",
    "i",
    "ins",
    "kbd",
    "mark",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "time",
    "u",
    "var",
    "wbr",
}
BLOCKS = {"blockquote", "dd", "div", "dl", "dt", "hr", "li", "ol", "p", "pre", "ul"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
TABLES = {"caption", "col", "colgroup", "table", "tbody", "td", "tfoot", "th", "thead", "tr"}
FIGURES = {"figure", "figcaption", "img", "picture", "source", "track", "video", "audio"}
SECTIONS = {"article", "aside", "details", "footer", "header", "main", "nav", "section", "summary"}

# Their content is no text either.
DROPPED_WHOLE = {
    "script",
    "style",
    "head",
    "title",
    "template",
    "noscript",
    "iframe",
    "object",
    "embed",
    "svg",
    "math",
    "textarea",
    "select",
    "form",
    "button",
}

EVERYWHERE = {"lang", "dir", "title"}
CELLS = {"colspan", "rowspan", "align", "valign", "scope", "headers"}
CALLOUTS = {"note", "tip", "important", "warning", "caution", "steps", "admonition", "admonition-title"}
# What a text says about itself: for whom a passage is, how deep it goes, and which reusable block stands in it.
MARKED = {"section": {"data-audience", "data-depth"}, "div": {"data-block"}}

MAIL_STYLES = {
    "color", "background-color", "text-align", "vertical-align", "font-weight", "font-style", "font-family",
    "text-decoration", "white-space", "width", "border", "border-left", "border-right", "border-top", "border-bottom",
    "border-color", "border-collapse", "padding", "padding-left", "padding-right", "padding-top", "padding-bottom",
    "margin", "margin-left", "margin-right", "margin-top", "margin-bottom", "line-height", "list-style-type",
}  # fmt: skip
MAIL_STYLED = INLINE | BLOCKS | HEADINGS | TABLES | {"font", "center", "img"}


@dataclass(frozen=True)
class Profile:
    """`options` go to nh3; `remote_off` moves remote sources away; `own_pictures` keeps those that go along (cid:) and no others;
    `fragments` is the prefix of ids and of links to them."""

    options: dict[str, Any] = field(default_factory=dict)
    remote_off: bool = False
    own_pictures: bool = False
    fragments: str = ""


def _options(
    tags: set[str], attributes: dict[str, set[str]], schemes: set[str], **more: Any
) -> dict[str, Any]:
    return {
        "tags": tags,
        "clean_content_tags": DROPPED_WHOLE,
        "attributes": {"*": EVERYWHERE, **attributes},
        "url_schemes": schemes,
        "link_rel": "noopener noreferrer nofollow",
        **more,
    }


ARTICLE = Profile(
    _options(
        INLINE | BLOCKS | HEADINGS | TABLES | FIGURES | SECTIONS,
        {
            "*": EVERYWHERE | {"id"},
            "a": {"href"},
            "blockquote": {"cite"},
            "code": {"class"},
            "col": {"span"},
            "colgroup": {"span"},
            "details": {"open"},
            **MARKED,
            "img": {"src", "alt", "width", "height"},
            "ol": {"start", "type", "reversed"},
            "source": {"src", "type"},
            "td": CELLS,
            "th": CELLS,
            "time": {"datetime"},
            "track": {"src", "kind", "srclang", "label", "default"},
            "video": {"src", "poster", "controls", "width", "height", "preload", "muted", "loop"},
            "audio": {"src", "controls", "preload"},
        },
        # `article:12` is a link by the article's number; `knowledge.reading` makes an address of it.
        {"http", "https", "mailto", "tel", "article"},
        allowed_classes=dict.fromkeys(("div", "aside", "section", "p", "ol"), CALLOUTS)
        | {"figure": {"embed"}},
        id_prefix="at-",
    ),
    fragments="at-",
)

MAIL = Profile(
    _options(
        MAIL_STYLED | {"figure", "figcaption"} | SECTIONS,
        {
            **{tag: {"style"} for tag in MAIL_STYLED},
            "a": {"href", "style"},
            "font": {"color", "face", "style"},
            "img": {"src", "data-remote-src", "alt", "width", "height", "style"},
            "ol": {"start", "type", "style"},
            "table": {"align", "bgcolor", "border", "cellpadding", "cellspacing", "width", "style"},
            "td": CELLS | {"bgcolor", "width", "height", "style"},
            "th": CELLS | {"bgcolor", "width", "height", "style"},
            "tr": {"align", "valign", "bgcolor", "style"},
        },
        {"http", "https", "mailto", "tel", "cid"},
        filter_style_properties=MAIL_STYLES,
        url_relative="deny",
    ),
    remote_off=True,
)

MESSAGE = Profile(
    _options(
        INLINE | BLOCKS | TABLES | {"h3", "h4"},
        {"a": {"href"}, "code": {"class"}, "ol": {"start"}, "td": CELLS, "th": CELLS},
        {"http", "https", "mailto", "tel"},
    )
)

REPLY = Profile(
    MESSAGE.options
    | {
        "tags": MESSAGE.options["tags"] | {"img"},
        "attributes": MESSAGE.options["attributes"] | {"img": {"src", "alt"}},
        "url_schemes": {"http", "https", "mailto", "tel", "cid"},
    },
    own_pictures=True,
)

FRAME = Profile(
    MAIL.options
    | {
        "url_schemes": {"http", "https", "mailto", "tel"},
        "filter_style_properties": MAIL_STYLES
        | {
            "font-size",
            "max-width",
            "height",
            "border-radius",
            "border-style",
            "border-width",
            "letter-spacing",
        },
        "link_rel": None,
    }
)

PROFILES = {"article": ARTICLE, "mail": MAIL, "message": MESSAGE, "reply": REPLY, "frame": FRAME}
