"""Steps to take before something is done: a template puts them into a conversation, colleagues tick them by name and time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models, transaction
from django.db.models import Max, Q

from handrail.accounts.models import User
from handrail.conversations.conversation import Conversation
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.alphabetical import Alphabetical
from handrail.core.events.ledger import record

STEPS_MOST = 40  # of a template, and of a conversation taken together
LETTERS_MAX = 200


class CannotAdd(ValueError):
    """`code`: many (it has STEPS_MOST steps), there (the template's steps stand there already), empty."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ChecklistQuerySet(models.QuerySet["Checklist"]):
    def offered(self, locale: str = "ko") -> ChecklistQuerySet:
        """As a reader of this language looks for them."""
        return self.filter(is_active=True).order_by(
            Alphabetical("name_ko" if locale == "ko" else "name_en"), "pk"
        )


class Checklist(models.Model):
    """A template. `steps` are texts by language, in their order: [{"ko": "…", "en": "…"}]; a missing one is the other's."""

    name_ko = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80, blank=True)
    steps = models.JSONField(default=list)
    is_required = models.BooleanField(default=False, help_text="all of it, before a conversation is solved")
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField(default=clock.now)

    objects = ChecklistQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name_ko

    def name(self, locale: str) -> str:
        return self.name_en if locale == "en" and self.name_en else self.name_ko

    @classmethod
    @transaction.atomic
    def make(
        cls, *, names: dict[str, str], steps: Sequence[dict[str, str]], is_required: bool, by: CanAct
    ) -> Checklist:
        row = cls(name_ko=names["ko"], name_en=names.get("en", ""))
        row.steps, row.is_required = list(steps)[:STEPS_MOST], is_required
        row.save()
        record("checklist.made", row, by=by)
        return row

    @transaction.atomic
    def rewrite(
        self, *, names: dict[str, str], steps: Sequence[dict[str, str]], is_required: bool, by: CanAct
    ) -> None:
        """How it will be put into conversations; where it stands already nothing changes."""
        self.name_ko, self.name_en = names["ko"], names.get("en", "")
        self.steps, self.is_required = list(steps)[:STEPS_MOST], is_required
        self.save(update_fields=["name_ko", "name_en", "steps", "is_required"])
        record("checklist.rewritten", self, by=by)

    @transaction.atomic
    def retire(self, *, by: CanAct) -> None:
        """Nobody is offered it any more; where it stands it stays."""
        if self.is_active:
            self.is_active = False
            self.save(update_fields=["is_active"])
            record("checklist.retired", self, by=by)


