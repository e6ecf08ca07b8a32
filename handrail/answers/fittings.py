"""What was learned, version by version; the newest active one is used, and one step back is always possible."""

from __future__ import annotations

from django.db import models, transaction

from handrail.answers.classifiers import Classifier
from handrail.answers.coefficients import Coefficients, shipped
from handrail.answers.entries import IndexState
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record

KEPT = 5


class FittingQuerySet(models.QuerySet["Fitting"]):
    def in_use(self) -> Fitting | None:
        """The one the engine answers by; None means the coefficients that come with the product."""
        standing = self.filter(is_withdrawn=False).select_related("classifier")
        return standing.defer("classifier__numbers").order_by("-pk").first()

    def before(self, fitting: Fitting) -> Fitting | None:
        """The one that answers once `fitting` is taken back; None means what came with the product."""
        return self.filter(is_withdrawn=False, pk__lt=fitting.pk).order_by("-pk").first()


class Fitting(models.Model):
    """Coefficients, bounds for each locale and channel, and the precision measured on held-out labels."""

    # Empty where there were too few labels to fit any: then those that come with the product hold.
    coefficients = models.JSONField()
    classifier = models.ForeignKey(Classifier, null=True, on_delete=models.SET_NULL, related_name="+")
    gates = models.JSONField(default=dict)
    learned_from = models.PositiveIntegerField(help_text="labels fitted on")
    measured_with = models.PositiveIntegerField(help_text="held-out labels")
    models_used = models.CharField(max_length=120, blank=True)
    index_stamp = models.CharField(max_length=23)
    # How it did beside the version before it, on the newest held-out questions (proof.Trial); empty for a first one.
    trial = models.JSONField(default=dict)
    is_withdrawn = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)

    objects = FittingQuerySet.as_manager()

    def __str__(self) -> str:
        return f"fitting {self.pk} of {self.at:%Y-%m-%d %H:%M}"

    @property
    def is_by_words(self) -> bool:
        """Whether its own coefficients were fitted while no encoder was there."""
        _analyser, _space, encoder = self.models_used.partition(" ")
        return bool(self.coefficients) and not encoder

    def ranking(self) -> Coefficients:
        """The coefficients this version answers by."""
        return Coefficients.from_json(self.coefficients) if self.coefficients else shipped()

    @classmethod
    def forget_old(cls) -> None:
        """Keep the newest five and the one in use, and the classifiers of those."""
        kept = list(cls.objects.order_by("-pk").values_list("pk", "classifier")[:KEPT])
        if present := cls.objects.in_use():
            kept.append((present.pk, present.classifier_id))
        cls.objects.exclude(pk__in=[pk for pk, _classifier in kept]).delete()
        Classifier.objects.exclude(pk__in=[held for _pk, held in kept if held]).delete()

    @transaction.atomic
    def choose(self, *, by: CanAct) -> None:
        """Answer by this one from now on: those made after it are withdrawn, and may be chosen again."""
        Fitting.objects.filter(pk__gt=self.pk).update(is_withdrawn=True)
        self.is_withdrawn = False
        self.save(update_fields=["is_withdrawn"])
        IndexState.move()
        record("fitting.chosen", self, by=by)

    @transaction.atomic
    def withdraw(self, *, by: CanAct) -> None:
        """Go back to the fitting before this one, or to what came with the product."""
        self.is_withdrawn = True
        self.save(update_fields=["is_withdrawn"])
        IndexState.move()
        record("fitting.withdrawn", self, by=by)
