"""Files of a mail: a name fit to show, a type read from the bytes."""

from __future__ import annotations

import re

from handrail.channels.mail import headers
from handrail.channels.mail.parsed import MailFile
from handrail.channels.mail.parts import Part
from handrail.core.files.types import HEAD_BYTES, UNKNOWN, clean_title
from handrail.core.files.types import type_of as type_of_bytes

# Formats that are a zip or an OLE file inside: there the bytes can't tell, and the declared name is the better one.
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
CONTAINERS = {
    ZIP: re.compile(
        r"application/(zip|.*(officedocument|opendocument|epub|hwp|haansoft|x-zip|java-archive).*)"
    ),
    OLE: re.compile(r"application/(msword|vnd\.ms-.*|.*(hwp|haansoft|hancom).*)"),
}
CONTAINER_TYPES = {ZIP: "application/zip", OLE: "application/x-ole-storage"}
TEXTUAL = re.compile(r"text/(?!html)[\w.+-]+|message/[\w.+-]+|application/(json|pgp-signature|ics)")
ENDINGS = {
    "text/plain": ".txt",
    "text/html": ".html",
    "text/calendar": ".ics",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "message/rfc822": ".eml",
}


def read(part: Part, *, number: int) -> MailFile:
    """A leaf as a file; `number` names it where it has no name of its own."""
    kind, parameters = part.content_type
    name = part.disposition[1].get("filename") or parameters.get("name") or ""
    data = part.data
    if not name and kind == "message/rfc822":
        name = f"{_enclosed_subject(data) or f'mail-{number}'}.eml"
    type_ = type_of(data, declared=kind)
    return MailFile(
        clean_title(name or f"attachment-{number}{ENDINGS.get(type_, '')}"), type_, data, _cid(part)
    )


def type_of(data: bytes, *, declared: str) -> str:
    """The media type the bytes say; the declared one only where bytes can't contradict it."""
    head = data[:HEAD_BYTES]
    for magic, pattern in CONTAINERS.items():
        if head.startswith(magic):
            return declared if pattern.fullmatch(declared) else CONTAINER_TYPES[magic]
    found = type_of_bytes(data)
    if declared == "message/rfc822" or (found in {"text/plain", UNKNOWN} and b"\x00" not in head):
        # Every mail is text, and so is a list of names in EUC-KR.
        return declared if TEXTUAL.fullmatch(declared) else found
    return found


def _cid(part: Part) -> str:
    found = part.headers.get("content-id").strip("<> ")
    return found if re.fullmatch(r"[^\s<>\"']{1,250}", found) else ""


def _enclosed_subject(data: bytes) -> str:
    head = data[: headers.TOTAL_BYTES_MAX].lstrip()
    return headers.read(re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]).get("subject")[:80]
