"""Mail out: one builder, so that a line break in a name or a subject can never become a header of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

from handrail.channels.mail import addresses, framing, head
from handrail.channels.mail.framing import Frame
from handrail.channels.mail.head import BREAKS, HeaderInjection
from handrail.channels.mail.mailboxes import Mailbox
from handrail.channels.mail.parsed import MailFile
from handrail.core import clock
from handrail.core.files.types import clean_title
from handrail.core.html import clean, paragraphs

REFERENCES_MAX = 20
SUBJECT_CHARS_MAX = 200
ID = re.compile(r"[!-;=?-~]{1,250}@[!-;=?-~]{1,250}")
__all__ = ["HeaderInjection", "Letter", "Rail", "build", "linked", "subject_with_number"]
INLINE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})

PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title></head>
<body style="margin:0;padding:16px;font:16px/1.65 -apple-system,'Apple SD Gothic Neo','Malgun Gothic',sans-serif;color:#222;word-break:keep-all;overflow-wrap:anywhere">
{inside}</body></html>
"""
BUILT_IN = """<div style="max-width:40em">
{head}{body}
{footer}</div>"""
# No background and no colour scheme of its own: mail programs darken such a page themselves, words and all. The logo
# stands on white, because it may be black; where pictures are not loaded the brand's name stands in its place.
HEAD = (
    '<p style="margin:0 0 24px;padding:0 0 12px;border-bottom:3px solid {ink};font-size:18px;font-weight:600;color:{ink}">'
    "{shown}</p>\n"
)
LOGO = (
    '<img src="{url}" alt="{name}" height="32" style="height:32px;width:auto;max-width:200px;padding:4px;border:0;'
    'border-radius:6px;background-color:#fff;vertical-align:middle">'
)
FOOTER = (
    '<p style="margin:32px 0 0;padding:12px 0 0;border-top:1px solid #ddd;font-size:14px;color:#555">'
    '{before}<a href="{url}" style="color:#333">{label}</a></p>\n'
)
SIGNATURE = '<p style="margin:24px 0 0;color:#555">{lines}</p>\n'
QUOTED = (
    '<div class="gmail_quote" style="margin:32px 0 0;font-size:14px;color:#555"><p style="margin:0 0 8px">{lead}</p>'
    '<blockquote style="margin:0;padding:0 0 0 12px;border-left:3px solid #ddd">{said}</blockquote></div>\n'
)
PICTURE = (
    '<p style="margin:16px 0"><img src="cid:{cid}" alt="{name}" '
    'style="max-width:100%;height:auto;border:1px solid #ddd;border-radius:8px"></p>\n'
)
# Mail programs know no style sheet of ours, and their own headings and quotations are far too large.
STYLES = {
    "h3": "margin:24px 0 8px;font-size:17px;line-height:1.4",
    "h4": "margin:20px 0 8px;font-size:16px;line-height:1.4",
    "ul": "margin:12px 0;padding:0 0 0 24px",
    "ol": "margin:12px 0;padding:0 0 0 24px",
    "blockquote": "margin:12px 0;padding:0 0 0 12px;border-left:3px solid #ddd;color:#555",
    "code": "font-family:ui-monospace,Menlo,Consolas,monospace;font-size:14px",
    "pre": "margin:12px 0;padding:12px;border-radius:6px;background-color:#f4f4f4;color:#222;white-space:pre-wrap",
    "hr": "margin:20px 0;border:0;border-top:1px solid #ddd",
    "table": "margin:12px 0;border-collapse:collapse",
    "th": "padding:4px 12px;border:1px solid #ddd;text-align:left;vertical-align:top",
    "td": "padding:4px 12px;border:1px solid #ddd;text-align:left;vertical-align:top",
    "img": "max-width:100%;height:auto;border-radius:6px",
}
STYLED = re.compile(rf"<({'|'.join(STYLES)})(?=[ >])")
CARD = (
    '<p style="margin:16px 0;padding:12px 16px;border:1px solid #ddd;border-radius:8px">'
    '<a href="{url}" style="color:#222;font-weight:600">{title}</a><br>'
    '<span style="font-size:14px;color:#555">{opening}</span></p>\n'
)


@dataclass(frozen=True)
class Rail:
    """The way to a person, at the end of every mail: `label` is the link, `note` a sentence before it ("" for none)."""

    label: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Card:
    """An article the text links to, shown below it: title, first words, address."""

    title: str
    opening: str
    url: str


@dataclass(frozen=True)
class Quoted:
    """The message that is answered, repeated below the answer: `lead` is the line above it, `text` it whole."""

    lead: str
    text: str


