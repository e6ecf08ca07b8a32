"""What agents' replies teach: the article somebody sent answers the question it was sent for."""

from __future__ import annotations

import re

from handrail.answers.after_shown import ASKS_NOTHING
from handrail.answers.evidence import keep_sent
from handrail.answers.in_vain import in_vain
from handrail.answers.labels import Evidence, Label
from handrail.answers.pleasantry import pleasantry
from handrail.conversations.conversation import Conversation
from handrail.conversations.messages import Message
from handrail.core.actors import Actor
from handrail.knowledge.models import Article

LINK = re.compile(r"/hc/[a-z]{2}/articles/(\d{1,18})\b")
QUESTION_CHARS_MAX = 300  # what a customer wrote beyond it is a letter, and no wording of a question
ARTICLES_MAX = 2  # a reply with more is a reading list
REPLIES_READ = 20


def learn_from(number: int, *, is_solved: bool) -> list[Label]:
    """Keep the article of a colleague's newest reply that links to one, for the customer's words before that reply.

    is_solved  the conversation was solved with it, which makes it certain

    Nothing of a private team's, and nothing where a code came: what was learned is everybody's to read who writes articles.
    """
    conversation = Conversation.objects.filter(pk=number).first()
    if (
        conversation is None
        or (conversation.team and conversation.team.is_private)
        or conversation.holds_code
    ):
        return []
    said = conversation.messages.filter(author_kind="staff", direction="out").order_by("-seq")
    for reply in said[:REPLIES_READ]:
        numbers = list(dict.fromkeys(int(found) for found in LINK.findall(f"{reply.text} {reply.html}")))
        if numbers:
            return _keep(conversation, reply, numbers, is_solved=is_solved)
        if not is_solved:
            return []  # only the reply that was just sent
    return []


def _keep(conversation: Conversation, reply: Message, numbers: list[int], *, is_solved: bool) -> list[Label]:
    question = question_before(conversation, reply)
    if not question or len(numbers) > ARTICLES_MAX:
        return []
    kind = Evidence.RESOLVED if is_solved else Evidence.SENT
    by = Actor(reply.author_kind, reply.author_id)
    sent = Article.objects.filter(pk__in=numbers).select_related("topic")
    return [keep_sent(question, article, kind, locale=conversation.locale, by=by) for article in sent]


def question_before(conversation: Conversation, reply: Message) -> str:
    """The customer's last words of any length before a reply, or the subject where those are a letter; "" without any."""
    asked = conversation.messages.filter(direction="in", is_automatic=False, seq__lt=reply.seq)
    for said in asked.order_by("-seq")[:5]:
        if any(said.data.get(key) for key in ("choice", "refused", ASKS_NOTHING)):
            continue
        words = " ".join(said.text.split())
        if len(words) <= QUESTION_CHARS_MAX and words and not pleasantry(words) and in_vain(words) != "":
            return words
    return " ".join(conversation.subject.split())[:QUESTION_CHARS_MAX]
