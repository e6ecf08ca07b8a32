"""What is typed into the desk's search, read: words, "exact phrases", and operators such as status:open or created>2026-01-01.

Operators have an English and a Korean name, and a minus before one turns it round. One that cannot be read is told with
what would be right; nothing is guessed and nothing silently dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db.models import Q, TextChoices
from django.utils import translation
from django.utils.translation import gettext as _

from handrail.accounts.models import Team, User
from handrail.accounts.viewer import Viewer
from handrail.channels.inboxes import Inbox
from handrail.contacts.identify import normal
from handrail.contacts.models import Identity, Person
from handrail.conversations import operator_slips as slips
from handrail.conversations.conversation import Conversation, Shelf
from handrail.conversations.custom_statuses import CustomStatus
from handrail.conversations.field_operators import NoSuch, of_field
from handrail.conversations.labels import Priority, Type
from handrail.conversations.status import UNSOLVED, Status
from handrail.core import clock
from handrail.workspace.korean import filled
from handrail.workspace.locales import LOCALES

LETTERS_MAX = 400
PEOPLE_MOST = 500
ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@.]+")
NAMES = {
    "requester": "requester",
    "요청자": "requester",
    "submitter": "submitter",
    "접수자": "submitter",
    "assignee": "assignee",
    "담당": "assignee",
    "담당자": "assignee",
    "team": "team",
    "팀": "team",
    "담당팀": "team",
    "tag": "tag",
    "태그": "tag",
    "status": "status",
    "상태": "status",
    "priority": "priority",
    "우선순위": "priority",
    "type": "type",
    "유형": "type",
    "channel": "channel",
    "채널": "channel",
    "mailbox": "mailbox",
    "메일함": "mailbox",
    "ticket": "ticket",
    "티켓": "ticket",
    "created": "created",
    "접수일": "created",
    "updated": "updated",
    "변경일": "updated",
}
MOMENTS = {"created": "created_at", "updated": "updated_at"}
NONE = {"none", "nobody", "없음"}
# Of statuses, shelves: which one it is does not matter.
SHELVES = {"snoozed": Shelf.SNOOZED, "보류중": Shelf.SNOOZED, "bot": Shelf.BOT, "도우미": Shelf.BOT}
YES_NO = {"yes": True, "예": True, "no": False, "아니요": False}
ME = {"me", "나"}
CHANNELS = {"mail": "mail", "메일": "mail", "chat": "chat", "채팅": "chat", "form": "form", "문의폼": "form"}
CHANNELS |= {"양식": "form", "phone": "phone", "전화": "phone"}
OF_FIELD = r"(?:field|항목)\.\w{1,80}"
WRITTEN = re.compile(
    rf'(?:^|(?<=\s))(-?)({OF_FIELD}|[^\W\d_]{{1,20}})\s?([:：]|>=|<=|>|<)\s*("(?:""|\\"|[^"])*"|[^\s"]\S*)?',
    re.IGNORECASE,
)
MARK_INSIDE = re.compile(r'""|\\"')
PHRASE = re.compile(r'"([^"]*)"')
AGO = re.compile(r"(\d{1,4})([dhw일시주])")
AGES = {"d": "days", "일": "days", "h": "hours", "시": "hours", "w": "weeks", "주": "weeks"}


class Unreadable(ValueError):
    """An operator's value is none of those it takes; the message says which would be, in the reader's language."""


@dataclass
class Question:
    """words  all must be there · phrases  as they stand · wanted  what operators ask for · asked  the names of those
    operators · problems  what could not be read · hints  what was read as words and may have been meant otherwise"""

    words: str = ""
    phrases: list[str] = field(default_factory=list)
    wanted: list[Q] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)


def read(text: str, *, viewer: Viewer) -> Question:
    """Take apart what was typed. Never raises; what cannot be read stands in `problems`."""
    text = text.replace("\0", "").strip()[:LETTERS_MAX]
    question = Question()

    def take(match: re.Match[str]) -> str:
        minus, name, sign, value = match[1], match[2].lower(), match[3].replace("：", ":"), match[4] or ""
        value_of = name.partition(".")[2]
        known = "field" if value_of else NAMES.get(name)
        if known is None:
            return _unknown(match, name, value, question)
        try:
            bare = _bare(value)
            wanted = of_field(value_of, bare, sign) if value_of else OPERATORS[known](bare, sign, viewer)
        except (Unreadable, NoSuch) as problem:
            question.problems.append(str(problem))
        else:
            question.wanted.append(~wanted if minus else wanted)
            question.asked.add(known)
        return " "

    rest = WRITTEN.sub(take, text)
    question.phrases = [phrase.strip() for phrase in PHRASE.findall(rest) if phrase.strip()]
    question.words = " ".join(PHRASE.sub(" ", rest).split())
    return question


def _bare(value: str) -> str:
    """Without the marks around it; one that is doubled inside of them, or has a backslash before it, stands for itself, and so
    does one in a word that no mark begins."""
    if len(value) > 1 and value[0] == value[-1] == '"':
        return MARK_INSIDE.sub('"', value[1:-1]).strip()
    return value.strip()


def _unknown(match: re.Match[str], name: str, value: str, question: Question) -> str:
    """What goes on as words of something that is called like no operator; why, is told."""
    near = slips.meant(name, value, NAMES)
    # “Re: refund” and a mail's “From: Kim” are words; what is written close to its colon was meant to be more.
    is_close = match[0].endswith(match[3] + value)
    if near and (is_close or near not in slips.ELSEWHERE.values() or name not in slips.ELSEWHERE):
        question.problems.append(slips.unknown(name, near))
        return " "
    if is_close and value and not slips.is_no_operator(name, value):
        question.hints.append(slips.taken_as_words(match[0].strip(), _offered()))
    return match[0]


def _offered() -> list[str]:
    """The operators in the active language, as one writes them."""
    is_korean = translation.get_language() == "ko"
    offered: dict[str, str] = {}
    for name, operator in NAMES.items():
        if name.isascii() != is_korean:
            offered.setdefault(operator, f"{name}:")
    return list(offered.values())


def _one_of(what: str, value: str, known: dict[str, str], also: dict[str, str] | None = None) -> str:
    """also  what is understood too, though it is not offered"""
    found = ((also or {}) | known).get(value.lower())
    if found is None:
        words = _("“%(value)s” is no %(what)s. It can be: %(known)s.")
        values = {"value": value, "what": what, "known": ", ".join(sorted(known))}
        raise Unreadable(filled(words, values) + slips.or_rather(value, [*known, *(also or {})]))
    return found


def _only(sign: str, name: str) -> None:
    if sign != ":":
        words = _("“%(name)s” takes a colon: %(name)s:…")
        raise Unreadable(words % {"name": name})


@lru_cache(maxsize=8)
def _labels(kinds: type[TextChoices]) -> dict[str, str]:
    """Its labels in every language: a kept search is read by colleagues who speak another."""
    known: dict[str, str] = {}
    for locale in LOCALES:
        with translation.override(locale):
            known |= {str(each.label).lower().replace(" ", ""): each.value for each in kinds}
    return known


def _status(value: str, sign: str, _viewer: Viewer) -> Q:
    _only(sign, "status")
    known = {each.value: each.value for each in Status} | {"hold": "on_hold", "unsolved": "", "미해결": ""}
    known |= {str(each.label).lower().replace(" ", ""): each.value for each in Status}
    known |= {name: f"*{shelf}" for name, shelf in SHELVES.items()}
    typed = value.replace(" ", "")
    own = {} if typed.lower() in known | _labels(Status) else _own_statuses()
    offered = {key: key for key in own.values()}
    wanted = _one_of(_("status"), typed, known | offered, _labels(Status) | own)
    if wanted.startswith("*"):
        return Q(shelf=wanted[1:])
    if wanted in offered:
        return Q(custom_status__key=wanted)
    return Q(status=wanted) if wanted else Q(status__in=UNSOLVED)


def _own_statuses() -> dict[str, str]:
    """Keys and names of managers' statuses, those put away too because they still stand somewhere -> their keys."""
    found = CustomStatus.objects.all()
    names = ((name, each.key) for each in found for name in (each.key, each.name_ko, each.name_en))
    return {name.lower().replace(" ", ""): key for name, key in names}


