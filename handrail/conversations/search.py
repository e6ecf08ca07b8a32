"""Finding conversations in the desk: by number, by people in each of their roles, by words.

For staff only. Plain words look everywhere; `role:name` narrows to one role, in either language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.db.models import Q

from handrail.accounts.models import Team, User
from handrail.accounts.viewer import Viewer
from handrail.contacts.models import Person
from handrail.conversations.conversation import Conversation, ConversationQuerySet
from handrail.conversations.queries import Row, light
from handrail.conversations.status import Status
from handrail.conversations.words import numbers_like, numbers_with

FOUND_MOST = 200
PEOPLE_MOST = 500
LIKE_MOST = 30  # candidates for similar ones, before looking at who may see them
ROLES = {
    "requester": "requester",
    "요청자": "requester",
    "submitter": "submitter",
    "접수자": "submitter",
    "assignee": "assignee",
    "담당": "assignee",
    "담당자": "assignee",
    "team": "team",
    "팀": "team",
    "tag": "tag",
    "태그": "tag",
}
ROLE = re.compile(rf'(?:^|\s)({"|".join(ROLES)})[:：]\s*("[^"]+"|\S+)', re.IGNORECASE)
NUMBER = re.compile(r"#?(\d{1,15})")


@dataclass(frozen=True)
class Question:
    """What was typed, read: free words, and roles with a name each."""

    words: str
    roles: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def read(cls, text: str) -> Question:
        text = text.replace("\0", "").strip()[:200]
        roles = [(ROLES[name.lower()], value.strip('"')) for name, value in ROLE.findall(text)]
        return cls(ROLE.sub(" ", text).strip(), roles)


def by_number(text: str, *, viewer: Viewer) -> Conversation | None:
    """The conversation somebody quotes as "#1042" or "1042"; after a merge the one that went on."""
    match = NUMBER.fullmatch(text.strip())
    if not match:
        return None
    found = Conversation.objects.visible_to(viewer).filter(pk=int(match[1])).first()
    if found is None or found.merged_into_id is None:
        return found
    return Conversation.objects.visible_to(viewer).filter(pk=found.survivor.pk).first()


def found(text: str, *, viewer: Viewer, most: int = FOUND_MOST) -> list[Row]:
    """Conversations for what was typed, newest number first, at most `most`."""
    if "conversations.read" not in viewer.rights:
        return []
    question = Question.read(text)
    seen = Conversation.objects.visible_to(viewer).order_by("-number")
    for role, name in question.roles:
        seen = seen.filter(_in_role(role, name))
    if not question.words:
        return light(seen[:most]) if question.roles else []
    numbers = set(numbers_with(question.words, most=most))
    if not question.roles:
        numbers |= _of_colleagues(question.words, seen, most=most)
    return light(seen.filter(pk__in=numbers)[:most])


def _in_role(role: str, name: str) -> Q:
    if role == "assignee":
        return Q(assignee__in=_staff(name))
    if role == "team":
        return Q(team__in=_teams(name))
    if role == "tag":
        return Q(
            pk__in=Conversation.tags.through.objects.filter(tag__name=name.lower()).values("conversation_id")
        )
    people = _people(name)
    if role == "requester":
        return Q(requester__in=people)
    return Q(submitter_kind="staff", submitter_id__in=_staff(name)) | Q(
        submitter_kind="person", submitter_id__in=people
    )


def _of_colleagues(words: str, seen: ConversationQuerySet, *, most: int) -> set[int]:
    """Those a colleague or team of that name has now; names of the past are among the words."""
    numbers: set[int] = set()
    for staff_or_teams, column in ((_staff(words), "assignee"), (_teams(words), "team")):
        if staff_or_teams:
            theirs = seen.filter(**{f"{column}__in": staff_or_teams})
            numbers.update(theirs.values_list("pk", flat=True)[:most])
    return numbers


def _staff(name: str) -> list[int]:
    called = Q(name__icontains=name) | Q(email__istartswith=name)
    return list(User.objects.exclude(role="").filter(called).values_list("pk", flat=True)[:PEOPLE_MOST])


def _teams(name: str) -> list[int]:
    called = Q(name_ko__icontains=name) | Q(name_en__icontains=name)
    return list(Team.objects.filter(called).values_list("pk", flat=True))


def _people(name: str) -> list[int]:
    called = Q(name__icontains=name) | Q(identities__value__startswith=name.lower())
    return list(Person.objects.filter(called).distinct().values_list("pk", flat=True)[:PEOPLE_MOST])


def similar_solved(text: str, *, viewer: Viewer, but: int, most: int = 3) -> list[Row]:
    """Solved conversations that share most of the rarer words of `text`; none that shares fewer than two."""
    seen = Conversation.objects.visible_to(viewer).filter(status__in=[Status.SOLVED, Status.CLOSED])
    candidates = numbers_like(text, most=LIKE_MOST)
    rows = {
        row.number: row for row in light(seen.filter(pk__in=candidates, merged_into=None).exclude(pk=but))
    }
    return [rows[number] for number in candidates if number in rows][:most]
