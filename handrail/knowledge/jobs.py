"""What the clock does with articles: publishes what was scheduled, tells owners of check dates."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from handrail.accounts.models import User
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
def renew_past() -> int:
    """Renew the pages of articles whose check date has passed. Returns of how many brands."""
    past = Article.objects.past_check(on=today()).values("topic__product__brand")
    brands = Brand.objects.filter(pk__in=past)
    for brand in brands:
        # A page kept in memory would go on without the notice that it should be checked.
        brand.touch()
    return len(brands)


@schedule("0 9 * * *")
@task()
def tell_owners() -> int:
    """Tell owners of check dates that come near and, once more, of those that have come (insights/telling.py mails them).

    Returns of how many articles.
    """
    owned = Article.objects.filter(
        Exists(Translation.objects.filter(article=OuterRef("pk"), published__isnull=False)),
        owner__in=User.objects.who_may("knowledge.write"),
        archived_at=None,
    )
    is_soon = Q(check_by__lte=today() + TOLD_BEFORE) & _is_not("told_of")
    is_due = Q(check_by__lte=today()) & _is_not("told_on")
    return sum(_tell(pk) for pk in owned.filter(is_soon | is_due).values_list("pk", flat=True))


def _is_not(told: str) -> Q:
    return Q(**{told: None}) | ~Q(**{told: F("check_by")})


@transaction.atomic
def _tell(pk: int) -> bool:
    article = Article.objects.select_for_update().get(pk=pk)
    due = article.check_by
    if due is None or article.told_on == due or (article.told_of == due and today() < due):
        return False
    article.told_of = due
    if today() >= due:
        article.told_on = due
    article.save(update_fields=["told_of", "told_on"])
    record(
        "article.check_due",
        article,
        by=CLOCK,
        owner=article.owner_id,
        check_by=due.isoformat(),
        is_due=article.told_on == due,
    )
    return True