def _priority(value: str, sign: str, _viewer: Viewer) -> Q:
    known = {each.value: each.value for each in Priority}
    known |= {str(each.label).lower(): each.value for each in Priority}
    wanted = _one_of(_("priority"), value, known, _labels(Priority))
    order = list(Priority.values)
    at = order.index(wanted)
    picks = {":": [wanted], ">": order[at + 1 :], ">=": order[at:], "<": order[:at], "<=": order[: at + 1]}
    return Q(priority__in=picks[sign])


def _type(value: str, sign: str, _viewer: Viewer) -> Q:
    _only(sign, "type")
    known = {each.value: each.value for each in Type}
    return Q(type=_one_of(_("type"), value, known | {str(each.label).lower(): each.value for each in Type}))


def _channel(value: str, sign: str, _viewer: Viewer) -> Q:
    _only(sign, "channel")
    return Q(channel=_one_of(_("channel"), value, CHANNELS))


def _mailbox(value: str, sign: str, viewer: Viewer) -> Q:
    _only(sign, "mailbox")
    if value.lower() in NONE:
        return Q(lies_in=None)
    name = _given("mailbox", value)
    seen = Inbox.objects.all_mail().visible_to(viewer)
    exactly = seen.filter(Q(address__iexact=name) | Q(name__iexact=name))
    some = seen.filter(Q(address__istartswith=name) | Q(name__icontains=name))
    found = list(exactly.values_list("pk", flat=True)) or list(some.values_list("pk", flat=True))
    if not found:
        raise Unreadable(
            _("There is no mailbox called “%(name)s”. Check the name or address, please.") % {"name": value}
        )
    return Q(lies_in__in=found)


