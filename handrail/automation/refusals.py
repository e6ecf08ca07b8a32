"""Why one conversation does not take a change, as a code and in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from handrail.automation import got_meanwhile
from handrail.conversations.checklists import unfinished
from handrail.conversations.conversation import Conversation
from handrail.conversations.ending import NotOver
from handrail.conversations.fields import Field
from handrail.conversations.recipients import strangers
from handrail.workspace.typed import quoted


class Refused(ValueError):
    """One conversation does not take a change. `code` is one of REASONS, FIELDS_FIRST with ids of fields, or
    got_meanwhile.WITH with the id of a colleague."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


REASONS: dict[str, Callable[[], str]] = {
    "closed": lambda: _("It is closed and stays as it is."),
    "private_team": lambda: _("Only members of its private team can have it."),
    "gone": lambda: _("The colleague, team or conversation it names is not there any more."),
    "unmergeable": lambda: _("The two belong to different people, or one was merged already."),
    "into_closed": lambda: _(
        "It still waits, and the one it was to go on in is closed. Merge them the other way round."
    ),
    "changed_since": lambda: _("Somebody changed it since, so it was left as it is."),
    "too_late": lambda: _("It was merged too long ago to be taken back."),
    "not_allowed": lambda: _("Your role may not do this."),
    "assignee_only": lambda: _("Its team leaves replies to the assignee."),
    "unseen": lambda: _("You may not see it."),
    "waits": lambda: _("It has a child that must be solved first."),
    "gone_value": lambda: _("A field does not take that value any more."),
    "unchecked": lambda: _("A step of its checklist is still to be done."),
    "full": lambda: _("It holds forty steps already."),
    "left": lambda: _("The reply has left and can't be taken back."),
    "past_hour": lambda: _("The hour it was to come back has passed."),
    "over": lambda: _("It is over and lies in no list it could leave."),
    "closed_article": lambda: _("Its customer can't read an article of the macro."),
    "unfilled": lambda: _("A placeholder of the text has nothing to stand in it."),
    "unexpected": lambda: _("It would reach somebody for the first time who is not the customer."),
}


FIELDS_FIRST = "fields:"  # and the ids of those that must say something first, as many as a code has room for
CODE_MOST = 20


def waited_for(code: str) -> list[int]:
    """Ids of the fields a refusal waits for; none where it waits for something else."""
    if not code.startswith(FIELDS_FIRST):
        return []
    return [int(pk) for pk in code.removeprefix(FIELDS_FIRST).split(",")]


def told(code: str, conversation: Conversation | int, *, locale: str) -> str:
    """The reason in words, with the steps or fields that are missing; "" for a code nobody knows. `locale` is the active one."""
    if fields := waited_for(code):
        names = quoted(each.name(locale) for each in Field.objects.filter(pk__in=fields))
        return _("Fill in %(names)s first.") % {"names": names}
    if code == "unexpected" and (addresses := _unexpected(conversation)):
        words = _(
            "It would reach %(addresses)s for the first time. Open it and answer there, or take them out of copy."
        )
        return words % {"addresses": ", ".join(addresses)}
    if holder := got_meanwhile.holder_in(code):
        return got_meanwhile.told(holder)
    if code == "unchecked" and (missing := unfinished(conversation, locale=locale)):
        return still_to_do(missing)
    return REASONS[code]() if code in REASONS else ""


def _unexpected(conversation: Conversation | int) -> list[str]:
    found = Conversation.objects.get(pk=conversation) if isinstance(conversation, int) else conversation
    return [each.address for each in strangers(found)]


def still_to_do(steps: Sequence[str]) -> str:
    return _("Still to be done before it can be solved: %(steps)s.") % {"steps": ", ".join(steps)}


def what_waits(waiting: NotOver) -> str:
    """The code of what stands in the way of an end."""
    if waiting.children or waiting.steps:
        return "waits" if waiting.children else "unchecked"
    code = FIELDS_FIRST
    for each in waiting.fields:
        more = f"{code}{'' if code == FIELDS_FIRST else ','}{each.pk}"
        if len(more) > CODE_MOST:
            break
        code = more
    return code
