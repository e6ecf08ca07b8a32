"""What the customer asked since our last words and the reply in the field does not speak to yet."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from handrail.answers.addressed import not_addressed
from handrail.conversations.unanswered import newest_said, unanswered
from handrail.web.desk.conversations import fetch
from handrail.web.desk.frame import fragment


@require_POST
def open_questions(request: HttpRequest, number: int) -> HttpResponse:
    """POST text: a fragment, asked for while the reply is written; keeps nothing."""
    conversation = fetch(request, number)
    text = request.POST.get("text", "")
    if not text.strip() and conversation.outgoing.waiting().exists():
        # What was just sent has not left yet: over an empty field its questions are no reminder.
        return fragment(request, "desk/open_questions.html", questions=[])
    asked = [message.own_words for message in unanswered(newest_said(conversation))]
    left = not_addressed(asked, text)
    return fragment(request, "desk/open_questions.html", questions=left)
