"""The room's tables, each in the file of its thing; here the senders nobody hears."""

from __future__ import annotations

from django.db import models

from handrail.accounts.models import User
from handrail.channels.fetching import Fetching
from handrail.channels.grants import Grant
from handrail.channels.health import Health
from handrail.channels.inbound import HEAD_BYTES, InboundRaw
from handrail.channels.inboxes import Inbox, InboxAlias
from handrail.channels.mail_templates import MailTemplate
from handrail.channels.push.subscriptions import PushSubscription
from handrail.channels.servers import Sending
from handrail.channels.signing import SigningKey
from handrail.core import clock

__all__ = [
    "HEAD_BYTES",
    "BlockedSender",
    "Fetching",
    "Grant",
    "Health",
    "InboundRaw",
    "Inbox",
    "InboxAlias",
    "MailTemplate",
    "PushSubscription",
    "Sending",
    "SigningKey",
]


class BlockedSender(models.Model):
    """`sender` is an address in lower case, or "@example.com" for all of a domain."""

    sender = models.CharField(max_length=254, unique=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["sender"]

    def __str__(self) -> str:
        return self.sender
