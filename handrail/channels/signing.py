"""The key a domain's mails are signed with (DKIM, RFC 6376): made here, sealed, used once its record stands in the DNS."""

from __future__ import annotations

import base64
import logging
from datetime import datetime

import dkim
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.db import models, transaction

from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.core.sealing import CannotUnseal, seal, unseal

log = logging.getLogger(__name__)

BITS = 2048
# What a reader sees and what threads by; those listed by more hops than we know are left out.
SIGNED = (
    b"from", b"to", b"cc", b"subject", b"date", b"message-id", b"reply-to", b"in-reply-to", b"references",
    b"mime-version", b"content-type", b"content-transfer-encoding", b"auto-submitted", b"list-unsubscribe",
    b"list-unsubscribe-post",
)  # fmt: skip


class SigningKey(models.Model):
    """`is_signing` only while its record was last found as it must be: an unknown signature is worse than none."""

    domain = models.CharField(max_length=253, unique=True)
    selector = models.CharField(max_length=63)
    public = models.TextField()
    sealed_private = models.TextField()
    made_at = models.DateTimeField(default=clock.now)
    is_signing = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Where its record stands."""
        return f"{self.selector}._domainkey.{self.domain}"

    @property
    def value(self) -> str:
        """What its record says."""
        return f"v=DKIM1; k=rsa; p={self.public}"

    @classmethod
    @transaction.atomic
    def make(cls, domain: str, *, by: CanAct, at: datetime | None = None) -> SigningKey:
        """A key for a domain that has none; the one it has otherwise."""
        if there := cls.objects.filter(domain=domain).first():
            return there
        key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
        private = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
        public = key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        made = cls.objects.create(
            domain=domain,
            selector=f"handrail{(at or clock.now()):%Y%m}",
            public=base64.b64encode(public).decode("ascii"),
            sealed_private=seal(private.decode("ascii"), purpose=f"dkim:{domain}"),
        )
        record("signing.key_made", made, by=by, domain=domain)
        return made

    @transaction.atomic
    def stands(self, is_there: bool, *, by: CanAct) -> None:
        """Sign from now on, or no more, as its record was found."""
        if self.is_signing != is_there:
            self.is_signing = is_there
            self.save(update_fields=["is_signing"])
            record("signing.begun" if is_there else "signing.ended", self, by=by, domain=self.domain)


def signed(mail: bytes, address: str) -> bytes:
    """The mail with the signature of its sender's domain above it, or as it is where that has no key in use."""
    key = SigningKey.objects.filter(domain=address.rpartition("@")[2], is_signing=True).first()
    if key is None:
        return mail
    try:
        private = unseal(key.sealed_private, purpose=f"dkim:{key.domain}").encode("ascii")
        names = (key.selector.encode("ascii"), key.domain.encode("ascii"))
        return (
            bytes(
                dkim.sign(
                    mail, *names, private, canonicalize=(b"relaxed", b"relaxed"), include_headers=_there(mail)
                )
            )
            + mail
        )
    except (CannotUnseal, dkim.DKIMException) as trouble:
        # Unsigned mail still arrives; it must not wait for a key.
        log.warning("mail of %s leaves unsigned: %s", key.domain, type(trouble).__name__)
        return mail


def _there(mail: bytes) -> list[bytes]:
    head = mail.partition(b"\r\n\r\n")[0].lower()
    return [name for name in SIGNED if name == b"from" or b"\r\n" + name + b":" in b"\r\n" + head]
