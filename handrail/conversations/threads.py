"""Which mail belongs to which conversation: ids seen, each with the address they were seen with."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from handrail.contacts.identify import known_as
from handrail.contacts.models import PROVED, Identity, Person
from handrail.conversations.conversation import Conversation

KEYS_MAX = 40


class ThreadKey(models.Model):
    """A mail's id as one correspondent knows it. A forged reference from another address finds nothing here.

    A mail stores the ids it refers to as well, so that a reply which overtakes its parent is found by the parent.
    """

    key = models.CharField(max_length=255)
    address = models.CharField(max_length=254)
    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.CASCADE, related_name="thread_keys"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "address"], name="a_mail_id_leads_to_one_conversation")
        ]

    def __str__(self) -> str:
        return self.key


def remember(conversation: Conversation, keys: Iterable[str], *, address: str) -> None:
    """Let these mail ids, known to `address`, lead to the conversation.

    Ids already leading elsewhere stay as they are, except that two mails taken in at once may both be new:
    then the later transaction fails on the constraint, is tried again, and finds the earlier.
    """
    wanted = [key[:255] for key in dict.fromkeys(keys) if key][:KEYS_MAX]
    known = set(ThreadKey.objects.filter(key__in=wanted, address=address).values_list("key", flat=True))
    rows = [
        ThreadKey(key=key, address=address, conversation=conversation) for key in wanted if key not in known
    ]
    ThreadKey.objects.bulk_create(rows)


def find_by_mail_ids(keys: Iterable[str], *, address: str) -> ThreadKey | None:
    """The id among these by which `address` knows the newest conversation, or None."""
    return all_by_mail_ids(keys, address=address).first()


def all_by_mail_ids(keys: Iterable[str], *, address: str) -> models.QuerySet[ThreadKey]:
    """Those of these ids that `address` knows, the ones of the newest conversation first."""
    known = ThreadKey.objects.filter(key__in=list(keys)[:KEYS_MAX], address=address)
    return known.select_related("conversation").order_by("-conversation_id")


def find_by_number(number: int, *, address: str) -> Conversation | None:
    """The conversation with this number if `address` is one of its windows; a stranger's guess finds nothing."""
    return Conversation.objects.filter(
        pk=number, endpoints__address=address, endpoints__is_active=True
    ).first()


def find_by_number_and_person(number: int, *, address: str, proved: bool = True) -> Conversation | None:
    """The conversation with this number if whoever has `address` takes part in it, by whatever way they came to it.

    proved  only where the address is proved to be theirs: by a claim nobody gets in
    """
    known = known_as(Identity.Kind.EMAIL, address)
    if known is None or (proved and known.assurance < PROVED):
        return None
    theirs = Person.objects.signing_in_as(known.person.reader_id)
    return Conversation.objects.filter(
        pk=number, side_of=None, participants__person__in=theirs, participants__left_at=None
    ).first()
