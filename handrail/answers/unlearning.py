"""What a private team's conversations taught is taken out: what was learned is everybody's to read who writes articles.

Nothing new comes of them (resolutions.py). This is for what was learned before a conversation or its team became private,
or by an earlier release.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from handrail.answers import projection
from handrail.answers.forgetting import GONE
from handrail.answers.labels import Evidence, Label
from handrail.answers.learn import take_back
from handrail.answers.normalise import mask
from handrail.answers.resolutions import LINK, question_before
from handrail.conversations.messages import Message
from handrail.core.actors import CanAct

TAUGHT = (Evidence.SENT, Evidence.RESOLVED)


def forget_private(*, by: CanAct, team: int | None = None, number: int | None = None) -> int:
    """Forget what replies in private teams' conversations taught, of one team or conversation where it is named.

    The verdicts are taken back and their words are gone for good. Returns how many. Safe to run twice.
    """
    if not Label.objects.filter(evidence__in=TAUGHT).exclude(text=GONE).exists():
        return 0
    replies = Message.objects.filter(
        Q(text__contains="/articles/") | Q(html__contains="/articles/"),
        conversation__team__is_private=True,
        author_kind="staff",
        direction="out",
    )
    if team is not None:
        replies = replies.filter(conversation__team=team)
    if number is not None:
        replies = replies.filter(conversation=number)
    return sum(_forget(reply, by=by) for reply in replies.select_related("conversation").iterator(500))


@transaction.atomic
def _forget(reply: Message, *, by: CanAct) -> int:
    articles = {int(found) for found in LINK.findall(f"{reply.text} {reply.html}")}
    question = question_before(reply.conversation, reply) if articles else ""
    if not question:
        return 0
    taught = Label.objects.filter(
        text_hash=projection.text_hash(mask(question)), evidence__in=TAUGHT, article__in=articles
    )
    given = taught.filter(given_by_kind="staff", given_by_id=reply.author_id).exclude(text=GONE)
    for label in (found := list(given)):
        take_back(label, by=by)
        label.text = GONE
        label.save(update_fields=["text"])
    return len(found)
