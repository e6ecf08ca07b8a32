"""Monday morning's mail to those who write: what there is to do, as the console lists it; none where there is nothing."""

from __future__ import annotations

from datetime import time
from html import escape
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.accounts.models import User
from handrail.accounts.policy import rights_of
from handrail.accounts.reading import as_they_read
from handrail.accounts.viewer import staff_viewer
from handrail.channels.mail.carrying import carry_or_retry
from handrail.channels.mail.deliver import Permanent
from handrail.channels.mail.mailboxes import Mailbox
from handrail.channels.mail.render import Letter, Rail, build
from handrail.channels.models import Inbox
from handrail.channels.own_addresses import is_own
from handrail.conversations.notices.choices import NoticeChoices
from handrail.conversations.notices.kinds import NEEDS, Kind, Way
from handrail.conversations.notices.notice import Notice, State
from handrail.core import clock
from handrail.core.ids import random_id
from handrail.core.jobs.backend import task
from handrail.insights.todo_words import Line, lines

MONDAY = 0
FROM = time(8)  # in the colleague's own zone; later that Monday, if nobody was there to send it


def begin_week() -> int:
    """Give each colleague whose Monday morning has come a job for their mail, once a week. Returns how many."""
    users = list(User.objects.who_may(NEEDS[Kind.WEEKLY.value]))
    choices = NoticeChoices.of(users)
    return sum(_begin(choices[user.pk]) for user in users if _week_of(user))


def _week_of(user: User) -> str:
    """The Monday whose morning it is where the colleague is; "" at any other time."""
    here = clock.now().astimezone(ZoneInfo(user.zone))
    return here.date().isoformat() if here.weekday() == MONDAY and here.time() >= FROM else ""


@transaction.atomic
def _begin(choices: NoticeChoices) -> bool:
    user, moment = choices.user, clock.now()
    if Way.MAIL.value not in choices.ways_for(Kind.WEEKLY.value):
        return False
    # The row keeps anybody from getting one Monday's mail twice.
    _notice, is_new = Notice.objects.get_or_create(
        user=user,
        key=f"0:week:{_week_of(user)}",
        defaults={"kind": Kind.WEEKLY, "is_shown": False, "mail": State.GIVEN, "read_at": moment},
    )
    if is_new:
        send_week.using(run_after=choices.after_quiet(moment)).enqueue(user.pk, random_id())
    return is_new


@task(queue_name="mail")
def send_week(user_id: int, mark: str) -> str:
    """Send one colleague what there is to do for them now. Returns what came of it, as a code."""
    user = User.objects.staff().filter(pk=user_id).first()
    if user is None or NEEDS[Kind.WEEKLY.value] not in rights_of(user.role):
        return "unneeded"
    if Way.MAIL.value not in NoticeChoices.of([user])[user.pk].ways_for(Kind.WEEKLY.value):
        return "unneeded"
    inbox = Inbox.objects.mail().select_related("brand").first()
    if inbox is None or is_own(user.email):
        return "no_address"
    with as_they_read(user):
        found = lines(staff_viewer(user))
        if not found:
            return "nothing"
        mail = build(letter(user, found, inbox, mark))
    outcome = carry_or_retry(inbox, mail, to=user.email)
    return f"refused {outcome.code}" if isinstance(outcome, Permanent) else "sent"


def letter(user: User, found: list[Line], inbox: Inbox, mark: str) -> Letter:
    """In the current language, which must be the colleague's."""
    count = len(found)
    subject = ngettext(
        "This week: %(num)s thing to write or mend", "This week: %(num)s things to write or mend", count
    ) % {"num": count}
    opening = _("Most urgent first, as the console lists it now:")
    choices = f"{settings.BASE_URL}/desk/notices/choices"
    leave = _("This mail comes on Mondays, when there is something. Choose what you are told of: %(address)s")
    return Letter(
        sender=Mailbox(inbox.address, inbox.sender_name(user.locale)),
        to=Mailbox(user.email, user.name),
        subject=subject,
        text="\n\n".join([opening, *(_as_text(line) for line in found), leave % {"address": choices}]),
        html=f"<p>{escape(opening)}</p><ol>{''.join(_as_html(line) for line in found)}</ol>"
        f"<p>{_linked(leave, choices)}</p>",
        message_id=f"{mark}@{inbox.address.rpartition('@')[2]}",
        automatic=True,
        rail=Rail(_("Open what there is to do"), f"{settings.BASE_URL}/console/tasks"),
        lang=user.locale,
        headers={"List-Unsubscribe": f"<{choices}>"},
    )


def _as_text(line: Line) -> str:
    head = f"{line.name}: {line.title}" if line.title else line.name
    return f"{head}\n{line.detail}\n{settings.BASE_URL}{line.path}"


def _as_html(line: Line) -> str:
    link = f'<a href="{escape(settings.BASE_URL + line.path)}">{escape(line.title or line.name)}</a>'
    said = f"{line.name} · {line.detail}" if line.title else line.detail
    return f"<li><p>{link}<br>{escape(said)}</p></li>"


def _linked(sentence: str, address: str) -> str:
    return escape(sentence) % {"address": f'<a href="{escape(address)}">{escape(address)}</a>'}