@dataclass(frozen=True)
class Look:
    """Whose mail it is, above it: the brand's name or logo on a line of its colour, or a frame of the brand's own.

    ink    #rrggbb, dark enough for words on white
    logo   an address anybody may fetch it from; "" for none, then the name stands
    site   the address of its help centre
    frame  None for the built-in one
    """

    name: str
    ink: str
    logo: str = ""
    site: str = ""
    frame: Frame | None = None


@dataclass(frozen=True)
class Letter:
    """Everything one outgoing mail is made of.

    text         plain; what an html-less client shows
    cc           who else gets these words, each by a letter of their own with the same two lines
    html         optional; cleaned again here by profile "reply". Without it the text is set in paragraphs
    message_id   made with the delivery row, so that a repeat is the same mail; with or without brackets
    references   ids of the thread, oldest first
    reply_to     the participant's signed address (addresses.reply_address)
    files        pictures with a cid stand in the text, below its words where the html has no place for them
    automatic    no person wrote it: says so to other machines
    signature    plain lines below the text; "" for none
    """

    sender: Mailbox
    to: Mailbox
    subject: str
    text: str
    message_id: str
    html: str = ""
    cc: Sequence[Mailbox] = ()
    reply_to: str = ""
    in_reply_to: str = ""
    references: Sequence[str] = ()
    automatic: bool = False
    signature: str = ""
    quoted: Quoted | None = None
    rail: Rail | None = None
    look: Look | None = None
    cards: Sequence[Card] = ()
    files: Sequence[MailFile] = ()
    date: datetime | None = None
    lang: str = "ko"
    headers: dict[str, str] = field(default_factory=dict)


def bodies(letter: Letter) -> tuple[str, str]:
    """The text part and the HTML part, as `build` puts them into the mail."""
    return _text(letter), _html(letter)


def build(letter: Letter) -> bytes:
    """The mail as it goes over the wire, CRLF line ends, ASCII throughout.

    Raises HeaderInjection for a line break in any header value, ValueError for an address nobody can be reached at.
    """
    body = EmailMessage(policy=SMTP)
    body.set_content(_text(letter), cte="base64" if not letter.text.isascii() else None)
    body.add_alternative(_html(letter), subtype="html", cte="base64")
    html = list(body.iter_parts())[-1]
    for file in letter.files:
        if _is_shown(file):
            _lay_in(html, file)  # type: ignore[arg-type]
        else:
            _attach(body, file)
    return head.write(_fields(letter)) + body.as_bytes()


def _fields(letter: Letter) -> Iterator[tuple[str, str]]:
    message_id = _id(letter.message_id)
    yield "From", head.mailbox(letter.sender)
    yield "To", head.mailbox(letter.to)
    if letter.cc:
        yield "Cc", ",\r\n ".join(map(head.mailbox, letter.cc))
    yield "Subject", head.text(letter.subject[:SUBJECT_CHARS_MAX])
    yield "Date", format_datetime(letter.date or clock.now())
    yield "Message-ID", message_id
    if letter.reply_to:
        yield "Reply-To", head.mailbox(Mailbox(letter.reply_to, letter.sender.name))
    yield from _thread(letter)
    yield "X-Handrail-Loop", addresses.loop_mark(message_id.strip("<>"))
    if letter.automatic:
        yield "Auto-Submitted", "auto-replied" if letter.in_reply_to else "auto-generated"
        # Exchange answers automatic mail unless it is told not to.
        yield "X-Auto-Response-Suppress", "All"
    for name, value in letter.headers.items():
        yield name, head.text(value)


def subject_with_number(subject: str, number: int) -> str:
    """`Re: 환불 문의 [#1042]`: one "Re:" whatever it came with, and the number once."""
    plain = re.sub(r"\s*\[#\d{1,10}\]", "", BREAKS.sub(" ", subject)).strip()
    plain = re.sub(r"(?i)^((re|회신|답장|fw|fwd|전달)\s?[:：]\s*)+", "", plain)
    return " ".join(f"Re: {plain[: SUBJECT_CHARS_MAX - 24]} [#{number}]".split())


def _thread(letter: Letter) -> Iterator[tuple[str, str]]:
    known = [_id(found) for found in letter.references if ID.fullmatch(found.strip("<> "))]
    parent = letter.in_reply_to.strip("<> ")
    if ID.fullmatch(parent):
        yield "In-Reply-To", _id(parent)
        known.append(_id(parent))
    # The first id stays: clients thread by it when the middle was dropped.
    chain = list(dict.fromkeys(known))
    if chain:
        yield (
            "References",
            head.ids(chain if len(chain) <= REFERENCES_MAX else [chain[0], *chain[-REFERENCES_MAX + 1 :]]),
        )


