"""When the assistant has a chat, when people have it, and when the assistant may return: the rules that hold, in words."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.intake.respond import MISSES_BEFORE_A_PERSON
from handrail.intake.second_try import TRIES_BEFORE_A_PERSON
from handrail.intake.watching import SILENT_AFTER
from handrail.workspace.models import Brand


def sentences(brand: Brand) -> list[str]:
    """One rule a sentence, with the numbers that are set for this brand now, in the active language."""
    return [
        _(
            "In chats the assistant answers first. Mail, forms and calls are with people from the first word on."
        ),
        _(
            "People have a chat as soon as the visitor asks for a person, the assistant finds no answer %(misses)d times "
            "in a row, it has replied %(turns)d times, it says nothing for %(seconds)d seconds, or a colleague answers "
            "or takes the chat."
        )
        % {
            "misses": MISSES_BEFORE_A_PERSON,
            "turns": brand.automatic_turns_max,
            "seconds": SILENT_AFTER // timedelta(seconds=1),
        },
        _(
            "When the visitor writes that what was shown did not help, the assistant offers something else of the same product "
            "and a person beside it, whom a press or a yes brings; at time number %(tries)d people have the chat."
        )
        % {"tries": TRIES_BEFORE_A_PERSON},
        _(
            "From then on the assistant says nothing more in that chat, also when no colleague has it. One thing alone "
            "goes on until a colleague has answered: what was offered before is still shown when it is pressed, while automatic "
            "replies are left."
        ),
        _reopening(brand.reopens_days),
        _(
            "So the assistant returns only in a new chat: one that the visitor begins, also because the former is closed "
            "or can no longer reopen."
        ),
    ]


def _reopening(days: int) -> str:
    if not days:
        return _("A solved chat does not reopen: whatever is written later begins a new one.")
    words = ngettext(
        "A solved chat in which something is written within %(num)d day reopens with people, and the assistant stays silent in it.",
        "A solved chat in which something is written within %(num)d days reopens with people, and the assistant stays silent in it.",
        days,
    )
    return words % {"num": days}
