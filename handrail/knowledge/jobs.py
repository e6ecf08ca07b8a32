"""What the clock does with articles: publishes what was scheduled, tells owners of check dates."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, Q

from handrail.core import clock
from handrail.core.actors import CLOCK
from handrail.core.events.ledger import record
from handrail.core.jobs.backend import task
from handrail.core.jobs.schedules import schedule
from handrail.knowledge.articles import Article
from handrail.knowledge.checking import TOLD_BEFORE, today
from handrail.knowledge.translations import Translation
from handrail.workspace.models import Brand


@schedule("* * * * *")
@task()
def publish_due() -> int:
    """Publish every scheduled draft whose moment has come, each once however many workers look. Returns how many."""
    count, failed = 0, None
    for pk in list(Translation.objects.due(at=clock.now()).values_list("pk", flat=True)):
        try:
            count += _publish(pk)
        except Exception as error:  # one that cannot be published holds up no other
            failed = error
    if failed is not None:
        raise failed
    return count


@transaction.atomic
def _publish(pk: int) -> bool:
    text = Translation.objects.with_texts().get(pk=pk)
    if not text.take_due():
        return False
    text.publish(by=CLOCK)
    return True


@schedule("5 0 * * *")
@task()
def tell_owners() -> int:
    """Tell owners of check dates that come near, once each, and renew the pages of articles whose date has passed.

    Returns how many owners were told.
    """
    near = Article.objects.filter(check_by__lte=today() + TOLD_BEFORE, archived_at=None)
    untold = near.filter(Q(told_of=None) | ~Q(told_of=F("check_by"))).filter(owner__isnull=False)
    told = sum(_tell(pk) for pk in untold.values_list("pk", flat=True))
    past = Article.objects.past_check(on=today()).values("topic__product__brand")
    for brand in Brand.objects.filter(pk__in=past):
        # A page kept in memory would go on without the notice that it should be checked.
        brand.touch()
    return told


@transaction.atomic
def _tell(pk: int) -> bool:
    article = Article.objects.select_for_update().get(pk=pk)
    if article.check_by is None or article.told_of == article.check_by:
        return False
    article.told_of = article.check_by
    article.save(update_fields=["told_of"])
    record(
        "article.check_due", article, by=CLOCK, owner=article.owner_id, check_by=article.check_by.isoformat()
    )
    return True
