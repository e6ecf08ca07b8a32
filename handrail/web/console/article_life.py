"""The panel of an article's life: where its text stands, and what can be done next."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from handrail.accounts.models import User
from handrail.accounts.policy import rights_of
from handrail.accounts.viewer import Viewer
from handrail.knowledge.models import Article, Translation
from handrail.knowledge.stages import Stage
from handrail.knowledge.steps import Step, steps
from handrail.knowledge.undescribed import undescribed
from handrail.web.console.standing import standing

REMARKS_SHOWN = 5


def gather(request: HttpRequest, article: Article, locale: str) -> dict[str, Any]:
    """text, standing, steps, the newest remarks (oldest first), who may review, and pictures that nobody described."""
    text = article.translations.with_texts().select_related("reviewer").filter(locale=locale).first()
    others = reviewers(but=request.viewer.user_id or 0)
    if text is None:
        fresh = once_saved(article, request.viewer)
        nothing: dict[str, Any] = {"text": None, "standing": None, "remarks": [], "undescribed": []}
        return nothing | {"steps": fresh, "reviewers": others}
    text.article = article
    allowed = [str(step) for step in steps(text, request.viewer)]
    remarks = text.remarks.select_related("author", "revision").order_by("-pk")[:REMARKS_SHOWN]
    return {
        "text": text,
        "standing": standing(text),
        "steps": allowed if text.draft_id else [*once_saved(article, request.viewer), *allowed],
        "remarks": list(reversed(remarks)),
        "reviewers": others,
        "undescribed": undescribed(text.newest.whole) if text.newest else [],
    }


def once_saved(article: Article, viewer: Viewer) -> list[str]:
    """The steps that may be taken in the same press as saving, where there is no draft yet."""
    draft = Translation(article=article, stage=Stage.DRAFT)
    return [str(step) for step in steps(draft, viewer) if step in {Step.ASK, Step.PUBLISH}]


def reviewers(*, but: int) -> list[tuple[int, str]]:
    """(id, name) of the colleagues who may approve a text."""
    return [
        (user.pk, user.name)
        for user in User.objects.staff()
        if "knowledge.review" in rights_of(user.role) and user.pk != but
    ]
