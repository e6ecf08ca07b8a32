"""Whom a fact of an article or a reusable block concerns: who reviews it, who wrote it, who answers for it. They are told as colleagues are told of anything (conversations/notices)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from handrail.accounts.models import User
from handrail.conversations.notices.kinds import Kind
from handrail.conversations.notices.notice import settle
from handrail.conversations.notices.telling import tell
from handrail.conversations.notices.whom import Concern
from handrail.core.events.models import Event
from handrail.knowledge.articles import Article
from handrail.knowledge.blocks import BlockText
from handrail.knowledge.remarks import Remark
from handrail.knowledge.stages import Stage
from handrail.knowledge.translations import Translation

SAID_MOST = 2_000
TITLE_MOST = 200


def tell_authors(event: Event) -> int:
    """Tell those whom the fact concerns, while it still holds. Returns how many were told something new."""
    concern = HEARD[event.verb](event)
    return tell(concern, event) if concern else 0


def settle_what_is_done(event: Event) -> int:
    """Whoever was told of a review or a check that is done needs no mail of it any more. Returns how many."""
    if "locale" in event.data:
        return settle(Kind.REVIEW, about=f"review:{event.subject_id}:{event.data['locale']}:", by=event)
    return settle(Kind.CHECK, about=f"check:{event.subject_id}:", by=event)


def _review(event: Event) -> Concern | None:
    text = _text(event, Stage.REVIEW)
    if text is None:
        return None
    concern = _about(text, "review", event)
    asked = event.data.get("reviewer")
    whom = [asked] if asked else list(User.objects.who_may("knowledge.review").values_list("pk", flat=True))
    concern.tell(whom, Kind.REVIEW)
    return concern


def _changes(event: Event) -> Concern | None:
    text = _text(event, Stage.CHANGES)
    if text is None:
        return None
    asked = Remark.objects.filter(translation=text, verdict="changes").order_by("pk").last()
    concern = _about(text, "changes", event, said=asked.text[:SAID_MOST] if asked else "")
    concern.tell(_writers(text), Kind.CHANGES)
    return concern


def _block_changes(event: Event) -> Concern | None:
    texts = BlockText.objects.filter(block=event.subject_id, locale=event.data["locale"], is_returned=True)
    text = texts.select_related("block", "draft").first()
    asked = text.remarks.last() if text else None
    if text is None or text.draft is None or asked is None:
        return None
    data = {"block": text.block_id, "locale": text.locale, "title": text.block.name}
    fact = f"block:{text.block_id}:{text.locale}:{event.pk}"
    concern = Concern(None, fact, data=data | {"said": asked.text[:SAID_MOST]})
    concern.tell([text.draft.author_id if text.draft.author_kind == "staff" else None], Kind.CHANGES)
    return concern


def _approved(event: Event) -> Concern | None:
    text = _text(event, Stage.APPROVED)
    if text is None:
        return None
    concern = _about(text, "approved", event)
    concern.tell(_writers(text), Kind.APPROVED)
    return concern


def _check(event: Event) -> Concern | None:
    article = Article.objects.filter(pk=event.subject_id, archived_at=None).with_published().first()
    due = event.data["check_by"]
    if article is None or article.check_by is None or article.check_by.isoformat() != due:
        return None
    owner = User.objects.staff().filter(pk=event.data["owner"]).first()
    text = article.published(owner.locale) if owner else None
    if owner is None or text is None:
        return None
    is_due = bool(event.data.get("is_due"))
    data = {"article": article.pk, "locale": text.locale, "title": text.title[:TITLE_MOST]}
    fact = f"check:{article.pk}:{due}:{'due' if is_due else 'soon'}"
    concern = Concern(None, fact, data=data | {"check_by": due, "is_due": is_due})
    concern.tell([owner.pk], Kind.CHECK)
    return concern


def _text(event: Event, stage: Stage) -> Translation | None:
    """The text it happened to, if it still stands there: what went on meanwhile is no news."""
    texts = Translation.objects.with_titles().filter(article__archived_at=None, stage=stage)
    return texts.filter(article=event.subject_id, locale=event.data["locale"]).first()


def _about(text: Translation, what: str, event: Event, *, said: str = "") -> Concern:
    title = (text.newest.title if text.newest else text.slug)[:TITLE_MOST]
    data: dict[str, Any] = {"article": text.article_id, "locale": text.locale, "title": title}
    if said:
        data["said"] = said
    return Concern(None, f"{what}:{text.article_id}:{text.locale}:{event.pk}", data=data)


def _writers(text: Translation) -> list[int | None]:
    draft = text.draft
    wrote = draft.author_id if draft and draft.author_kind == "staff" else None
    return [wrote, text.article.owner_id]


HEARD: dict[str, Callable[[Event], Concern | None]] = {
    "article.review_asked": _review,
    "article.changes_asked": _changes,
    "article.approved": _approved,
    "block.changes_asked": _block_changes,
    "article.check_due": _check,
}
# With a locale they end a review of that text, without one a check of the article.
SETTLES = frozenset(
    {
        "article.changes_asked",
        "article.approved",
        "article.published",
        "article.checked",
        "article.check_planned",
        "article.given",
        "article.archived",
    }
)