class ChecklistStep(models.Model):
    """One step in one conversation, as the template said it when it was added, or as a colleague wrote it."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="checklist_steps")
    checklist = models.ForeignKey(
        Checklist, null=True, blank=True, on_delete=models.SET_NULL, related_name="taken"
    )
    place = models.PositiveSmallIntegerField()
    text_ko = models.CharField(max_length=LETTERS_MAX, blank=True)
    text_en = models.CharField(max_length=LETTERS_MAX, blank=True)
    is_required = models.BooleanField(default=False)
    added_at = models.DateTimeField(default=clock.now)
    done_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["place", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text_ko="", text_en=""), name="a_step_says_something"),
            models.UniqueConstraint(fields=["conversation", "place"], name="steps_stand_in_order"),
        ]

    def __str__(self) -> str:
        return f"#{self.conversation_id}: {self.text('ko')}"

    def text(self, locale: str) -> str:
        return (self.text_en or self.text_ko) if locale == "en" else (self.text_ko or self.text_en)

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    @transaction.atomic
    def tick(self, *, by: User) -> bool:
        """Done now, by `by`. False: a colleague was first, whose name stays."""
        undone = ChecklistStep.objects.filter(pk=self.pk, done_at=None)
        if not undone.update(done_by=by, done_at=clock.now()):
            return False
        self.refresh_from_db()
        self._tell("checklist.ticked", by=by)
        return True

    @transaction.atomic
    def untick(self, *, by: User) -> bool:
        """To be done again. False: it was not done."""
        done = ChecklistStep.objects.filter(pk=self.pk, done_at__isnull=False)
        if not done.update(done_by=None, done_at=None):
            return False
        self.refresh_from_db()
        self._tell("checklist.unticked", by=by)
        return True

    @transaction.atomic
    def drop(self, *, by: CanAct) -> None:
        """It is not to be done here after all."""
        self._tell("checklist.step_dropped", by=by)
        self.delete()

    def _tell(self, verb: str, *, by: CanAct) -> None:
        words = {"ko": self.text("ko")[:80], "en": self.text("en")[:80]}
        record(verb, self.conversation, by=by, step=words)


@transaction.atomic
def add_checklist(conversation: Conversation, checklist: Checklist, *, by: CanAct) -> list[ChecklistStep]:
    """Put a template's steps below those that stand there. Raises CannotAdd."""
    there = _locked(conversation)
    if there.filter(checklist=checklist).exists():
        raise CannotAdd("there")
    rows = [
        ChecklistStep(
            checklist=checklist,
            text_ko=step.get("ko", "")[:LETTERS_MAX],
            text_en=step.get("en", "")[:LETTERS_MAX],
            is_required=checklist.is_required,
        )
        for step in checklist.steps
    ]
    made = _placed(conversation, rows)
    record(
        "checklist.added",
        conversation,
        by=by,
        checklist=checklist.pk,
        names={"ko": checklist.name("ko"), "en": checklist.name("en")},
    )
    return made


@transaction.atomic
def add_step(
    conversation: Conversation, text: str, *, by: CanAct, is_required: bool = False
) -> ChecklistStep:
    """One step of a colleague's own. Raises CannotAdd."""
    text = " ".join(text.split())[:LETTERS_MAX]
    if not text:
        raise CannotAdd("empty")
    _locked(conversation)
    (step,) = _placed(conversation, [ChecklistStep(text_ko=text, is_required=is_required)])
    record("checklist.step_added", conversation, by=by, step={"ko": text[:80], "en": text[:80]})
    return step


@transaction.atomic
def take_off(conversation: Conversation, checklist_id: int, *, by: CanAct) -> bool:
    """Take a template's steps away again. False: somebody has ticked one, or none stands there."""
    there = _locked(conversation).filter(checklist=checklist_id)
    if not there.exists() or there.filter(done_at__isnull=False).exists():
        return False
    checklist = Checklist.objects.get(pk=checklist_id)
    there.delete()
    names = {"ko": checklist.name("ko"), "en": checklist.name("en")}
    record("checklist.taken_off", conversation, by=by, checklist=checklist_id, names=names)
    return True


def unfinished(conversation: Conversation | int, *, locale: str) -> list[str]:
    """Required steps that nobody has ticked, in their order."""
    missing = ChecklistStep.objects.filter(conversation=conversation, is_required=True, done_at=None)
    return [step.text(locale) for step in missing]


def _locked(conversation: Conversation) -> models.QuerySet[ChecklistStep]:
    """The steps there; nobody else adds any until this transaction ends."""
    Conversation.objects.select_for_update().get(pk=conversation.pk)
    return ChecklistStep.objects.filter(conversation=conversation)


def _placed(conversation: Conversation, rows: list[ChecklistStep]) -> list[ChecklistStep]:
    there: dict[str, Any] = ChecklistStep.objects.filter(conversation=conversation).aggregate(
        last=Max("place"), count=models.Count("pk")
    )
    if there["count"] + len(rows) > STEPS_MOST:
        raise CannotAdd("many")
    for place, row in enumerate(rows, start=(there["last"] or 0) + 1):
        row.conversation, row.place = conversation, place
    return ChecklistStep.objects.bulk_create(rows)
