"""Links in published articles that lead nowhere: to an article that is gone, to a heading that is not there, to a page
of another site that does not answer. Other sites are asked only where the operator says so.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from handrail.accounts.viewer import Viewer
from handrail.core import clock
from handrail.core.fetch import FetchError, Refused, TooLarge, fetch
from handrail.knowledge.anchors import anchors_in
from handrail.knowledge.block_uses import blocks_in
from handrail.knowledge.links import Link, links_in
from handrail.knowledge.models import Article, Translation
from handrail.knowledge.reading import written_out
from handrail.workspace.locales import LocaleField

BATCH = 200
ASKED_EVERY = timedelta(days=7)
TIMES_BEFORE_TOLD = 2  # runs in a row that a page did not answer
ASKED_MOST = 500  # addresses of other sites in one run
BYTES_MOST = 200_000
SECONDS = 8.0
GONE = frozenset({404, 410})
THERE, NOT_ASKED = 200, 1


class BrokenLinkQuerySet(models.QuerySet["BrokenLink"]):
    def visible_to(self, viewer: Viewer) -> BrokenLinkQuerySet:
        """Links in articles that the viewer writes and may read."""
        if "knowledge.write" not in viewer.rights:
            return self.none()
        return self.filter(article__in=Article.objects.visible_to(viewer))


class BrokenLink(models.Model):
    """A link in one published text. It is forgotten as soon as it leads somewhere or is no longer there."""

    class Problem(models.TextChoices):
        ARTICLE = "article"
        ANCHOR = "anchor"
        PAGE = "page"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    locale = LocaleField()
    address = models.CharField(max_length=500)
    words = models.CharField(max_length=120, blank=True)
    problem = models.CharField(max_length=7, choices=Problem.choices)
    since = models.DateTimeField(default=clock.now)

    objects = BrokenLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "locale", "address"], name="a_broken_link_once_a_text")
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.address}"


class Page(models.Model):
    """An address of another site, and how it answered."""

    key = models.CharField(max_length=64, unique=True, help_text="fingerprint of the address")
    address = models.CharField(max_length=500)
    status = models.PositiveSmallIntegerField(default=0, help_text="0: no answer")
    failed = models.PositiveSmallIntegerField(default=0, help_text="runs in a row")
    asked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.address} {self.status}"

    @property
    def is_away(self) -> bool:
        return self.failed >= TIMES_BEFORE_TOLD


def check_links() -> int:
    """Look at every link of every published text. Returns how many lead nowhere now."""
    targets = _targets()
    texts = Translation.objects.filter(published__isnull=False, article__archived_at=None)
    found: dict[tuple[int, str, str], BrokenLink] = {}
    pages: dict[str, list[tuple[Translation, Link]]] = {}
    for text in texts.select_related("published", "article").iterator(chunk_size=BATCH):
        assert text.published is not None  # the query asked for it
        for link in links_in(text.published.whole):
            if link.article is None:
                if link.address.startswith(("http://", "https://")):
                    pages.setdefault(link.address, []).append((text, link))
            elif problem := _problem(link, text.locale, targets):
                found.setdefault((text.article_id, text.locale, link.address), _row(text, link, problem))
    for address in _away(list(pages)):
        for text, link in pages[address]:
            row = _row(text, link, BrokenLink.Problem.PAGE)
            found.setdefault((text.article_id, text.locale, link.address), row)
    _keep(found)
    return len(found)


Targets = dict[int, dict[str, frozenset[str]]]


def _targets() -> Targets:
    """article -> locale -> anchors of its published text."""
    found: Targets = {}
    texts = Translation.objects.filter(published__isnull=False, article__archived_at=None)
    for text in texts.select_related("published").iterator(chunk_size=BATCH):
        assert text.published is not None  # the query asked for it
        whole = text.published.whole
        # A heading may stand in a reusable block; few texts have one.
        if blocks_in(whole):
            whole = written_out(text.published, locale=text.locale)
        found.setdefault(text.article_id, {})[text.locale] = frozenset(anchors_in(whole))
    return found


def _problem(link: Link, locale: str, targets: Targets) -> str:
    texts = targets.get(link.article or 0)
    if texts is None:
        return BrokenLink.Problem.ARTICLE
    if not link.anchor:
        return ""
    # As a reader gets it: in the page's language, else in another.
    anchors = texts.get(locale) or texts[min(texts)]
    return "" if link.anchor in anchors else BrokenLink.Problem.ANCHOR


def _row(text: Translation, link: Link, problem: str) -> BrokenLink:
    return BrokenLink(
        article_id=text.article_id,
        locale=text.locale,
        address=link.address,
        words=link.words[:120],
        problem=problem,
    )


@transaction.atomic
def _keep(found: dict[tuple[int, str, str], BrokenLink]) -> None:
    for row in BrokenLink.objects.all():
        fresh = found.pop((row.article_id, row.locale, row.address), None)
        if fresh is None:
            row.delete()
        elif fresh.problem != row.problem:
            row.problem = fresh.problem
            row.save(update_fields=["problem"])
    BrokenLink.objects.bulk_create(found.values())


def _away(addresses: list[str]) -> list[str]:
    """Those addresses of other sites that did not answer twice; none where nobody allowed asking."""
    if not settings.CHECK_OTHER_SITES:
        return []
    keys = {sha256(address.encode()).hexdigest(): address for address in addresses}
    Page.objects.exclude(key__in=keys).delete()
    known = set(Page.objects.values_list("key", flat=True))
    fresh = [Page(key=key, address=address) for key, address in keys.items() if key not in known]
    Page.objects.bulk_create(fresh)
    due = Page.objects.filter(Q(asked_at=None) | Q(asked_at__lte=_due()) | Q(failed=1))
    for page in due.order_by("asked_at", "pk")[:ASKED_MOST]:
        page.status = status_of(page.address)
        page.failed = min(page.failed + 1, 1000) if page.status in GONE | {0} else 0
        page.asked_at = clock.now()
        page.save(update_fields=["status", "failed", "asked_at"])
    return [page.address for page in Page.objects.filter(failed__gte=TIMES_BEFORE_TOLD)]


def _due() -> datetime:
    return clock.now() - ASKED_EVERY


def status_of(address: str) -> int:
    """How another site answers for an address; 0 for no answer, 1 for what may not be asked from here."""
    try:
        return fetch(address, redirects=5, most=BYTES_MOST, seconds=SECONDS).status
    except TooLarge:
        return THERE
    except Refused:
        return NOT_ASKED
    except FetchError:
        return 0
