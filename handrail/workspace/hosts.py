"""The host name a brand's help centre is reached by: given by a manager, and led to only once it is known to arrive here."""

from __future__ import annotations

import re
from datetime import timedelta
from ipaddress import ip_address
from typing import Self
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.db import models, transaction
from django.utils.crypto import salted_hmac

from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record

HOST_CHARS_MAX = 253
LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
ODD = re.compile(r"[\s\x00-\x1f\x7f]")
ASKED_LIVES = timedelta(minutes=10)
SALT = "handrail.workspace.hosts"


class NoHost(ValueError):
    """What was given is no name a help centre could be reached by."""


class HostTaken(ValueError):
    """The name leads to another help centre, or to this site as a whole."""


class Hosted(models.Model):
    """The trait of a brand that has a host name of its own, or "" for the site's address."""

    class Finding(models.TextChoices):
        """What came of asking the name whether it leads here; "" before anybody asked."""

        REACHED = "reached"
        NO_NAME = "no_name"  # nothing in the DNS, or nothing answers there
        ELSEWHERE = "elsewhere"  # somebody answers who is not this server
        NOT_ASKED = "not_asked"  # this server may not ask there: an inner address, or an unusual port

    host = models.CharField(max_length=HOST_CHARS_MAX, blank=True, default="")
    # Links and mails lead there from this moment on; before, the name is only answered.
    host_led_to_at = models.DateTimeField(null=True, blank=True)
    host_finding = models.CharField(max_length=12, choices=Finding.choices, blank=True, default="")
    host_detail = models.CharField(max_length=300, blank=True, default="")
    host_asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def site(self) -> str:
        """Where links to this brand's pages lead: scheme and host, without a slash at the end."""
        is_led_to = self.host and self.host_led_to_at and not self.is_away  # type: ignore[attr-defined]
        return site_of(self.host) if is_led_to else settings.BASE_URL

    @transaction.atomic
    def answer_at(self, text: str, *, by: CanAct) -> None:
        """Be reached by this name from the next request on; "" for the site's address alone. Links wait for `lead_to_host`.

        Raises NoHost and HostTaken.
        """
        host = host_in(text)
        if host == self.host:
            return
        others = type(self).objects.exclude(pk=self.pk)  # type: ignore[attr-defined]
        if host and (host == urlsplit(settings.BASE_URL).hostname or others.filter(host=host).exists()):
            raise HostTaken(host)
        before, self.host = self.host, host
        self.host_led_to_at, self.host_asked_at = None, None
        self.host_finding = self.host_detail = ""
        self._keep("host", "host_led_to_at", "host_asked_at", "host_finding", "host_detail")
        record("brand.host_given", self, by=by, old=before, new=host)
        self.restamp(taken_back=True)  # type: ignore[attr-defined]

    @transaction.atomic
    def lead_to_host(self, *, by: CanAct) -> None:
        """Have links and mails lead to the name from now on, not only answer to it. Raises NoHost where there is none."""
        if not self.host:
            raise NoHost(self.host)
        if self.host_led_to_at:
            return
        self.host_led_to_at = clock.now()
        self._keep("host_led_to_at")
        record("brand.host_led_to", self, by=by, host=self.host)
        self.restamp(taken_back=True)  # type: ignore[attr-defined]

    @transaction.atomic
    def found(self, finding: str, *, of: str, detail: str = "", by: CanAct) -> None:
        """What came of asking the name `of`; one that leads here is used from now on. An answer about a former name is nothing."""
        if of != self.host:
            return
        self.host_finding, self.host_detail, self.host_asked_at = finding, detail[:300], clock.now()
        self._keep("host_finding", "host_detail", "host_asked_at")
        if finding == self.Finding.REACHED:
            self.lead_to_host(by=by)

    def _keep(self, *fields: str) -> None:
        self.save(update_fields=list(fields))

    @classmethod
    def at(cls, host: str) -> Self | None:
        """The brand that is reached by this name, however it is written."""
        name = host.lower().rstrip(".")
        return cls.objects.filter(host=name).first() if name else None  # type: ignore[attr-defined]


def host_in(text: str) -> str:
    """The host name of what somebody typed, an address or a bare name, as it is kept; "" for nothing. Raises NoHost."""
    plain = text.strip().lower()
    if not plain:
        return ""
    if ODD.search(plain):
        raise NoHost(text)
    try:
        parts = urlsplit(plain if "//" in plain else f"//{plain}")
        host = (parts.hostname or "").rstrip(".").encode("idna").decode("ascii")
    except ValueError as wrong:
        raise NoHost(text) from wrong
    labels = host.split(".")
    is_name = len(labels) > 1 and all(LABEL.fullmatch(label) for label in labels)
    if not is_name or len(host) > HOST_CHARS_MAX or _is_number(host) or parts.username is not None:
        raise NoHost(text)
    return host


def says_more(text: str) -> bool:
    """Whether what somebody typed has a port, or an address behind the host name, that `host_in` leaves out."""
    plain = text.strip()
    parts = urlsplit(plain if "//" in plain else f"//{plain}")
    return bool(parts.path.strip("/") or parts.query or parts.fragment or ":" in parts.netloc)


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return host.rpartition(".")[2].isdigit()
    return True


def site_of(host: str) -> str:
    """The address of a host name: the site's own scheme and port, for the same server answers there."""
    own = urlsplit(settings.BASE_URL)
    return f"{own.scheme}://{host}{f':{own.port}' if own.port else ''}"


def question_for(host: str) -> str:
    """What is asked at a name: a signed word that only this site can answer, for ten minutes."""
    return signing.dumps(host, salt=SALT)


def answer_to(question: str, *, host: str) -> str:
    """This site's answer to a question that came to `host`; "" for one it did not ask, or asked of another name."""
    try:
        asked = signing.loads(question, salt=SALT, max_age=ASKED_LIVES)
    except signing.BadSignature:
        return ""
    name = host.lower().rstrip(".")
    return salted_hmac(SALT, f"{question} {name}", algorithm="sha256").hexdigest() if asked == name else ""
