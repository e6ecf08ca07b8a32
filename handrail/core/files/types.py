"""What a file is, read from its bytes, and what its sender calls it, made fit to show."""

from __future__ import annotations

import re

import puremagic

from handrail.core.files.programs import program_type
from handrail.core.legible import legible

HEAD_BYTES = 8_192
TITLE_CHARS_MAX = 150
UNKNOWN = "application/octet-stream"
# What lies first in a zip that is a document.
OFFICE = re.compile(rb"\[Content_Types\]\.xml|mimetypeapplication/|_rels/\.rels|docProps/")
CONTROLS = re.compile("[\u0000-\u001f\u007f-\u009f]")


def type_of(data: bytes) -> str:
    """The media type the bytes say; what cannot be told is text/plain (UTF-8) or application/octet-stream."""
    head = data[:HEAD_BYTES]
    lowered = head.lstrip()[:300].lower()
    if (
        lowered.startswith((b"<!doctype html", b"<html", b"<script", b"<svg", b"<?xml"))
        or b"<script" in lowered
    ):
        return "text/html" if b"<svg" not in lowered else "image/svg+xml"
    if program := program_type(head):
        return program
    if head.startswith(b"PK\x03\x04") and not OFFICE.search(head):
        return "application/zip"
    try:
        return puremagic.from_string(head, mime=True) or UNKNOWN
    except (puremagic.PureError, ValueError):
        return "text/plain" if _is_text(head) else UNKNOWN


def clean_title(name: str) -> str:
    """The sender's name for a file: NFC, no path, nothing unseen, at most 150 letters, never empty."""
    # "gpj.exe" must not read as "exe.jpg", nor its ending be hidden.
    name = legible(re.split(r"[/\\]", CONTROLS.sub("", name))[-1]).strip(" .")
    if len(name) > TITLE_CHARS_MAX:
        stem, dot, ending = name.rpartition(".")
        name = (
            f"{stem[: TITLE_CHARS_MAX - len(ending) - 1]}.{ending}"
            if dot and len(ending) <= 10
            else name[:TITLE_CHARS_MAX]
        )
    return name or "file"


def _is_text(head: bytes) -> bool:
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > HEAD_BYTES - 4  # only a letter cut in two at the end
    return b"\x00" not in head
