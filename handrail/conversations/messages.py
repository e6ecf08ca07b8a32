"""What was said (Message, which people outside may read) and what was noted (Note, which they never may)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from handrail.accounts.models import User
from handrail.conversations.endpoints import Endpoint
from handrail.core import clock
from handrail.core.files.models import StoredFile


class Message(models.Model):
    """Something said to the customer or by them. `seq` counts messages and notes of a conversation together."""

    class Direction(models.TextChoices):
        IN = "in"
        OUT = "out"

    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.CASCADE, related_name="messages"
    )
    seq = models.PositiveIntegerField()
    direction = models.CharField(max_length=3, choices=Direction.choices)
    author_kind = models.CharField(max_length=12)
    author_id = models.BigIntegerField(null=True)
    author_name = models.CharField(max_length=120, blank=True, help_text="as it was shown then")
    endpoint = models.ForeignKey(
        Endpoint, null=True, blank=True, on_delete=models.SET_NULL, related_name="messages"
    )
    text = models.TextField(blank=True)
    html = models.TextField(blank=True, help_text="cleaned; empty where the text says it all")
    quoted = models.TextField(blank=True, help_text="what the mail repeated of earlier ones; folded")
    is_automatic = models.BooleanField(default=False)
    # False where the sender's address is not vouched for, or is another one than the reply address was made for.
    is_verified = models.BooleanField(default=True)
    from_address = models.CharField(max_length=254, blank=True)
    message_id = models.CharField(max_length=255, blank=True, help_text="of the mail, without brackets")
    client_id = models.CharField(
        max_length=64, blank=True, help_text="the sender's own id, so that a repeat is no second one"
    )
    # Codes for what stands beside the words: {"answer": {...}, "choices": [...], "code": "welcome"}.
    data = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "seq"], name="messages_count_up"),
            models.UniqueConstraint(
                fields=["conversation", "client_id"],
                condition=~Q(client_id=""),
                name="a_client_id_says_it_once",
            ),
        ]
        indexes = [
            models.Index(fields=["message_id"], condition=~Q(message_id=""), name="messages_by_mail_id")
        ]

    def __str__(self) -> str:
        return f"#{self.conversation_id}/{self.seq}"

    @property
    def brings_code(self) -> bool:
        """Whether it seems to bring a code or link that proves an address: it is read by people, by no model, and taught to none."""
        return self.direction == "in" and self.data.get("code") is True

    @property
    def own_words(self) -> str:
        """Its words without those of ours that stand between them, where a mail answers line by line (`data["between"]`)."""
        if not self.data.get("between"):
            return self.text
        return "\n".join(line for line in self.text.split("\n") if not line.lstrip().startswith(">")).strip()


class Note(models.Model):
    """A private word among colleagues. Another table than messages, so that no mail or page for customers can reach it."""

    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.CASCADE, related_name="notes"
    )
    seq = models.PositiveIntegerField()
    author = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="notes")
    text = models.TextField()
    html = models.TextField(blank=True, db_default="", help_text="as of a message")
    client_id = models.CharField(max_length=64, blank=True, help_text="as of a message")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "seq"], name="notes_count_up"),
            models.UniqueConstraint(
                fields=["conversation", "client_id"],
                condition=~Q(client_id=""),
                name="a_client_id_notes_it_once",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.conversation_id}/{self.seq} (note)"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def of(self, number: int) -> AttachmentQuerySet:
        """Those of a conversation, on messages and notes alike, and in what was asked aside."""
        said = Q(message__conversation=number) | Q(message__conversation__side_of=number)
        return self.filter(said | Q(note__conversation=number))


class Attachment(models.Model):
    """A file of a message or of a note, never of both."""

    message = models.ForeignKey(Message, null=True, on_delete=models.CASCADE, related_name="attachments")
    note = models.ForeignKey(Note, null=True, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="attachments")
    cid = models.CharField(max_length=255, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(message__isnull=False, note__isnull=True)
                | Q(message__isnull=True, note__isnull=False),
                name="an_attachment_belongs_to_one_thing",
            )
        ]

    def __str__(self) -> str:
        return str(self.file_id)
