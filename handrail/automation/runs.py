"""A run: the same changes to many conversations in one press, with what came of each, and the way back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction

from handrail.accounts.models import User
from handrail.accounts.policy import rights_of
from handrail.accounts.viewer import Viewer, staff_viewer
from handrail.automation.article_links import beside
from handrail.automation.changes import Change, apply, read, stands
from handrail.automation.got_meanwhile import WITH, holder_in
from handrail.automation.macros import Macro, Prepared, own, prepared
from handrail.automation.refusals import Refused
from handrail.automation.refusals import told as reason_told
from handrail.conversations.conversation import Conversation
from handrail.conversations.outgoing import Outgoing, send
from handrail.conversations.placeholders import filled, unfilled
from handrail.conversations.recipients import strangers
from handrail.core import clock
from handrail.core.events.ledger import record

AT_ONCE = 20  # so many are done while one waits; more are a job
MOST = 1000
UNDO_WITHIN = timedelta(days=7)
CLOSE_AFTER = timedelta(minutes=10)  # so long a run that closes can be taken back


class RunQuerySet(models.QuerySet["Run"]):
    def visible_to(self, viewer: Viewer) -> RunQuerySet:
        """A colleague's own runs."""
        return self.filter(by=viewer.user_id) if viewer.user_id else self.none()

    def to_close(self, *, at: datetime) -> RunQuerySet:
        """Those that close and whose way back has ended, the longest ago first."""
        waiting = [Run.State.DONE, Run.State.CLOSING]
        return self.filter(closes_at__lte=at, state__in=waiting).order_by("closes_at", "pk")


class Run(models.Model):
    class State(models.TextChoices):
        GOING = "going"
        DONE = "done"
        GOING_BACK = "going_back"
        UNDONE = "undone"
        CLOSING = "closing"
        CLOSED = "closed"

    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="runs")
    macro = models.ForeignKey(Macro, null=True, blank=True, on_delete=models.SET_NULL, related_name="runs")
    changes = models.JSONField(default=list, blank=True)
    text = models.TextField(blank=True, help_text="said in each, beside what a macro says")
    state = models.CharField(max_length=10, choices=State.choices, default=State.GOING)
    created_at = models.DateTimeField(default=clock.now)
    closes_at = models.DateTimeField(null=True, blank=True, help_text="of one that closes: when for good")

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["closes_at"],
                condition=models.Q(closes_at__isnull=False, state__in=["done", "closing"]),
                name="runs_to_close",
            )
        ]

    def __str__(self) -> str:
        return f"run {self.pk} ({self.state})"

    @property
    def is_moving(self) -> bool:
        return self.state in (self.State.GOING, self.State.GOING_BACK, self.State.CLOSING)

    @property
    def can_be_undone(self) -> bool:
        until = self.closes_at or self.created_at + UNDO_WITHIN
        return self.state == self.State.DONE and clock.now() < until

    @property
    def closes(self) -> bool:
        """Whether it closes for good what it is done to."""
        return any(each.kind == "close" for each in read(self.changes))

    def tally(self) -> dict[str, int]:
        """How many steps are in each state: {"waiting": 3, "done": 40, "refused": 2, "undone": 0}."""
        counted = dict(self.steps.order_by().values_list("state").annotate(models.Count("pk")))
        return {state: counted.get(state, 0) for state in Step.State.values}

    def carry_out(self) -> None:
        """Take each waiting step in its own transaction; safe to begin again where a crash left it."""
        self._walk(self.steps.filter(state=Step.State.WAITING).order_by("pk"), back=False)
        closes_at = clock.now() + CLOSE_AFTER if self.closes else None
        going = Run.objects.filter(pk=self.pk, state=self.State.GOING)
        if going.update(state=self.State.DONE, closes_at=closes_at) and closes_at:
            self._close_at(closes_at)
        self.refresh_from_db(fields=["state", "closes_at"])

    def go_back(self) -> None:
        """Take back each done step that still stands, the last first."""
        self._walk(self.steps.filter(state=Step.State.DONE).order_by("-pk"), back=True)
        Run.objects.filter(pk=self.pk, state=self.State.GOING_BACK).update(state=self.State.UNDONE)
        self.refresh_from_db(fields=["state"])

    @staticmethod
    def _close_at(moment: datetime) -> None:
        from handrail.automation.jobs import close_for_good

        close_for_good.using(run_after=moment).enqueue()

    def _walk(self, steps: models.QuerySet[Step], *, back: bool) -> None:
        for pk in list(steps.values_list("pk", flat=True)):
            with transaction.atomic():
                step = Step.objects.select_for_update().get(pk=pk)
                step.take_back(self.by) if back else step.take(self)


