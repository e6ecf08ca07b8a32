"""The first day of a site that is no demo: its brand, a team with hours, where it can be reached, and who runs it."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from handrail.accounts.models import Role, Team, User
from handrail.channels.models import Inbox
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.core.ids import random_id
from handrail.workspace.korean import filled
from handrail.workspace.models import Brand, BusinessHours

# Office hours of a Korean company; a lunch break is the manager's to add.
WEEKDAYS = {str(day): [["09:00", "18:00"]] for day in range(5)}
PASSWORD_CHARS = 20


class CannotBegin(ValueError):
    """The site cannot be begun this way; the text says what to change."""


@dataclass(frozen=True)
class Start:
    """What is asked of somebody who begins. `mail` is where customers write to; its domain becomes the brand's."""

    name_ko: str
    name_en: str
    mail: str
    admin_email: str
    admin_name: str = ""
    locale: str = "ko"


@transaction.atomic
def begin(start: Start, *, by: CanAct) -> tuple[Brand, str]:
    """Make an empty site usable: returns its brand and the administrator's first password, kept nowhere else.

    Raises CannotBegin if there is a brand already, or an address that is none.
    """
    for address in (start.mail, start.admin_email):
        _must_be_address(address)
    if Brand.objects.exists():
        raise CannotBegin(_("This site has begun already. Colleagues and addresses are added in it."))
    brand = Brand.objects.create(
        slug="main",
        name_ko=start.name_ko,
        name_en=start.name_en,
        mail_domain=start.mail.rpartition("@")[2].lower(),
        default_locale=start.locale,
    )
    hours = BusinessHours.objects.create(name="support", weekly=WEEKDAYS)
    team = Team.objects.create(slug="support", name_ko="고객지원팀", name_en="Support", hours=hours)
    places = {"brand": brand, "team": team, "locale": start.locale}
    Inbox.objects.create(kind="mail", address=start.mail.lower(), name="support", **places)
    Inbox.objects.create(kind="chat", address="portal", name="portal", **places)
    password = random_id()[:PASSWORD_CHARS]
    admin = User.objects.create_user(
        start.admin_email, password, name=start.admin_name, role=Role.ADMIN, locale=start.locale
    )
    team.add(admin, by=by)
    record("brand.begun", brand, by=by)
    return brand, password


def _must_be_address(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError as wrong:
        text = filled(
            _("“%(address)s” is no mail address. Write it like help@example.com."), {"address": address}
        )
        raise CannotBegin(text) from wrong
