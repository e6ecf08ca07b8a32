"""From the bot to a person, who finds everything already there."""

from __future__ import annotations

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from handrail.conversations.conversation import Conversation
from handrail.conversations.expect import expect
from handrail.core.actors import BOT, CanAct


@transaction.atomic
def escalate(conversation: Conversation, *, reason: str, by: CanAct) -> bool:
    """Give the conversation to people and say when one answers. False: people had it already.

    reason  a code: asked, no_answer, turns, silent
    """
    if not conversation.hand_over(reason=reason, by=by):
        return False
    person = conversation.requester
    with translation.override(conversation.locale):
        expectation = expect(conversation.team, channel=conversation.channel)
        words = [
            _(
                "I am passing this on to a person. They can see everything written here, so you need not repeat it."
            ),
            expectation.sentence(locale=conversation.locale, zone=person.zone, is_kept=True),
        ]
        if not conversation.endpoints.filter(inbox__kind="mail").exists():
            words.append(_("You can leave your mail address to get the answer by mail too."))
    opens = expectation.opens_at.isoformat() if expectation.opens_at else None
    conversation.reply(
        " ".join(words),
        by=BOT,
        is_automatic=True,
        mail=False,
        client_id=f"handed-over:{conversation.number}:{conversation.handed_over_at:%s}",
        data={
            "code": "handed_over",
            "is_open": expectation.is_open,
            "opens_at": opens,
            "number": conversation.number,
        },
    )
    return True