class Step(models.Model):
    """One conversation of a run. `back` holds what takes it back, `reason` a code of refusals.REASONS."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        REFUSED = "refused"
        UNDONE = "undone"

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="steps")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=20, blank=True)
    back = models.JSONField(default=list, blank=True)
    made = models.JSONField(default=list, blank=True)
    outgoing = models.ForeignKey(Outgoing, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "conversation"], name="a_conversation_once_in_a_run")
        ]

    def __str__(self) -> str:
        return f"#{self.conversation_id} in run {self.run_id} ({self.state})"

    def take(self, run: Run) -> None:
        """All changes of the run, or none with the reason. Once only."""
        if self.state != self.State.WAITING:
            return
        try:
            with transaction.atomic():
                self._carry(run)
        except Refused as refused:
            self.state, self.reason, self.back, self.made = self.State.REFUSED, refused.code, [], []
            self.outgoing = None
        else:
            self.state = self.State.DONE
        self.save()

    def _carry(self, run: Run) -> None:
        seen = Conversation.objects.visible_to(staff_viewer(run.by)).select_for_update(of=("self",))
        conversation = seen.filter(pk=self.conversation_id).first()
        if conversation is None:
            raise Refused("unseen")
        self._say(run, conversation)
        for change in read(run.changes):
            back = apply(change, conversation, by=run.by)
            if back:
                self.back = [back.as_json(), *self.back]
                self.made = [change.as_json(), *self.made]

    def _say(self, run: Run, conversation: Conversation) -> None:
        """Send what the run and its macro say, with the macro's articles and files, in one reply. Raises Refused."""
        ready = prepared(run.macro, conversation, by=run.by) if run.macro else Prepared("", [], [])
        beside_it = filled(run.text, conversation, agent=run.by)
        text = "\n\n".join(each for each in (ready.text, beside_it) if each)
        if not (text or ready.files or ready.closed):
            return
        if "conversations.reply" not in rights_of(run.by.role):
            raise Refused("not_allowed")
        if ready.closed:
            raise Refused("closed_article")
        if unfilled(text):
            raise Refused("unfilled")
        if conversation.is_closed:
            raise Refused("closed")
        if not conversation.may_be_answered_by(run.by):
            raise Refused("assignee_only")
        if strangers(conversation):
            raise Refused("unexpected")
        files = [own(each, by=run.by) for each in ready.files]
        data = beside(conversation, text)
        sent = send(conversation, text, by=run.by, files=files, data=data, client_id=f"run:{run.pk}")
        self.outgoing = sent if isinstance(sent, Outgoing) else None

    def take_back(self, by: User) -> None:
        """What was changed goes back where it still stands; the rest is left and the step says so."""
        if self.state != self.State.DONE:
            return
        try:
            with transaction.atomic():
                conversation = Conversation.objects.select_for_update().get(pk=self.conversation_id)
                if self.outgoing and not self.outgoing.take_back(by=by):
                    raise Refused("left")
                for made, back in zip(read(self.made), read(self.back), strict=True):
                    if not stands(_meant(made, by), conversation):
                        raise Refused("changed_since")
                    apply(back, conversation, by=by)
        except Refused as refused:
            self.reason = refused.code
        else:
            self.state = self.State.UNDONE
        self.save()


