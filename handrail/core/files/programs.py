"""Programs and scripts, which run when somebody presses them: known by what they are called, or by their first bytes."""

from __future__ import annotations

from django.conf import settings

# ELF, and Mach-O in both byte orders and for several processors at once.
HEADS = (
    b"\x7fELF",
    *(
        b"\xfe\xed\xfa\xce",
        b"\xfe\xed\xfa\xcf",
        b"\xce\xfa\xed\xfe",
        b"\xcf\xfa\xed\xfe",
        b"\xca\xfe\xba\xbe",
    ),
)
WINDOWS = "application/x-msdownload"
OTHERS = "application/x-executable"


def program_type(head: bytes) -> str:
    """The media type of a program's first bytes; "" for anything else. Words that begin with MZ are no program."""
    if head.startswith(b"MZ") and b"\x00" in head[2:64]:
        return WINDOWS
    return OTHERS if head.startswith(HEADS) else ""


def is_program(title: str, content_type: str) -> bool:
    """Whether a file may run where it is pressed, by the operator's list (HANDRAIL_FILE_ENDINGS_REFUSED).

    title  cleaned (types.clean_title), so that no mark hides its ending
    """
    endings = settings.FILE_ENDINGS_REFUSED
    _stem, dot, ending = title.casefold().rpartition(".")
    return bool(endings) and (content_type in {WINDOWS, OTHERS} or (bool(dot) and ending in endings))
