"""Files of a mail: a name fit to show, a type read from the bytes."""

from __future__ import annotations

import re
import unicodedata

import puremagic

from handrail.channels.mail import charsets, headers
from handrail.channels.mail.parsed import MailFile
from handrail.channels.mail.parts import Part

NAME_CHARS_MAX = 150
SNIFFED_BYTES = 8_192

# Marks that turn text around or can't be seen: "gpj.exe" must not read as "exe.jpg".
UNSEEN = re.compile("[\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\uffff]")
# Formats that are a zip or an OLE file inside: there the declared name of the format is the better one.
CONTAINERS = {
    b"PK\x03\x04": re.compile(r"application/(zip|.*(officedocument|opendocument|epub|hwp|haansoft|x-zip|java-archive).*)"),
    b"\xd0\xcf\x11\xe0": re.compile(r"application/(msword|vnd\.ms-.*|.*(hwp|haansoft|hancom).*)"),
}
CONTAINER_TYPES = {b"PK\x03\x04": "application/zip", b"\xd0\xcf\x11\xe0": "application/x-ole-storage"}
TEXTUAL = re.compile(r"text/[\w.+-]+|message/[\w.+-]+|application/(json|xml|pgp-signature|ics)")


def read(part: Part, *, number: int) -> MailFile:
    """A leaf as a file; `number` names it where it has no name of its own."""
    kind, parameters = part.content_type
    name = part.disposition[1].get("filename") or parameters.get("name") or ""
    if not name and kind == "message/rfc822":
        name = f"{_enclosed_subject(part.data) or f'mail-{number}'}.eml"
    data = part.data
    type_ = type_of(data, declared=kind)
    return MailFile(clean_name(name, fallback=f"attachment-{number}{_ending(type_)}"), type_, data, _cid(part))


def clean_name(name: str, *, fallback: str) -> str:
    """A file name as people may see it: NFC, no path, nothing unseen or unprintable, at most NAME_CHARS_MAX."""
    name = unicodedata.normalize("NFC", UNSEEN.sub("", charsets.UNPRINTABLE.sub(" ", name)))
    name = re.sub(r"\s+", " ", re.split(r"[/\\]", name)[-1]).strip(" .")
    if len(name) > NAME_CHARS_MAX:
        stem, dot, ending = name.rpartition(".")
        keep = NAME_CHARS_MAX - len(ending) - 1
        name = f"{stem[:keep]}.{ending}" if dot and len(ending) <= 10 else name[:NAME_CHARS_MAX]
    return name or fallback


def type_of(data: bytes, *, declared: str = "") -> str:
    """The media type the bytes say; the declared one only where bytes can't contradict it."""
    head = data[:SNIFFED_BYTES]
    for magic, pattern in CONTAINERS.items():
        if head.startswith(magic):
            return declared if pattern.fullmatch(declared) else CONTAINER_TYPES[magic]
    if declared == "message/rfc822":
        return declared
    found = _sniffed(head)
    if found:
        return found
    if TEXTUAL.fullmatch(declared) and b"\x00" not in head:
        return declared
    return "application/octet-stream" if b"\x00" in head or not _readable(head) else "text/plain"


def _sniffed(head: bytes) -> str:
    try:
        matches = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return ""
    return next((m.mime_type for m in matches if m.mime_type and m.confidence >= 0.3), "")


def _readable(head: bytes) -> bool:
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as stop:
        return stop.start > len(head) - 4 > 0
    return True


def _cid(part: Part) -> str:
    found = part.headers.get("content-id").strip("<> ")
    return found if re.fullmatch(r"[^\s<>\"']{1,250}", found) else ""


def _ending(type_: str) -> str:
    known = {"text/plain": ".txt", "text/html": ".html", "text/calendar": ".ics", "image/jpeg": ".jpg", "image/png": ".png"}
    return known.get(type_) or (".eml" if type_ == "message/rfc822" else "")


def _enclosed_subject(data: bytes) -> str:
    head = data[: headers.TOTAL_BYTES_MAX].lstrip()
    return headers.read(re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]).get("subject")[:80]