def _ticket(value: str, sign: str, _viewer: Viewer) -> Q:
    """No: a chat, for as long as it has not been turned into a ticket."""
    _only(sign, "ticket")
    is_ticket = YES_NO.get(value.lower())
    if is_ticket is None:
        raise Unreadable(
            _("“ticket:” takes yes or no. With no it is a chat that has not been turned into a ticket.")
        )
    is_chat = Q(channel="chat", ticket_since=None)
    return ~is_chat if is_ticket else is_chat


def _tag(value: str, sign: str, _viewer: Viewer) -> Q:
    _only(sign, "tag")
    tagged = Conversation.tags.through.objects.filter(tag__name=_given("tag", value).lower())
    return Q(pk__in=tagged.values("conversation_id"))


def _team(value: str, sign: str, viewer: Viewer) -> Q:
    _only(sign, "team")
    if value.lower() in NONE:
        return Q(team=None)
    # A private team's name is as unknown to those outside as the team itself.
    hidden = viewer.hidden_team_ids or frozenset()
    name = _given("team", value)
    # Whoever writes a whole name means that team, and none whose name has it in it.
    found = set(teams_named(name)) - hidden or set(teams_called(name)) - hidden
    if not found:
        raise Unreadable(_("There is no team called “%(name)s”. Check the name, please.") % {"name": value})
    return Q(team__in=found)


def _assignee(value: str, sign: str, viewer: Viewer) -> Q:
    _only(sign, "assignee")
    if value.lower() in NONE:
        return Q(assignee=None)
    if value.lower() in ME:
        return Q(assignee=viewer.user_id)
    found = staff_called(_given("assignee", value))
    if not found:
        raise Unreadable(
            _("There is no colleague called “%(name)s”. Check the name, please.") % {"name": value}
        )
    return Q(assignee__in=found)


