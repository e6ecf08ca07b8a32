"""The mail by which a colleague chooses a new password. Its job makes the link, so that no secret stands in a job's row."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from handrail.accounts.models import User
from handrail.channels.looks import look_of
from handrail.channels.mail.addresses import inbox_address
from handrail.channels.mail.carrying import carry_or_retry
from handrail.channels.mail.mailboxes import Mailbox
from handrail.channels.mail.render import Letter, build
from handrail.channels.models import Inbox
from handrail.channels.own_addresses import is_own
from handrail.core.ids import random_id
from handrail.core.jobs.backend import task


@task(queue_name="mail")
def send_new_password_link(user_id: int, *, locale: str, path: str) -> bool:
    """Mail a colleague a link to choose a new password. False: they may not sign in, or others would read the mail.

    path  where links are opened on this site, with UID-KEY where the secret belongs
    """
    user = User.objects.staff().filter(pk=user_id).first()
    inbox = Inbox.objects.mail().select_related("brand").first()
    if user is None or inbox is None or is_own(user.email):
        return False
    secret = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    with translation.override(locale):
        url = f"{settings.BASE_URL}{path.replace('UID-KEY', secret)}"
        mail = build(letter(user.email, url, inbox, locale))
    carry_or_retry(inbox, mail, to=user.email)
    return True


def letter(email: str, url: str, inbox: Inbox, locale: str) -> Letter:
    """In the current language."""
    asked = _(
        "Somebody, probably you, asked for a new password for this address. Open this link to choose one:"
    )
    otherwise = _("If it was not you, nothing has to be done: your password stays as it is.")
    return Letter(
        sender=Mailbox(inbox_address(inbox.address), inbox.sender_name(locale)),
        to=Mailbox(email, ""),
        subject=_("Choose a new password for the desk"),
        text=f"{asked}\n\n{url}\n\n{otherwise}\n\n{inbox.brand.name(locale)}",
        message_id=f"{random_id()}@{inbox.brand.mail_domain}",
        automatic=True,
        lang=locale,
        look=look_of(inbox.brand, locale=locale, is_framed=False),
    )
