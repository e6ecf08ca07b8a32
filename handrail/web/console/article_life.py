"""The panel of an article's life: where its text stands, and what can be done next."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from handrail.accounts.models import User
from handrail.accounts.policy import rights_of
from handrail.knowledge.models import Article
from handrail.knowledge.steps import steps
from handrail.web.console.standing import standing

REMARKS_SHOWN = 5


def gather(request: HttpRequest, article: Article, locale: str) -> dict[str, Any]:
    """text, standing, steps, the newest remarks (oldest first), and who may review."""
    text = article.translations.with_texts().select_related("reviewer").filter(locale=locale).first()
    if text is None:
        return {"text": None, "standing": None, "steps": [], "remarks": [], "reviewers": []}
    text.article = article
    remarks = text.remarks.select_related("author", "revision").order_by("-pk")[:REMARKS_SHOWN]
    return {
        "text": text,
        "standing": standing(text),
        "steps": [str(step) for step in steps(text, request.viewer)],
        "remarks": list(reversed(remarks)),
        "reviewers": reviewers(but=request.viewer.user_id or 0),
    }


def reviewers(*, but: int) -> list[tuple[int, str]]:
    """(id, name) of the colleagues who may approve a text."""
    return [
        (user.pk, user.name)
        for user in User.objects.staff()
        if "knowledge.review" in rights_of(user.role) and user.pk != but
    ]
