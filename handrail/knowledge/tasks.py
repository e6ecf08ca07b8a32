"""What waits for one colleague: drafts to review or mend, articles to check, translations to bring up to date.

Nothing is stored: a task is there as long as its reason is, so that the list is never behind and never stale.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

from handrail.accounts.policy import can
from handrail.accounts.viewer import Viewer
from handrail.core import clock
from handrail.core.events.models import Event
from handrail.knowledge.articles import Article, ArticleQuerySet
from handrail.knowledge.block_review import BlockRemark
from handrail.knowledge.block_uses import BlockUse
from handrail.knowledge.blocks import Block, BlockText
from handrail.knowledge.checking import TOLD_BEFORE, today
from handrail.knowledge.remarks import Remark
from handrail.knowledge.stages import Stage
from handrail.knowledge.steps import may_publish_unreviewed
from handrail.knowledge.translations import Translation
from handrail.knowledge.troubleshooting.models import ASKED, Troubleshooter
from handrail.workspace.locales import LOCALES

MOST = 10  # more than a few tasks is noise
SOUGHT = 50  # of each kind


@dataclass(frozen=True)
class Task:
    """`kind`: changes, review, tree, block, approved, check, outdated or soon, in the order of their urgency; `at`: since when,
    or by when. It is about an article, (block) a reusable block, or (tree) a troubleshooter."""

    kind: str
    article: Article | None
    locale: str
    title: str
    at: datetime
    said: str = ""
    block: Block | None = None
    tree: Troubleshooter | None = None


Source = Callable[[Viewer], Iterator[Task]]


def tasks(viewer: Viewer, *, most: int = MOST) -> list[Task]:
    """The viewer's tasks, the most urgent first; of one kind the longest waiting."""
    if not can(viewer, "knowledge.write"):
        return []
    found = [task for source in SOURCES for task in sorted(source(viewer), key=lambda task: task.at)]
    return found[:most]


def waiting(viewer: Viewer, *, most: int = MOST) -> int:
    """How many tasks there are, `most` at most: one query, for the count beside every page."""
    if not can(viewer, "knowledge.write"):
        return 0
    rows = [
        query.prefetch_related(None).order_by().values_list("pk")
        for query in (
            _returned(viewer),
            _returned_blocks(viewer),
            _in_review(viewer),
            _trees(viewer),
            _block_drafts(viewer),
            _approved(viewer),
            _past(viewer),
            _behind(viewer),
            _near(viewer),
        )
    ]
    return min(most, rows[0].union(*rows[1:], all=True).count())


def sent_back(viewer: Viewer) -> Iterator[Task]:
    """Drafts a reviewer sent back to their author or the article's owner, with what they asked for; of blocks too."""
    asked = Prefetch("remarks", Remark.objects.filter(verdict="changes").order_by("pk"), to_attr="asked_for")
    for text in _returned(viewer).prefetch_related(asked)[:SOUGHT]:
        said: Remark | None = text.asked_for[-1] if text.asked_for else None  # type: ignore[attr-defined]
        yield _of(text, "changes", said.at if said else _written(text), said.text if said else "")
    remarks = Prefetch("remarks", BlockRemark.objects.order_by("pk"), to_attr="asked_for")
    for one in _returned_blocks(viewer).prefetch_related(remarks)[:SOUGHT]:
        last: BlockRemark = one.asked_for[-1]  # type: ignore[attr-defined]
        yield Task("changes", None, one.locale, one.block.name, last.at, last.text, block=one.block)


def to_review(viewer: Viewer) -> Iterator[Task]:
    """Drafts whose review was asked of the viewer, or of whoever may."""
    for text in _in_review(viewer)[:SOUGHT]:
        yield _of(text, "review", _written(text))


def trees_to_publish(viewer: Viewer) -> Iterator[Task]:
    """Troubleshooters whose author asked that they be published."""
    waiting = {one.pk: one for one in _trees(viewer)[:SOUGHT]}
    facts = Event.objects.filter(verb=ASKED, subject_id__in=waiting).values_list("subject_id")
    for pk, since in facts.annotate(models.Max("at")).order_by():
        one = waiting[pk]
        locale = next((code for code in (viewer.locale, *LOCALES) if one.drawn.name[code]), viewer.locale)
        yield Task("tree", None, locale, one.drawn.name[locale], since, tree=one)


def blocks_to_publish(viewer: Viewer) -> Iterator[Task]:
    """Texts of blocks that stand in articles and differ from what these show, or wish to be shown to others."""
    for text in _block_drafts(viewer).order_by("draft__written_at", "pk")[:SOUGHT]:
        assert text.draft is not None  # the query asked for it
        yield Task("block", None, text.locale, text.block.name, text.draft.written_at, block=text.block)


