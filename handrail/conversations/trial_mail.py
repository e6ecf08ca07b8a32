"""A mail to oneself that looks like one to a customer: the brand's head, the signature, the way to a person."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from handrail.accounts.models import User
from handrail.channels.looks import look_of
from handrail.channels.mail import troubles
from handrail.channels.mail.carrying import carry, host_of
from handrail.channels.mail.deliver import Permanent, Retry
from handrail.channels.mail.mailboxes import Mailbox
from handrail.channels.mail.render import Letter, Rail, build
from handrail.channels.models import Inbox
from handrail.channels.own_addresses import is_own
from handrail.conversations.placeholders import WRITTEN, filled_with
from handrail.core import clock
from handrail.core.events.ledger import record
from handrail.core.ids import random_id
from handrail.workspace.formats import day

NUMBER = 1042  # of nobody's request


class NotTried(RuntimeError):
    """The mail did not leave; the message says why, for whoever asked for it, in the current language."""


def send_test_mail(inbox: Inbox, *, to: User, locale: str) -> None:
    """Send a colleague, now, what a reply from this mailbox looks like to a customer who reads `locale`.

    Raises NotTried.
    """
    if is_own(to.email):
        raise NotTried(_("Your own address is one of our mailboxes: the mail would become a request."))
    with translation.override(locale):
        mail = build(letter(inbox, to, locale))
    outcome = carry(inbox, mail, envelope_from="", to=to.email)
    if isinstance(outcome, Retry) and outcome.trouble:
        raise NotTried(troubles.sentence(outcome.trouble, host=host_of(inbox), detail=outcome.text))
    if isinstance(outcome, (Retry, Permanent)):
        said = f"{outcome.code} {outcome.text}".strip()
        raise NotTried(
            _("The server does not take the mail to %(address)s: %(said)s")
            % {"address": to.email, "said": said}
        )
    with transaction.atomic():
        record("inbox.test_mail_sent", inbox, by=to, locale=locale)


def letter(inbox: Inbox, to: User, locale: str) -> Letter:
    """In the current language, which must be `locale`."""
    brand = inbox.brand.name(locale)
    text = "\n\n".join(
        [
            _("Hello. This is a test mail: it shows how a reply from %(brand)s looks.") % {"brand": brand},
            _(
                "Above stands your logo or name, below the signature of this mailbox and the way back to the request."
            ),
        ]
    )
    return Letter(
        sender=Mailbox(inbox.address, inbox.sender_name(locale)),
        to=Mailbox(to.email, to.name),
        subject=_("Test mail from %(brand)s") % {"brand": brand},
        text=text,
        message_id=f"{random_id()}@{inbox.address.rpartition('@')[2]}",
        automatic=True,
        signature=_signature(inbox, to, locale),
        rail=Rail(_("See this request"), f"{settings.BASE_URL}/hc/{locale}/"),
        lang=locale,
        look=look_of(inbox.brand, locale=locale),
    )


def _signature(inbox: Inbox, to: User, locale: str) -> str:
    values = {
        "agent": to.name,
        "brand": inbox.brand.name(locale),
        "number": f"#{NUMBER}",
        "today": day(clock.now(), locale=locale, zone=to.zone),
    }
    said = filled_with(to.signature or inbox.signature, values)
    lines = WRITTEN.sub("", said).strip().splitlines()
    return "\n".join(line.rstrip() for line in lines)
