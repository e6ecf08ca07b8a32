"""What somebody has begun to write and not sent: kept for them on the server, for a colleague to take over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models, transaction

from handrail.accounts.models import User
from handrail.conversations.conversation import Conversation
from handrail.conversations.live import announce_around
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.core.files.keeping import erase
from handrail.core.files.models import StoredFile

LETTERS_MAX = 60_000


class Kind(models.TextChoices):
    """A side is a question to somebody outside, while there is no side conversation of it."""

    REPLY = "reply"
    NOTE = "note"
    SIDE = "side"

    @property
    def right(self) -> str:
        """What whoever writes it must be allowed to do."""
        return "conversations.note" if self is Kind.NOTE else "conversations.reply"


class DraftMoved(ValueError):
    """Another window, or a colleague, has changed the draft since this one read it. `draft` is what stands now."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(f"The draft is at revision {draft.revision}.")
        self.draft = draft


class DraftQuerySet(models.QuerySet["Draft"]):
    def begun(self) -> DraftQuerySet:
        """Those in which something stands."""
        return self.exclude(text="", said__isnull=True)


class Draft(models.Model):
    """One of each kind for a colleague and a conversation. A row that says nothing is one that was sent, emptied or taken over:
    its revision goes on, so that a window left open elsewhere notices. `pictures` are those that may stand in its words
    (wording.py); which of them do, the words say. `said` is of a side alone, by what stands there otherwise than its form
    begins with: "to" as it was typed, "subject", "files" (ids of attachments), and "forward" (id of the message whose form
    subject and files are of); null where nothing does."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="drafts")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    text = models.TextField(blank=True)
    said = models.JSONField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)
    kept_at = models.DateTimeField(default=clock.now)
    taken_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    pictures = models.ManyToManyField(StoredFile, blank=True, related_name="drafts")

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "user", "kind"], name="one_draft_of_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.user_id} at #{self.conversation_id}"

    @property
    def is_begun(self) -> bool:
        return _says(self.text, self.said)

    @property
    def heads(self) -> list[str]:
        """The addresses and the subject typed, as far as there are any."""
        said = self.said or {}
        return [said[name] for name in ("to", "subject") if said.get(name)]


@transaction.atomic
def keep(
    conversation: Conversation,
    kind: str,
    text: str,
    *,
    user: User,
    revision: int,
    said: Mapping[str, Any] | None = None,
    anyway: bool = False,
) -> Draft:
    """Keep what `user` has written so far.

    revision  of the draft the writer's window began with; Raises DraftMoved for an older one, unless `anyway`
    said      what stands beside the words of a side (Draft.said); None leaves what is kept
    """
    draft = _of(conversation, kind, user)
    text = text[:LETTERS_MAX]
    beside = draft.said if said is None else dict(said) or None
    if (draft.text, draft.said) == (text, beside):
        return draft
    if draft.revision != revision and not anyway:
        raise DraftMoved(draft)
    _write(draft, text, beside)
    return draft


@transaction.atomic
def discard(conversation: Conversation, kind: str, *, user: User) -> None:
    """What was written has been sent."""
    # Even without text: a window that is keeping its last letters this moment must come too late.
    draft = _of(conversation, kind, user)
    _write(draft, "", None)
    put_away = list(draft.pictures.all())
    draft.pictures.clear()
    for each in put_away:
        forget(each, by=user)


@transaction.atomic
def hold(conversation: Conversation, kind: str, pictures: Sequence[StoredFile], *, user: User) -> None:
    """These may stand in what `user` writes here."""
    _of(conversation, kind, user).pictures.add(*pictures)


def held(conversation: Conversation, kind: str, *, user: User) -> list[StoredFile]:
    """The pictures that may stand in what `user` writes here."""
    return list(StoredFile.objects.filter(drafts__in=_own(conversation, kind, user)).order_by("pk"))


def forget(picture: StoredFile, *, by: CanAct) -> None:
    """Erase a picture of a draft that was not sent with it."""
    holders = (picture.attachments, picture.outgoing, picture.drafts, picture.first_drafts)
    if not any(each.exists() for each in holders):
        erase(picture, by=by)


@transaction.atomic
def take_over(draft: Draft, *, by: User) -> Draft:
    """Go on with what a colleague began: it follows what `by` has written here. The history names both.

    Nothing happens to one that was sent or taken meanwhile.
    """
    theirs = Draft.objects.select_for_update().get(pk=draft.pk)
    mine = _of(theirs.conversation, theirs.kind, by)
    if not theirs.is_begun or theirs.user_id == by.pk:
        return mine
    text = "\n\n".join(each for each in (mine.text.rstrip(), theirs.text) if each)[:LETTERS_MAX]
    _write(mine, text, _together(mine.said, theirs.said))
    mine.pictures.add(*theirs.pictures.all())
    _write(theirs, "", None, taken_by=by)
    theirs.pictures.clear()
    record("draft.taken_over", theirs.conversation, by=by, old=theirs.user_id, kind=theirs.kind)
    return mine


def drafts_of(conversation: Conversation, *, user: User) -> tuple[dict[str, Draft], list[Draft]]:
    """One's own by kind, also empty ones, and those colleagues have begun."""
    rows = Draft.objects.filter(conversation=conversation).select_related("user").order_by("kept_at")
    mine: dict[str, Draft] = {}
    others: list[Draft] = []
    for row in rows:
        if row.user_id == user.pk:
            mine[row.kind] = row
        elif row.is_begun:
            others.append(row)
    return mine, others


def own_draft(conversation: Conversation, kind: str, *, user: User) -> Draft:
    """What `user` has begun; an empty one that is not stored where they have not."""
    empty = Draft(conversation=conversation, kind=kind, user=user)
    return _own(conversation, kind, user).first() or empty


def _own(conversation: Conversation, kind: str, user: User) -> models.QuerySet[Draft]:
    return Draft.objects.filter(conversation=conversation, user=user, kind=kind)


def _of(conversation: Conversation, kind: str, user: User) -> Draft:
    Draft.objects.get_or_create(conversation=conversation, user=user, kind=kind)
    return Draft.objects.select_for_update().get(conversation=conversation, user=user, kind=kind)


def _says(text: str, said: Mapping[str, Any] | None) -> bool:
    return bool(text.strip() or said)


def _together(mine: dict[str, Any] | None, theirs: dict[str, Any] | None) -> dict[str, Any] | None:
    """One's own comes first. Of a form for another message its addresses alone are of use here."""
    if not mine or not theirs:
        return mine or theirs
    both = dict(mine)
    if mine.get("forward") == theirs.get("forward"):
        both = {**theirs, **mine}
        if "files" in both:
            both["files"] = sorted({*theirs.get("files", ()), *mine.get("files", ())})
    if to := ", ".join(each["to"] for each in (mine, theirs) if each.get("to")):
        both["to"] = to
    return both


def _write(draft: Draft, text: str, said: dict[str, Any] | None, *, taken_by: User | None = None) -> None:
    is_news = draft.is_begun != _says(text, said)
    draft.text, draft.said, draft.taken_by, draft.kept_at = text, said, taken_by, clock.now()
    draft.revision += 1
    draft.save(update_fields=["text", "said", "taken_by", "kept_at", "revision"])
    if is_news:
        announce_around(draft.conversation_id, event="changed")