def _text(letter: Letter) -> str:
    text = letter.text.replace("\r\n", "\n").strip("\n")
    if pictures := [f"[{clean_title(file.name)}]" for file in letter.files if _is_beneath(file, letter)]:
        text += "\n\n" + "\n".join(pictures)
    parts = {"content": text}
    if letter.signature:
        # What mail readers know as the beginning of a signature.
        parts["signature"] = f"-- \n{letter.signature}"
    if letter.rail:
        before = f"{letter.rail.note}\n" if letter.rail.note else ""
        parts["person"] = f"—\n{before}{letter.rail.label}: {letter.rail.url}"
    if letter.quoted:
        lines = (f"> {line}".rstrip() for line in letter.quoted.text.splitlines())
        parts["history"] = f"{letter.quoted.lead}\n" + "\n".join(lines)
    if letter.look and letter.look.frame:
        look = letter.look
        return framing.text_in(letter.look.frame, parts, brand=look.name, site=look.site) + "\n"
    return "\n\n".join(parts.values()) + "\n"


def _html(letter: Letter) -> str:
    body = (
        styled(clean(letter.html, profile="reply"))
        if letter.html.strip()
        else linked(paragraphs(letter.text))
    )
    for file in letter.files:
        if _is_shown(file) and f"cid:{file.cid}" not in body:
            body += PICTURE.format(cid=escape(file.cid), name=escape(clean_title(file.name)))
    body += "".join(
        CARD.format(title=escape(card.title), opening=escape(card.opening), url=escape(card.url))
        for card in letter.cards
    )
    parts = {"content": body, "signature": "", "person": "", "history": ""}
    if letter.signature:
        lines = "<br>".join(map(escape, letter.signature.splitlines()))
        parts["signature"] = SIGNATURE.format(lines=lines)
    if letter.rail:
        note = escape(letter.rail.note) + " " if letter.rail.note else ""
        link = {"url": escape(letter.rail.url), "label": escape(letter.rail.label)}
        parts["person"] = FOOTER.format(before=note, **link)
    if letter.quoted:
        said = paragraphs(letter.quoted.text)
        parts["history"] = QUOTED.format(lead=escape(letter.quoted.lead), said=said)
    return PAGE.format(
        lang=escape(letter.lang), title=escape(letter.subject), inside=_inside(letter.look, parts)
    )


def _inside(look: Look | None, parts: dict[str, str]) -> str:
    """The parts in the brand's own frame, or in the built-in one."""
    if look and look.frame:
        with_logo = {**parts, "logo": _logo(look)}
        return framing.html_in(look.frame, with_logo, brand=look.name, site=look.site)
    head_line = HEAD.format(ink=escape(look.ink), shown=_logo(look)) if look else ""
    body, footer = parts["content"] + parts["signature"], parts["person"] + parts["history"]
    return BUILT_IN.format(head=head_line, body=body, footer=footer)


def _logo(look: Look) -> str:
    name = escape(look.name)
    return LOGO.format(url=escape(look.logo), name=name) if look.logo else name


def styled(clean_html: str) -> str:
    """Cleaned HTML (profile "reply") with the looks a mail program would not give it."""
    return STYLED.sub(lambda tag: f'<{tag[1]} style="{STYLES[tag[1]]}"', clean_html)


def linked(html: str) -> str:
    """Words of ours as HTML, their addresses as links."""
    return re.sub(
        r"https?://[^\s<>\"']{1,2000}[^\s<>\"'.,;:!?)]", lambda m: f'<a href="{m[0]}">{m[0]}</a>', html
    )


def _attach(message: EmailMessage, file: MailFile) -> None:
    main, _, sub = (
        file.type if re.fullmatch(r"[\w.+-]+/[\w.+-]+", file.type) else "application/octet-stream"
    ).partition("/")
    name = clean_title(file.name)
    if main in {"message", "multipart"}:
        main, sub = "application", "octet-stream"
    message.add_attachment(file.data, maintype=main, subtype=sub, filename=name)


def _is_shown(file: MailFile) -> bool:
    return bool(file.cid) and file.type in INLINE


def _is_beneath(file: MailFile, letter: Letter) -> bool:
    """Whether it stands below the words: those have no place for it, and say nothing of it."""
    return _is_shown(file) and f"cid:{file.cid}" not in letter.html


def _lay_in(html: EmailMessage, picture: MailFile) -> None:
    """Beside the page that shows it, so that no mail program lists it as a file of its own."""
    main, _, sub = picture.type.partition("/")
    cid, name = f"<{head.safe(picture.cid)}>", clean_title(picture.name)
    kind = {"maintype": main, "subtype": sub, "disposition": "inline"}
    html.add_related(picture.data, cid=cid, filename=name, **kind)  # type: ignore[arg-type]


def _id(value: str) -> str:
    plain = head.safe(value).strip("<> ")
    if not ID.fullmatch(plain):
        raise ValueError(f"{value!r} is no Message-ID.")
    return f"<{plain}>"
