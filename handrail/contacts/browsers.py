"""The browsers a person is signed in on: what each calls itself, from where it signed in, and when it was last here.

The sign-in library's own list is of accounts, and most people here have none: they come in by a mailed link.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth import SESSION_KEY as ACCOUNT_KEY
from django.contrib.sessions.models import Session
from django.db import models, transaction

from handrail.accounts.models import User
from handrail.contacts.models import Person
from handrail.core import bus, clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record

AGENT_CHARS = 300


class BrowserQuerySet(models.QuerySet["Browser"]):
    def still_in(self, person: Person) -> list[Browser]:
        """Those of the person whose sign-in holds, last seen first. The rows of all others go."""
        rows = list(self.filter(person=person).order_by("-seen_at", "-pk"))
        keys = [row.session_key for row in rows]
        live = Session.objects.filter(session_key__in=keys, expire_date__gt=clock.now())
        holding = {each.session_key for each in live if _holds(each.get_decoded())}
        self.filter(pk__in=[row.pk for row in rows if row.session_key not in holding]).delete()
        return [row for row in rows if row.session_key in holding]


class Browser(models.Model):
    """One session in which a person is signed in."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="browsers")
    session_key = models.CharField(max_length=40, unique=True)
    agent = models.CharField(max_length=AGENT_CHARS, blank=True, help_text="as the browser calls itself")
    address = models.CharField(max_length=45, blank=True, help_text="the network address it signed in from")
    began_at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(default=clock.now)

    objects = BrowserQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.person_id} in {self.agent[:40]}"

    @classmethod
    def seen(cls, person: int, *, session_key: str, agent: str, address: str) -> None:
        """Note that a browser of the person is here."""
        now = {"person_id": person, "agent": agent[:AGENT_CHARS], "seen_at": clock.now()}
        begun = {**now, "address": address[:45]}
        cls.objects.update_or_create(session_key=session_key, defaults=now, create_defaults=begun)

    @transaction.atomic
    def sign_out(self, *, by: CanAct) -> None:
        """End this session, and what is open in it."""
        import_module(settings.SESSION_ENGINE).SessionStore().delete(self.session_key)
        self.delete()
        record("person.browser_signed_out", self.person, by=by)
        # Open streams know the person alone; in the other browsers they begin again by themselves.
        bus.publish("revoke", viewer=f"person:{self.person_id}", channels=[])


def _holds(session: dict[str, Any]) -> bool:
    """Whether a session still signs somebody in: of an account, only until its password is another."""
    if ACCOUNT_KEY not in session:
        return True
    user = User.objects.filter(pk=session[ACCOUNT_KEY], is_active=True).first()
    return user is not None and session.get(HASH_SESSION_KEY) == user.get_session_auth_hash()
