"""A conversation somebody has begun to open: what stands in its form, kept for them alone until it is opened or thrown away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.db import models, transaction

from handrail.accounts.models import User
from handrail.accounts.viewer import Viewer
from handrail.conversations.drafts import forget
from handrail.conversations.wording import placed
from handrail.core import clock
from handrail.core.files.models import StoredFile

SAID_MOST = 200_000  # letters, of all fields together
WORDS = (
    "requester",
    "name",
    "subject",
    "text",
    "copied",
)  # where none of these says anything, nothing is begun
REMEMBERED = timedelta(days=2)  # for how long a window left open still hears that its draft is over


class FirstDraftMoved(ValueError):
    """Another window has changed it, or opened the conversation, since this one read it. `draft` is what stands now."""

    def __init__(self, draft: FirstDraft) -> None:
        super().__init__(f"The draft is at revision {draft.revision}.")
        self.draft = draft


class FirstDraftQuerySet(models.QuerySet["FirstDraft"]):
    def visible_to(self, viewer: Viewer) -> FirstDraftQuerySet:
        """One's own, for who may open conversations: there is no conversation yet that a colleague could go on with."""
        if "conversations.open" not in viewer.rights:
            return self.none()
        return self.filter(user=viewer.user_id)

    def begun(self) -> FirstDraftQuerySet:
        """Those that say something, newest first."""
        return self.filter(over_at=None).order_by("-kept_at")


class FirstDraft(models.Model):
    """`key` is made by the form that began it; `said` holds field's name -> what was sent for it; `pictures` as of a Draft.
    One with `over_at` was opened or thrown away: its revision stays a while, so that a window left open elsewhere notices."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    said = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0)
    kept_at = models.DateTimeField(default=clock.now)
    over_at = models.DateTimeField(null=True, blank=True)
    pictures = models.ManyToManyField(StoredFile, blank=True, related_name="first_drafts")

    objects = FirstDraftQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_first_draft_a_form")]

    def __str__(self) -> str:
        return self.key

    def first(self, name: str) -> str:
        """What a field says; "" where it says nothing."""
        values = self.said.get(name) or [""]
        return str(values[0])


@transaction.atomic
def keep(
    key: str, said: Mapping[str, Sequence[str]], *, user: User, revision: int, anyway: bool = False
) -> FirstDraft:
    """Keep what stands in the form so far; one that says nothing is over.

    revision  of the draft the writer's window began with; Raises FirstDraftMoved for an older one, unless `anyway`,
              and ValueError for more than SAID_MOST
    """
    if sum(len(value) for values in said.values() for value in values) > SAID_MOST:
        raise ValueError(f"A draft holds at most {SAID_MOST} letters.")
    draft = _of(key, user)
    # No word holds a NUL, and PostgreSQL keeps none in JSON.
    kept = {name: [value.replace("\0", "") for value in values] for name, values in said.items()}
    is_over = not any(value.strip() for name in WORDS for value in kept.get(name, ()))
    if is_over == bool(draft.over_at) and (is_over or draft.said == kept):
        return draft
    if draft.revision != revision and not anyway:
        raise FirstDraftMoved(draft)
    _write(draft, {} if is_over else kept)
    # The same words may go on under another key: their pictures go on with them.
    hold(key, placed(draft.first("text"), held(user=user)), user=user)
    return draft


@transaction.atomic
def discard(key: str, *, user: User) -> None:
    """The conversation was opened, or its writer threw the draft away."""
    # Even where nothing was kept yet: a window that is keeping its last letters this moment must come too late.
    draft = _of(key, user)
    _write(draft, {})
    past = FirstDraft.objects.filter(user=user, over_at__lt=clock.now() - REMEMBERED)
    put_away = list(StoredFile.objects.filter(first_drafts__in=[draft, *past]).distinct())
    draft.pictures.clear()
    past.delete()
    for each in put_away:
        forget(each, by=user)


@transaction.atomic
def hold(key: str, pictures: Sequence[StoredFile], *, user: User) -> None:
    """These may stand in the words of the draft."""
    if pictures:
        _of(key, user).pictures.add(*pictures)


def held(*, user: User) -> list[StoredFile]:
    """The pictures that may stand in what `user` begins a conversation with."""
    return list(StoredFile.objects.filter(first_drafts__user=user).distinct().order_by("pk"))


def _of(key: str, user: User) -> FirstDraft:
    FirstDraft.objects.get_or_create(user=user, key=key, defaults={"over_at": clock.now()})
    return FirstDraft.objects.select_for_update().get(user=user, key=key)


def _write(draft: FirstDraft, said: dict[str, list[str]]) -> None:
    draft.said, draft.kept_at = said, clock.now()
    draft.over_at = None if said else draft.kept_at
    draft.revision += 1
    draft.save(update_fields=["said", "kept_at", "over_at", "revision"])