def ready(viewer: Viewer) -> Iterator[Task]:
    """Drafts of the viewer that were approved and that nobody has published yet."""
    for text in _approved(viewer)[:SOUGHT]:
        yield _of(text, "approved", _written(text))


def past_date(viewer: Viewer) -> Iterator[Task]:
    """Articles of the viewer, or of nobody, whose check date has passed."""
    for article in _past(viewer).order_by("check_by", "pk")[:SOUGHT]:
        yield _due(article, "check", viewer)


def outdated(viewer: Viewer) -> Iterator[Task]:
    """Translations that the original of the viewer's, or of nobody's, article moved on from."""
    for text in _behind(viewer).order_by("outdated_at", "pk")[:SOUGHT]:
        yield _of(text, "outdated", text.outdated_at or clock.now())


def due_soon(viewer: Viewer) -> Iterator[Task]:
    """Articles of the viewer whose check date is near."""
    for article in _near(viewer).order_by("check_by", "pk")[:SOUGHT]:
        yield _due(article, "soon", viewer)


SOURCES: list[Source] = [
    sent_back,
    to_review,
    trees_to_publish,
    blocks_to_publish,
    ready,
    past_date,
    outdated,
    due_soon,
]


def _returned(viewer: Viewer) -> models.QuerySet[Translation]:
    return _texts().filter(_written_by(viewer), stage=Stage.CHANGES)


def _approved(viewer: Viewer) -> models.QuerySet[Translation]:
    if not can(viewer, "knowledge.publish"):
        return _texts().none()
    return _texts().filter(_written_by(viewer), stage=Stage.APPROVED)


def _written_by(viewer: Viewer) -> Q:
    mine = Q(draft__author_kind="staff", draft__author_id=viewer.user_id)
    return mine | Q(article__owner=viewer.user_id)


def _in_review(viewer: Viewer) -> models.QuerySet[Translation]:
    if not can(viewer, "knowledge.review"):
        return _texts().none()
    return _texts().filter(Q(reviewer=viewer.user_id) | Q(reviewer=None), stage=Stage.REVIEW)


def _trees(viewer: Viewer) -> models.QuerySet[Troubleshooter]:
    if not may_publish_unreviewed(viewer):
        return Troubleshooter.objects.none()
    return Troubleshooter.objects.asked()


def _block_drafts(viewer: Viewer) -> models.QuerySet[BlockText]:
    if not may_publish_unreviewed(viewer):
        return BlockText.objects.none()
    held = BlockUse.objects.filter(block=OuterRef("block"))
    is_of_use = Q(Exists(held)) | ~Q(wanted_audience="")
    drafts = BlockText.objects.filter(is_of_use, draft__isnull=False, is_returned=False)
    return drafts.select_related("block", "draft")


def _returned_blocks(viewer: Viewer) -> models.QuerySet[BlockText]:
    mine = BlockText.objects.filter(draft__author_kind="staff", draft__author_id=viewer.user_id)
    return mine.filter(is_returned=True).select_related("block").order_by("pk")


def _past(viewer: Viewer) -> ArticleQuerySet:
    return _shown().past_check(on=today()).filter(_mine(viewer))


def _behind(viewer: Viewer) -> models.QuerySet[Translation]:
    whose = Q(article__owner=viewer.user_id) | Q(article__owner=None)
    return _texts().filter(whose, outdated_at__isnull=False)


def _near(viewer: Viewer) -> ArticleQuerySet:
    dates = (today(), today() + TOLD_BEFORE)
    return _shown().filter(owner=viewer.user_id, archived_at=None, check_by__range=dates)


def _texts() -> models.QuerySet[Translation]:
    return Translation.objects.with_titles().filter(article__archived_at=None).order_by("pk")


def _shown() -> ArticleQuerySet:
    texts = Translation.objects.with_titles().filter(published__isnull=False)
    is_published = Exists(texts.filter(article=OuterRef("pk")))
    return Article.objects.filter(is_published).prefetch_related(Prefetch("translations", texts))


def _mine(viewer: Viewer) -> Q:
    return Q(owner=viewer.user_id) | Q(owner=None)


def _written(text: Translation) -> datetime:
    return text.newest.written_at if text.newest else clock.now()


def _of(text: Translation, kind: str, at: datetime, said: str = "") -> Task:
    newest = text.newest
    return Task(kind, text.article, text.locale, newest.title if newest else text.slug, at, said)


def _due(article: Article, kind: str, viewer: Viewer) -> Task:
    text = article.published(viewer.locale)
    assert article.check_by is not None  # the query asked for it
    midnight = datetime.combine(article.check_by, time(0), ZoneInfo(viewer.zone))
    return Task(kind, article, text.locale if text else "", text.title if text else "", midnight)
