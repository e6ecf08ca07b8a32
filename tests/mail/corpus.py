"""Where mails to read are found: our own oddities here, other people's in the shared folder beside the repository."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from handrail.channels.mail.parse import parse
from handrail.channels.mail.parsed import Envelope, ParsedMail

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[1]


def shared(folder: str) -> Path:
    """A folder of the shared data, or a skip that says what is missing."""
    roots = [
        os.environ.get("HANDRAIL_SHARED", ""),
        str(REPOSITORY.parent / "shared"),
        str(REPOSITORY.parents[1] / "shared"),
    ]
    for root in roots:
        if root and (path := Path(root) / "data" / folder).is_dir():
            return path
    pytest.skip(f"shared data {folder} is not beside the repository; set HANDRAIL_SHARED to its folder")


def own(name: str) -> bytes:
    """One of our own fixture mails, by the oddity it is named after."""
    return (HERE / f"{name}.eml").read_bytes()


def understood(name: str, envelope: Envelope | None = None) -> ParsedMail:
    return parse(own(name), envelope)


def every_own() -> list[str]:
    return sorted(path.stem for path in HERE.glob("*.eml"))
