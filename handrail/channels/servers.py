"""A mailbox's own servers: where its mail is sent through. The passwords are sealed, and are never shown again."""

from __future__ import annotations

from typing import Any, Self

from django.db import models, transaction

from handrail.channels.inboxes import Inbox
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.core.sealing import seal, unseal


class Tls(models.TextChoices):
    """How a line is made private: from its first byte, after a greeting, or not at all."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


class SignIn(models.TextChoices):
    NOTHING = "nothing"
    PASSWORD = "password"  # noqa: S105  (a way, no secret)
    OAUTH = "oauth"


class SecretNeeded(ValueError):
    """The stored password was given for another server, user or privacy: it goes nowhere else until typed again."""


class Server(models.Model):
    """One server of one mailbox. `purpose` names what its secret is for."""

    purpose = ""
    AIMED = ("host", "user", "tls")
    SETTINGS: tuple[str, ...] = ("host", "port", "tls", "user", "sign_in", "sealed_secret", "changed_at")

    host = models.CharField(max_length=253)
    port = models.PositiveIntegerField()
    tls = models.CharField(max_length=8, choices=Tls.choices, default=Tls.TLS)
    user = models.CharField(max_length=254, blank=True)
    sign_in = models.CharField(max_length=8, choices=SignIn.choices, default=SignIn.PASSWORD)
    sealed_secret = models.TextField(blank=True, default="")
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def secret(self) -> str:
        """The password. Raises CannotUnseal."""
        return unseal(self.sealed_secret, purpose=self._what_for())

    @classmethod
    def drafted(cls, inbox: Inbox, *, secret: str = "", **wanted: Any) -> Self:
        """The server as it would be, not kept: what is there now with `wanted` on it. An empty secret is the one it has.

        Raises SecretNeeded where that one was given for another host or user, or would travel less privately than before.
        """
        there = cls.objects.filter(inbox=inbox).first()  # type: ignore[attr-defined]
        draft: Self = there or cls(inbox=inbox)
        moved = there is not None and any(
            getattr(there, name) != wanted.get(name, getattr(there, name)) for name in cls.AIMED
        )
        for name, value in wanted.items():
            setattr(draft, name, value)
        if secret:
            draft.sealed_secret = seal(secret, purpose=draft._what_for())
        elif draft.sign_in != SignIn.PASSWORD:
            draft.sealed_secret = ""
        elif moved or not draft.sealed_secret:
            raise SecretNeeded(str(draft))
        return draft

    @transaction.atomic
    def keep(self, *, by: CanAct) -> None:
        """Use this server from the next mail on."""
        self._store((), by=by)

    @transaction.atomic
    def drop(self, *, by: CanAct) -> None:
        """Use it no more, and forget its secret."""
        inbox = self.inbox  # type: ignore[attr-defined]
        self.delete()
        record("inbox.changed", inbox, by=by, fields=[self.purpose])

    def _store(self, also: tuple[str, ...], *, by: CanAct) -> None:
        """Write the settings and `also`; what moves by itself meanwhile is left as it is."""
        self.changed_at = clock.now()
        if type(self).objects.filter(pk=self.pk).exists():  # type: ignore[attr-defined]
            self.save(update_fields=[*self.SETTINGS, *also])
        else:
            self.save(force_insert=True)
        record("inbox.changed", self.inbox, by=by, fields=[self.purpose])  # type: ignore[attr-defined]

    def _what_for(self) -> str:
        return f"{self.purpose}:{self.inbox_id}"  # type: ignore[attr-defined]


class Sending(Server):
    """The server a mailbox sends through; without one it sends through the site's (EMAIL_URL)."""

    purpose = "sending"

    inbox = models.OneToOneField(Inbox, on_delete=models.CASCADE, related_name="sending", primary_key=True)
