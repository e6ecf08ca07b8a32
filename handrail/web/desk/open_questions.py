"""What the customer asked since our last words and the reply in the field does not speak to yet."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from handrail.answers.addressed import not_addressed
from handrail.conversations.messages import Message
from handrail.web.desk.conversations import fetch
from handrail.web.desk.frame import fragment

LOOKED_AT_MOST = 30  # messages back


@require_POST
def open_questions(request: HttpRequest, number: int) -> HttpResponse:
    """POST text: a fragment, asked for while the reply is written; keeps nothing."""
    conversation = fetch(request, number)
    newest = conversation.messages.filter(is_automatic=False).order_by("-seq")[:LOOKED_AT_MOST]
    asked = [message.text for message in since_our_last_word(newest)]
    left = not_addressed(asked, request.POST.get("text", ""))
    return fragment(request, "desk/open_questions.html", questions=left)


def since_our_last_word(newest_first: Iterable[Message]) -> list[Message]:
    """The customer's messages that no person of ours has answered, oldest first."""
    found: list[Message] = []
    for message in newest_first:
        if message.author_kind == "staff":
            break
        if message.direction == "in":
            found.insert(0, message)
    return found
