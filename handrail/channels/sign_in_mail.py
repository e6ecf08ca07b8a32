"""The mail with a sign-in link. Its job makes the link itself, so that no secret ever stands in a job's row."""

from __future__ import annotations

from datetime import timedelta

from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from handrail.accounts.models import SignInLink
from handrail.channels.looks import look_of
from handrail.channels.mail.addresses import inbox_address, of_mailbox
from handrail.channels.mail.carrying import carry_or_retry
from handrail.channels.mail.mailboxes import Mailbox
from handrail.channels.mail.render import Letter, build
from handrail.channels.models import Inbox
from handrail.contacts.accounts import find
from handrail.core import clock
from handrail.core.actors import SYSTEM
from handrail.core.ids import random_id
from handrail.core.jobs.backend import task
from handrail.workspace.models import Brand

KNOWN_AN_HOUR = 3
# Somebody we never met gets one a day, so that nobody can have us write to strangers again and again.
STRANGER_A_DAY = 1


@task(queue_name="mail")
def send_sign_in_link(
    email: str,
    *,
    locale: str,
    path: str,
    next_path: str = "",
    conversation: int | None = None,
    brand: int | None = None,
) -> bool:
    """Mail `email` a link of one hour. False: it has had enough of them.

    path          where links are opened on this site; the secret is added to it
    conversation  with a number the link opens that one alone; whoever gives it looked whether the address may read it
    brand         at whose help centre it was asked for; the first one's without
    """
    email = email.strip().lower()
    asked_at = Brand.objects.filter(pk=brand or 0).first() or Brand.objects.order_by("pk").first()
    inbox = Inbox.objects.mail_for(asked_at) if asked_at else None
    if asked_at is None or inbox is None or not may_write(email):
        return False
    purpose = SignInLink.Purpose.SIGN_IN if conversation is None else SignInLink.Purpose.ONE_CONVERSATION
    _link, secret = SignInLink.issue(
        email, by=SYSTEM, purpose=purpose, conversation_id=conversation, next_path=next_path, locale=locale
    )
    with translation.override(locale):
        mail = build(letter(email, f"{asked_at.site}{path}{secret}", inbox, conversation, brand=asked_at))
    carry_or_retry(inbox, mail, to=email)
    return True


def may_write(email: str) -> bool:
    """At most three an hour to an address we know, one a day to a mailbox by addresses we don't."""
    sent = SignInLink.objects.filter(email=email, created_at__gt=clock.now() - timedelta(hours=1))
    if sent.count() >= KNOWN_AN_HOUR:
        return False
    of_today = SignInLink.objects.filter(of_mailbox(email), created_at__gt=clock.now() - timedelta(days=1))
    return find(email) is not None or of_today.count() < STRANGER_A_DAY


def letter(email: str, url: str, inbox: Inbox, conversation: int | None, *, brand: Brand) -> Letter:
    """In the current language. It says nothing that whoever asked for it could have written."""
    locale = get_language() or brand.default_locale
    name = brand.name(locale)
    if conversation is None:
        subject = _("Sign in to %(brand)s Help") % {"brand": name}
        first = _("Open this link to sign in. It works once, for one hour.")
    else:
        subject = _("Your request #%(number)d at %(brand)s") % {"brand": name, "number": conversation}
        first = _("Open this link to read and answer your request. It works once, for one hour.")
    last = _("Someone asked for this link with your address. If it was not you, there is nothing to do.")
    return Letter(
        sender=Mailbox(inbox_address(inbox.address), inbox.sender_name(locale, brand=brand)),
        to=Mailbox(email, ""),
        subject=subject,
        text=f"{first}\n\n{url}\n\n{last}",
        message_id=f"{random_id()}@{brand.mail_domain}",
        automatic=True,
        lang=locale,
        look=look_of(brand, locale=locale),
    )
