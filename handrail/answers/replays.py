"""Reports on the site's own past questions, kept so that one can be held against the one before it."""

from __future__ import annotations

from django.db import models, transaction

from handrail.answers.fittings import Fitting
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record

KEPT = 20


class Replay(models.Model):
    """What evaluation.history measured at one moment, and which version answered."""

    report = models.JSONField()
    fitting = models.ForeignKey(Fitting, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects: models.Manager[Replay] = models.Manager()

    def __str__(self) -> str:
        return f"replay of {self.at:%Y-%m-%d %H:%M}"

    @classmethod
    def make(cls, *, by: CanAct) -> Replay:
        """Ask last month's questions again and keep what came of it. Takes seconds: for a worker."""
        from handrail.answers.evaluation.history import measure_history

        report, present = measure_history(), Fitting.objects.in_use()
        with transaction.atomic():
            made = cls.objects.create(report=report, fitting=present)
            kept = list(cls.objects.order_by("-pk").values_list("pk", flat=True)[:KEPT])
            cls.objects.exclude(pk__in=kept).delete()
            record("answers.replayed", made, by=by, questions=report["asked"]["questions"])
        return made

    @classmethod
    def newest(cls) -> tuple[Replay | None, Replay | None]:
        """The newest, and the last one that another version answered: what changed since that version shows between them."""
        last = cls.objects.order_by("-pk").first()
        if last is None:
            return None, None
        return last, cls.objects.filter(pk__lt=last.pk).exclude(fitting=last.fitting_id).order_by(
            "-pk"
        ).first()
