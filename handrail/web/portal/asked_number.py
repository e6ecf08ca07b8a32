"""The request somebody searches for by its number: "#1042", "1042번 문의", "request 1042"."""

from __future__ import annotations

import re

from handrail.accounts.viewer import Viewer
from handrail.conversations.conversation import Conversation

NUMBER = re.compile(
    r"#\s?(\d{1,18})\b"
    r"|\b(\d{1,18})\s?번\s?(?:문의|요청|접수|상담)"
    r"|(?:문의|요청|접수|상담)\s?(?:번호)?\s?(\d{1,18})\s?번?(?!\d)"
    r"|\b(?:request|ticket|enquiry|inquiry|case)(?:\s(?:number|no\.?))?\s(\d{1,18})\b",
    re.IGNORECASE,
)


def request_of(question: str, viewer: Viewer) -> Conversation | None:
    """The request a question names, if the viewer may see it; of any other nothing is said, not even whether it is there."""
    named = NUMBER.search(question)
    if named is None:
        return None
    number = int(next(filter(None, named.groups())))
    return Conversation.objects.visible_to(viewer).exclude(last_seq=0).filter(pk=number).first()
