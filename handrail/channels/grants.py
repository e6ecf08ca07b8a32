"""A provider's consent that we read and send a mailbox's mail (OAuth 2.0): tokens, kept sealed and fresh."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db import models, transaction

from handrail.channels.inboxes import Inbox
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.core.fetch import FetchError, fetch
from handrail.core.sealing import seal, unseal

# A token is renewed before the line that was opened with it would outlive it.
RENEWED_BEFORE = timedelta(minutes=5)
LIVES_UNLESS_SAID = 3600  # seconds
SECRETS = ("client_secret", "refresh_token", "access_token")


class GrantRefused(ConnectionError):
    """The provider gives no token any more, or there is no consent: somebody must give it anew."""


class GrantAway(ConnectionError):
    """The provider's token server does not answer as one now; it is asked again."""


class Grant(models.Model):
    """RFC 6749, 6: a refresh token buys access tokens at `token_url`. Rotated refresh tokens are taken over."""

    inbox = models.OneToOneField(Inbox, on_delete=models.CASCADE, related_name="grant", primary_key=True)
    token_url = models.CharField(max_length=500)
    client_id = models.CharField(max_length=300)
    scope = models.CharField(max_length=500, blank=True)
    sealed_client_secret = models.TextField(blank=True, default="")
    sealed_refresh_token = models.TextField(blank=True, default="")
    sealed_access_token = models.TextField(blank=True, default="")
    expires_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.token_url

    @classmethod
    @transaction.atomic
    def give(
        cls, inbox: Inbox, *, by: CanAct, token_url: str, client_id: str, scope: str, **secrets: str
    ) -> Grant:
        """Keep a consent; of client_secret and refresh_token an empty one is what it was.

        Raises GrantRefused where nothing was there, or where it was given for another token server or client; ValueError
        for an address that is not private.
        """
        if not is_private(token_url):
            raise ValueError(token_url)
        row = cls.objects.filter(inbox=inbox).first() or cls(inbox=inbox)
        moved = (row.token_url, row.client_id) != (token_url, client_id)
        if not secrets.get("refresh_token") and (moved or not row.sealed_refresh_token):
            raise GrantRefused("no refresh token")
        if moved:
            row.sealed_client_secret = ""
        row.token_url, row.client_id, row.scope = token_url, client_id, scope
        row._put(**{name: secret for name, secret in secrets.items() if secret}, access_token="")
        row.expires_at = None
        row.save()
        record("inbox.changed", inbox, by=by, fields=["grant"])
        return row

    @transaction.atomic
    def withdraw(self, *, by: CanAct) -> None:
        """Forget the consent with its tokens."""
        inbox = self.inbox
        self.delete()
        record("inbox.changed", inbox, by=by, fields=["grant"])

    def secret(self, name: str) -> str:
        """One of SECRETS. Raises CannotUnseal."""
        return unseal(getattr(self, f"sealed_{name}"), purpose=f"grant.{name}:{self.inbox_id}")

    def _put(self, **secrets: str) -> None:
        for name, secret in secrets.items():
            setattr(self, f"sealed_{name}", seal(secret, purpose=f"grant.{name}:{self.inbox_id}"))

    @property
    def is_fresh(self) -> bool:
        return bool(
            self.sealed_access_token and self.expires_at and self.expires_at - RENEWED_BEFORE > clock.now()
        )

    def renew(self) -> str:
        """Another access token, kept. Whoever renewed it meanwhile did it for us. Raises GrantRefused and GrantAway."""
        before = self.sealed_refresh_token
        try:
            said = _ask(self)
        except GrantRefused:
            self.refresh_from_db()
            if self.sealed_refresh_token != before and self.is_fresh:
                return self.secret("access_token")
            raise
        token = str(said["access_token"])
        self._put(access_token=token)
        if rotated := said.get("refresh_token"):
            self._put(refresh_token=str(rotated))
        self.expires_at = clock.now() + timedelta(seconds=_seconds(said.get("expires_in")))
        fields = ("sealed_access_token", "sealed_refresh_token", "expires_at")
        ours = Grant.objects.filter(pk=self.pk, sealed_refresh_token=before)
        ours.update(**{name: getattr(self, name) for name in fields})
        return token


def access_token(inbox_id: int) -> str:
    """A token that holds for the next minutes. Raises GrantRefused, GrantAway and CannotUnseal."""
    row = Grant.objects.filter(pk=inbox_id).first()
    if row is None:
        raise GrantRefused("There is no consent of the provider yet.")
    return row.secret("access_token") if row.is_fresh else row.renew()


def distrust(inbox_id: int) -> None:
    """A server refused our token before its time: the next one is bought anew."""
    Grant.objects.filter(pk=inbox_id).update(expires_at=None)


def is_private(url: str) -> bool:
    """Whether secrets may go there: https, or a server of our own network that the operator names."""
    parts = urlsplit(url)
    return parts.scheme == "https" or parts.netloc.lower() in settings.FETCH_INTERNAL


def _ask(grant: Grant) -> dict[str, Any]:
    asked = {
        "grant_type": "refresh_token",
        "refresh_token": grant.secret("refresh_token"),
        "client_id": grant.client_id,
        "client_secret": grant.secret("client_secret"),
        "scope": grant.scope,
    }
    body = urlencode({name: value for name, value in asked.items() if value}).encode()
    kind = {"content-type": "application/x-www-form-urlencoded", "accept": "application/json"}
    try:
        answer = fetch(grant.token_url, method="POST", headers=kind, content=body)
        said = answer.json()
    except (FetchError, ValueError) as trouble:
        raise GrantAway(f"{urlsplit(grant.token_url).hostname} gave no token.") from trouble
    if answer.status in (400, 401, 403):
        # RFC 6749, 5.2: its own code; free words may repeat what we sent.
        code = str(said.get("error", "")) if isinstance(said, dict) else ""
        raise GrantRefused(code[:60] or f"status {answer.status}")
    if answer.status != 200 or not isinstance(said, dict) or not said.get("access_token"):
        raise GrantAway(f"{urlsplit(grant.token_url).hostname} answered with status {answer.status}.")
    return said


def _seconds(said: object) -> int:
    text = str(said)
    return int(text) if text.isdigit() and len(text) < 9 else LIVES_UNLESS_SAID
