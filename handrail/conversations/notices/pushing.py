"""Pushes to colleagues' browsers: small, and without a word of anybody's unless they chose to see it there."""

from __future__ import annotations

import json
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.accounts.reading import as_they_read
from handrail.channels.push.subscriptions import PushSubscription
from handrail.channels.push.wire import TTL_SECONDS, push
from handrail.conversations.notices.choices import NoticeChoices
from handrail.conversations.notices.kinds import Way
from handrail.conversations.notices.mailing import said_in
from handrail.conversations.notices.notice import Notice
from handrail.conversations.notices.places import path_of
from handrail.conversations.notices.sending import still_wanted, take
from handrail.conversations.notices.words import bare, sentence
from handrail.core import clock
from handrail.core.jobs.backend import task

WORDS_MOST = 120
PRIORITY = 5  # before what may wait: an assignment is to be seen within ten seconds
TRIES_MOST = 6


class PushLater(RuntimeError):
    """The push service did not take it now; the job tries again."""


@task(priority=PRIORITY)
def gather_push(user_id: int) -> int:
    """Give what is due to a job for each browser, in one transaction. Returns how many notices it is about."""
    with transaction.atomic():
        found = take(user_id, Way.PUSH)
        for pk in PushSubscription.objects.filter(user=user_id).values_list("pk", flat=True) if found else ():
            push_one.enqueue(pk, [notice.pk for notice in found])
    return len(found)


@task(priority=PRIORITY, attempts_max=TRIES_MOST)
def push_one(subscription_id: int, numbers: list[int], tried: int = 0) -> str:
    """Push to one browser what is still wanted. Returns what came of it, as a code."""
    subscription = PushSubscription.objects.select_related("user").filter(pk=subscription_id).first()
    if subscription is None:
        return "unsubscribed"
    if not subscription.is_signed_in:
        subscription.delete()
        return "signed_out"
    oldest = clock.now() - timedelta(seconds=TTL_SECONDS)
    notices = [
        each for each in still_wanted(subscription.user_id, numbers) if (each.push_at or oldest) >= oldest
    ]
    if not notices:
        return "unneeded"
    pushed = push(subscription, payload(notices), topic=_tag(notices))
    if pushed.outcome == "gone":
        subscription.delete()
    if pushed.outcome == "later":
        if not pushed.after:
            raise PushLater(f"{subscription} {pushed.status}")
        if tried < TRIES_MOST:
            later = clock.now() + timedelta(seconds=pushed.after)
            push_one.using(run_after=later).enqueue(subscription_id, numbers, tried + 1)
    return pushed.outcome


def payload(notices: list[Notice]) -> bytes:
    """JSON for the service worker: title, body, tag, path, lang."""
    user = notices[0].user
    hides = NoticeChoices.of([user])[user.pk].hides_contents
    with as_they_read(user):
        title, body = _words(notices, hides=hides)
    path = path_of(notices[0]) if len(notices) == 1 else "/desk/notices"
    said = {"title": title, "body": body, "tag": _tag(notices), "path": path, "lang": user.locale}
    return json.dumps(said, ensure_ascii=False).encode()


def _words(notices: list[Notice], *, hides: bool) -> tuple[str, str]:
    if len(notices) > 1:
        count = len(notices)
        title = ngettext("%(num)s notification", "%(num)s notifications", count) % {"num": count}
        return title, "" if hides else "\n".join(_cut(sentence(each)) for each in notices[-3:])
    notice = notices[0]
    if not hides and {"article", "block", "inbox"} & set(notice.data):
        return _cut(sentence(notice)), _cut(said_in(notice))
    if hides or notice.conversation is None:
        return bare(notice), ""
    lines = [notice.conversation.subject or _("(no subject)"), said_in(notice)]
    return _cut(sentence(notice)), "\n".join(_cut(line) for line in lines if line)


def _cut(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= WORDS_MOST else words[:WORDS_MOST] + "…"


def _tag(notices: list[Notice]) -> str:
    """What is shown under one tag takes the place of what was: one line a conversation."""
    if len(notices) > 1:
        return "notices"
    if "article" in notices[0].data:
        return f"article-{notices[0].data['article']}"
    if "block" in notices[0].data:
        return f"block-{notices[0].data['block']}"
    if "inbox" in notices[0].data:
        return f"mailbox-{notices[0].data['inbox']}"
    return f"conversation-{notices[0].conversation_id}"
