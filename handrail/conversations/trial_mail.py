"""A mail to oneself that looks like one to a customer: the brand's head or its frame, the signature, the way to a person."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from handrail.accounts.models import User
from handrail.channels.looks import look_of
from handrail.channels.mail import troubles
from handrail.channels.mail.carrying import carry, host_of
from handrail.channels.mail.deliver import Permanent, Retry
from handrail.channels.mail.framing import Frame
from handrail.channels.mail.mailboxes import Mailbox
from handrail.channels.mail.render import Letter, Quoted, Rail, bodies, build
from handrail.channels.models import Inbox
from handrail.channels.own_addresses import is_own
from handrail.conversations.placeholders import WRITTEN, filled_with
from handrail.core import clock
from handrail.core.events.ledger import record
from handrail.core.ids import random_id
from handrail.workspace.formats import day
from handrail.workspace.models import Brand

NUMBER = 1042  # of nobody's request


class NotTried(RuntimeError):
    """The mail did not leave; the message says why, for whoever asked for it, in the current language."""


def send_test_mail(
    inbox: Inbox, *, to: User, locale: str, brand: Brand | None = None, frame: Frame | None = None
) -> None:
    """Send a colleague, now, what a reply from this mailbox looks like to a customer who reads `locale`.

    brand  for which it is written, the mailbox's own without
    frame  one that is being tried; without it the mail looks as mails do now

    Raises NotTried.
    """
    if is_own(to.email):
        raise NotTried(_("Your own address is one of our mailboxes: the mail would become a request."))
    with translation.override(locale):
        mail = build(letter(inbox, to, locale, brand=brand, frame=frame))
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


def sample(brand: Brand, *, to: User, locale: str, frame: Frame | None) -> tuple[str, str]:
    """The text part and the HTML part of the test mail, in a frame that is tried; None for the built-in one."""
    inbox = Inbox.objects.mail_for(brand) or Inbox(brand=brand, address=f"help@{brand.mail_domain}")
    with translation.override(locale):
        tried = letter(inbox, to, locale, brand=brand)
        look = replace(look_of(brand, locale=locale, is_framed=False), frame=frame)
        before = Quoted(
            _("%(when)s, %(who)s wrote:")
            % {"when": day(clock.now(), locale=locale, zone=to.zone), "who": _("The customer")},
            _("How do I get a refund?"),
        )
        signature = tried.signature or f"{to.name}\n{brand.name(locale)}"
        return bodies(replace(tried, look=look, signature=signature, quoted=before))


def letter(
    inbox: Inbox, to: User, locale: str, *, brand: Brand | None = None, frame: Frame | None = None
) -> Letter:
    """In the current language, which must be `locale`."""
    whose = brand or inbox.brand
    look = look_of(whose, locale=locale)
    name = whose.name(locale)
    text = "\n\n".join(
        [
            _("Hello. This is a test mail: it shows how a reply from %(brand)s looks.") % {"brand": name},
            _(
                "Above stands your logo or name, below the signature of this mailbox and the way back to the request."
            ),
        ]
    )
    return Letter(
        sender=Mailbox(inbox.address, inbox.sender_name(locale, brand=whose)),
        to=Mailbox(to.email, to.name),
        subject=_("Test mail from %(brand)s") % {"brand": name},
        text=text,
        message_id=f"{random_id()}@{inbox.address.rpartition('@')[2]}",
        automatic=True,
        signature=_signature(inbox, to, locale, brand=name),
        rail=Rail(_("See this request"), f"{whose.site}/hc/{locale}/"),
        lang=locale,
        look=replace(look, frame=frame) if frame else look,
    )


def _signature(inbox: Inbox, to: User, locale: str, *, brand: str) -> str:
    values = {
        "agent": to.name,
        "brand": brand,
        "number": f"#{NUMBER}",
        "today": day(clock.now(), locale=locale, zone=to.zone),
    }
    said = filled_with(to.signature or inbox.signature, values)
    lines = WRITTEN.sub("", said).strip().splitlines()
    return "\n".join(line.rstrip() for line in lines)
