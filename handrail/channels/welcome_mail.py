"""The mail by which a new colleague chooses their first password. Its job makes the link, so that no secret stands in a job's row."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.accounts.models import User
from handrail.accounts.reading import as_they_read
from handrail.channels.mail.addresses import inbox_address
from handrail.channels.mail.carrying import carry_or_retry
from handrail.channels.mail.mailboxes import Mailbox
from handrail.channels.mail.render import Letter, build
from handrail.channels.models import Inbox
from handrail.channels.own_addresses import is_own
from handrail.core.ids import random_id
from handrail.core.jobs.backend import task

DAY_SECONDS = 86_400


@task(queue_name="mail")
def send_first_password_link(user_id: int, *, path: str) -> bool:
    """Mail a colleague, in their language, a link to choose a password. False: they may not sign in, or others would read it.

    path  where links are opened on this site, with UID-KEY where the secret belongs
    """
    user = User.objects.staff().filter(pk=user_id).first()
    inbox = Inbox.objects.mail().select_related("brand").first()
    if user is None or inbox is None or is_own(user.email):
        return False
    secret = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    with as_they_read(user):
        mail = build(letter(user, f"{settings.BASE_URL}{path.replace('UID-KEY', secret)}", inbox))
    carry_or_retry(inbox, mail, to=user.email)
    return True


def letter(user: User, url: str, inbox: Inbox) -> Letter:
    """In the current language."""
    brand = inbox.brand.name(user.locale)
    days = settings.PASSWORD_RESET_TIMEOUT // DAY_SECONDS
    welcome = _("You are a colleague at the desk of %(brand)s now. Open this link to choose your password:")
    lasts = ngettext(
        "The link is good for %(num)d day and until a password is chosen. After that an administrator can send it again.",
        "The link is good for %(num)d days and until a password is chosen. After that an administrator can send it again.",
        days,
    )
    after = _("Then sign in with this mail address: %(address)s")
    return Letter(
        sender=Mailbox(inbox_address(inbox.address), inbox.sender_name(user.locale)),
        to=Mailbox(user.email, user.name),
        subject=_("Your sign-in to the desk of %(brand)s") % {"brand": brand},
        text=f"{welcome % {'brand': brand}}\n\n{url}\n\n{after % {'address': user.email}}\n{lasts % {'num': days}}\n\n{brand}",
        message_id=f"{random_id()}@{inbox.brand.mail_domain}",
        automatic=True,
        lang=user.locale,
    )
