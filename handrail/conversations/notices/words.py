"""A notice in words, plain text in the current language: the same sentence in the desk, in mails and on devices."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from handrail.conversations.notices.kinds import ARTICLE_KINDS, Kind
from handrail.conversations.notices.notice import Notice
from handrail.workspace import formats


def sentence(notice: Notice) -> str:
    """What happened, without a word of what was said."""
    named = {"who": notice.who or _("The customer"), "number": notice.conversation_id}
    if notice.kind in ARTICLE_KINDS:
        return _of_article(notice)
    if notice.kind == Kind.ASSIGNED:
        if not notice.who:
            return _("#%(number)s was assigned to you") % named
        return _("%(who)s assigned #%(number)s to you") % named
    if "way" in notice.data:
        out = notice.data["way"] == "send"
        return (
            _("Mail from %(who)s does not leave") if out else _("Mail to %(who)s does not come in")
        ) % named
    if "mailbox" in notice.data:
        return _("Mail to %(mailbox)s came into #%(number)s") % {**named, "mailbox": notice.data["mailbox"]}
    if notice.data.get("reason") == "customer_wrote":
        return _("%(who)s wrote first in #%(number)s, so your reply set for later was stopped") % named
    if notice.data.get("reason") == "joined":
        return _("Somebody came into #%(number)s after you wrote, so your reply did not leave") % named
    sentences = {
        Kind.MENTIONED: _("%(who)s mentioned you in a note of #%(number)s"),
        Kind.STOPPED: _("Your reply set for later in #%(number)s did not leave"),
        Kind.REPLIED: _("%(who)s wrote in #%(number)s"),
        Kind.ASIDE: _("%(who)s answered in a side conversation of #%(number)s"),
        Kind.UNDELIVERED: _("A mail of #%(number)s did not arrive"),
        Kind.TEAM: _("#%(number)s came to your team and has no assignee"),
        Kind.FOLLOWED: _("%(who)s wrote in #%(number)s"),
        Kind.MAILBOX: _("A mail to %(who)s could not be read and was kept aside"),
    }
    return sentences[Kind(notice.kind)] % named


def _of_article(notice: Notice) -> str:
    named = {"who": notice.who or _("A colleague"), "title": notice.data.get("title", "")}
    if notice.kind == Kind.CHECK:
        named["day"] = _day(notice.data["check_by"])
        if notice.data.get("is_due"):
            return _("“%(title)s” was to be checked by %(day)s") % named
        return _("Please check “%(title)s” by %(day)s") % named
    sentences = {
        Kind.REVIEW: _("%(who)s asks for your review of “%(title)s”"),
        Kind.CHANGES: _("%(who)s asks for changes to “%(title)s”"),
        Kind.APPROVED: _("%(who)s approved “%(title)s”"),
    }
    return sentences[Kind(notice.kind)] % named


def _day(written: str) -> str:
    # A day of the calendar, the same wherever it is read.
    noon = datetime.combine(date.fromisoformat(written), time(12), ZoneInfo("UTC"))
    return formats.day(noon, locale=(get_language() or "ko").split("-")[0], zone="UTC")


def bare(notice: Notice) -> str:
    """The event alone, without a name: what a device shows to whoever looks over a shoulder."""
    if "way" in notice.data:
        return _("A mailbox cannot fetch or send")
    if "mailbox" in notice.data:
        return _("Mail to your team came into #%(number)s") % {"number": notice.conversation_id}
    if "block" in notice.data:
        return _("Changes are asked for in a reusable block of yours")
    if notice.kind == Kind.MAILBOX:
        return _("A mail could not be read and was kept aside")
    sentences = {
        Kind.MENTIONED: _("You were mentioned in #%(number)s"),
        Kind.ASSIGNED: _("#%(number)s was assigned to you"),
        Kind.STOPPED: _("Your reply set for later in #%(number)s did not leave"),
        Kind.REPLIED: _("A customer wrote in #%(number)s"),
        Kind.ASIDE: _("An answer came in a side conversation of #%(number)s"),
        Kind.UNDELIVERED: _("A mail of #%(number)s did not arrive"),
        Kind.TEAM: _("#%(number)s came to your team and has no assignee"),
        Kind.FOLLOWED: _("Something was written in #%(number)s"),
        Kind.REVIEW: _("Your review of an article is asked for"),
        Kind.CHANGES: _("Changes are asked for in an article of yours"),
        Kind.APPROVED: _("An article of yours is approved"),
        Kind.CHECK: _("An article of yours should be checked"),
    }
    return sentences[Kind(notice.kind)] % {"number": notice.conversation_id}
