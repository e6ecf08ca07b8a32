"""What an editor makes of what was learned: teaching a question, pointing a verdict elsewhere, taking many back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from handrail.answers import projection
from handrail.answers.agreement import CERTAIN
from handrail.answers.forgetting import GONE
from handrail.answers.labels import Label, LabelQuerySet
from handrail.answers.learn import Verdict, confirm_all, remember, take_back
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.knowledge.audiences import Audience, narrower
from handrail.knowledge.models import Article

BATCH = 500
AT_ONCE = 2_000  # verdicts a press takes back: about two seconds, and one undo brings them back


@transaction.atomic
def teach(
    questions: Sequence[str],
    article: Article | None,
    locale: str,
    *,
    by: CanAct,
    audience: str = Audience.PUBLIC,
) -> list[Label]:
    """An editor says that `article` answers these questions, or with None that nothing does. Remembered in any case.

    What somebody was certain of and cannot be true as well is taken back: "nothing", or every article.
    An article beside another is no contradiction.

    audience  whose words they are; what an article may be read by narrows it
    """
    audience = narrower(article.audience_key, audience) if article else audience
    verdicts = [Verdict(each, article, locale, audience=audience, is_taught=True) for each in questions]
    labels = confirm_all(verdicts, by=by)
    against = Label.objects.standing().filter(
        text_hash__in={label.text_hash for label in labels},
        weight__gte=CERTAIN,
        article__isnull=article is not None,
    )
    for label in against.exclude(pk__in=[label.pk for label in labels]):
        take_back(label, by=by)
    return labels


def verdicts_on(question: str, locale: str) -> LabelQuerySet:
    """The standing verdicts on a question, in whatever spelling and case it was asked."""
    return Label.objects.standing().filter(text_hash=projection.text_hash(question), locale=locale)


@transaction.atomic
def point(label: Label, article: Article | None, *, by: CanAct) -> Label:
    """Another article answers the question of this verdict, or nothing does: an editor's in its place."""
    # Before the other goes, so that the question stays on its side.
    taught = teach([label.text], article, label.locale, by=by, audience=label.audience)[0]
    if label.article_id != taught.article_id:
        label.refresh_from_db()
        take_back(label, by=by)
    return taught


@transaction.atomic
def bring_back(label: Label, *, by: CanAct) -> None:
    """A verdict that was taken back stands again; never one whose words were taken out of a conversation."""
    if label.withdrawn_at is None or GONE in label.text:
        return
    label.withdrawn_at = None
    label.save(update_fields=["withdrawn_at"])
    record("label.restored", label, by=by)
    remember({label.text_hash})


@transaction.atomic
def take_back_all(labels: LabelQuerySet, *, by: CanAct) -> datetime:
    """Forget these verdicts that stand, the newest AT_ONCE of them, at one moment, by which `bring_back_all` knows them."""
    moment = clock.now()
    _set_withdrawn(list(labels.standing().order_by("-pk")[:AT_ONCE]), moment, "label.withdrawn", by=by)
    return moment


@transaction.atomic
def bring_back_all(moment: datetime, *, by: CanAct) -> int:
    """Undo `take_back_all` of this moment. Returns how many stand again."""
    found = list(Label.objects.filter(withdrawn_at=moment).exclude(text__contains=GONE))
    _set_withdrawn(found, None, "label.restored", by=by)
    return len(found)


def _set_withdrawn(labels: Sequence[Label], moment: datetime | None, verb: str, *, by: CanAct) -> None:
    for start in range(0, len(labels), BATCH):
        part = labels[start : start + BATCH]
        Label.objects.filter(pk__in=[label.pk for label in part]).update(withdrawn_at=moment)
        for label in part:
            record(verb, label, by=by)
        remember({label.text_hash for label in part})