def _requester(value: str, sign: str, _viewer: Viewer) -> Q:
    _only(sign, "requester")
    return Q(requester__in=people_called(_given("requester", value)))


def _submitter(value: str, sign: str, viewer: Viewer) -> Q:
    _only(sign, "submitter")
    if value.lower() in ME:
        return Q(submitter_kind="staff", submitter_id=viewer.user_id)
    name = _given("submitter", value)
    by_staff = Q(submitter_kind="staff", submitter_id__in=staff_called(name))
    return by_staff | Q(submitter_kind="person", submitter_id__in=people_called(name))


def _moment(column: str) -> Callable[[str, str, Viewer], Q]:
    def wanted(value: str, sign: str, viewer: Viewer) -> Q:
        begin, end = _span(value, ZoneInfo(viewer.zone))
        if sign == ":":
            return Q(**{f"{column}__gte": begin, f"{column}__lt": end})
        # After a day begins when it has ended; from a day on, when it begins.
        at = {">": ("gte", end), ">=": ("gte", begin), "<": ("lt", begin), "<=": ("lt", end)}[sign]
        return Q(**{f"{column}__{at[0]}": at[1]})

    return wanted


def _span(value: str, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """A day as its first moment and the next day's, where the reader is; "3d" is the moment three days ago."""
    if ago := AGO.fullmatch(value):
        moment = clock.now() - timedelta(**{AGES[ago[2]]: int(ago[1])})
        return moment, moment
    try:
        day = date.fromisoformat(value)
        return datetime.combine(day, time(), zone), datetime.combine(day + timedelta(days=1), time(), zone)
    except (ValueError, OverflowError):
        words = _("“%(value)s” is no day. Write it as 2026-01-31, or as 7d for a week ago.")
        raise Unreadable(filled(words, {"value": value})) from None


def _given(name: str, value: str) -> str:
    if not value:
        raise Unreadable(_("Write a name after “%(name)s:”.") % {"name": name})
    return value


OPERATORS: dict[str, Callable[[str, str, Viewer], Q]] = {
    "requester": _requester,
    "submitter": _submitter,
    "assignee": _assignee,
    "team": _team,
    "tag": _tag,
    "status": _status,
    "priority": _priority,
    "type": _type,
    "channel": _channel,
    "mailbox": _mailbox,
    "ticket": _ticket,
    **{name: _moment(column) for name, column in MOMENTS.items()},
}


def staff_called(name: str) -> list[int]:
    called = Q(name__icontains=name) | Q(email__istartswith=name)
    return list(User.objects.exclude(role="").filter(called).values_list("pk", flat=True)[:PEOPLE_MOST])


def teams_called(name: str) -> list[int]:
    called = Q(name_ko__icontains=name) | Q(name_en__icontains=name)
    return list(Team.objects.filter(called).values_list("pk", flat=True))


def teams_named(name: str) -> list[int]:
    return list(
        Team.objects.filter(Q(name_ko__iexact=name) | Q(name_en__iexact=name)).values_list("pk", flat=True)
    )


def people_called(name: str) -> list[int]:
    """Whose name holds this or whose address begins with it; of a whole address who has that one, whatever others call themselves."""
    if ADDRESS.fullmatch(name):
        called = Q(identities__kind=Identity.Kind.EMAIL, identities__value=normal(Identity.Kind.EMAIL, name))
    else:
        called = Q(name__icontains=name) | Q(identities__value__startswith=name.lower())
    found = Person.objects.filter(called).distinct().values_list("pk", "merged_into")[:PEOPLE_MOST]
    # Whoever was merged is one with the other, by whichever name they were found.
    roots = {into or pk for pk, into in found}
    same = Person.objects.filter(Q(pk__in=roots) | Q(merged_into__in=roots))
    return list(same.values_list("pk", flat=True)[:PEOPLE_MOST])
