"""The panel of care: who answers for an article, when it was last checked and when it should be again."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from handrail.accounts.models import User
from handrail.knowledge.models import Article

INTERVALS = (30, 90, 180, 365)


def gather(request: HttpRequest, article: Article, locale: str) -> dict[str, Any]:
    """Its owner, dates, and what can be chosen."""
    return {
        "needs_checking": article.needs_checking(),
        "staff": [("", _("Nobody")), *User.objects.staff().values_list("pk", "name")],
        "intervals": [("", _("Only once")), *((days, every(days)) for days in INTERVALS)],
        "locale": locale,
    }


def every(days: int) -> str:
    return {
        30: _("Every month"),
        90: _("Every three months"),
        180: _("Every six months"),
        365: _("Every year"),
    }.get(days) or _("Every %(days)s days") % {"days": days}