def _meant(change: Change, by: User) -> Change:
    return Change("assignee", by.pk) if (change.kind, change.value) == ("assignee", "me") else change


@transaction.atomic
def start(
    numbers: Iterable[int],
    *,
    by: User,
    changes: Sequence[Change] = (),
    macro: Macro | None = None,
    text: str = "",
    since: str = "",
) -> Run:
    """Begin a run over the conversations with these numbers, at most MOST. Twenty or fewer are done when it returns.

    changes  beside those of the macro
    text     a reply to every one of them; placeholders are filled
    since    when the list they were picked from was shown (ISO 8601): what a colleague got later stays theirs
    """
    every = [*(macro.steps if macro else ()), *changes]
    return _begin(numbers, Run(by=by, macro=macro, text=text), _minding(every, since))


@transaction.atomic
def take_anyway(run: Run, *, by: User, since: str) -> Run:
    """The same once more for what colleagues had got meanwhile, as it was known at `since`."""
    kept = run.steps.filter(state=Step.State.REFUSED, reason__startswith=WITH)
    numbers = kept.values_list("conversation_id", flat=True)
    again = Run(by=by, macro=run.macro, text=run.text)
    return _begin(numbers, again, _minding(read(run.changes), since))


def _minding(changes: Iterable[Change], since: str) -> list[Change]:
    return [replace(each, since=since) if each.kind == "assignee" else each for each in changes]


def _begin(numbers: Iterable[int], run: Run, changes: Iterable[Change]) -> Run:
    from handrail.automation.jobs import carry_out

    by, macro = run.by, run.macro
    run.changes = [each.as_json() for each in changes]
    run.save()
    known = Conversation.objects.filter(pk__in=list(dict.fromkeys(numbers))[:MOST])
    pks = list(known.order_by("pk").values_list("pk", flat=True))
    Step.objects.bulk_create(Step(run=run, conversation_id=pk) for pk in pks)
    record("run.started", run, by=by, conversations=len(pks), macro=macro.pk if macro else None)
    if len(pks) <= AT_ONCE:
        run.carry_out()
    else:
        carry_out.using(dedupe_key=f"run:{run.pk}").enqueue(run.pk)
    return run


@transaction.atomic
def undo(run: Run, *, by: User) -> bool:
    """Take a run back. False: it is not done, was undone already, or is too old."""
    from handrail.automation.jobs import go_back

    if not run.can_be_undone:
        return False
    if not Run.objects.filter(pk=run.pk, state=Run.State.DONE).update(state=Run.State.GOING_BACK):
        return False
    run.state = Run.State.GOING_BACK
    record("run.undone", run, by=by)
    if run.steps.count() <= AT_ONCE:
        run.go_back()
    else:
        go_back.using(dedupe_key=f"run-back:{run.pk}").enqueue(run.pk)
    return True


def kept_by_others(run: Run) -> dict[str, list[int]]:
    """Of what was refused because a colleague got it meanwhile: their name -> the numbers."""
    kept = run.steps.filter(state=Step.State.REFUSED, reason__startswith=WITH).order_by("conversation_id")
    found: dict[int, list[int]] = {}
    for number, reason in kept.values_list("conversation_id", "reason"):
        found.setdefault(holder_in(reason) or 0, []).append(number)
    names = dict(User.objects.filter(pk__in=list(found)).values_list("pk", "name")) if found else {}
    return {names.get(holder, ""): numbers for holder, numbers in found.items()}


def told(step: Step, *, locale: str) -> dict[str, Any]:
    """What a page shows of a step: number, state, reason in words. `locale` must be the active language."""
    reason = reason_told(step.reason, step.conversation_id, locale=locale)
    return {"number": step.conversation_id, "state": step.state, "reason": reason}
