"""Changing who may read an article, under which topic it stands, and until when it is listed."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.knowledge.audiences import from_key
from handrail.knowledge.films import Purpose
from handrail.knowledge.models import Topic
from handrail.knowledge.placing import place
from handrail.knowledge.steps import may_show_to
from handrail.web.console.article_fetch import fetch, language_of
from handrail.web.console.article_page import render
from handrail.web.console.frame import me, say_kept


@require_POST
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """POST audience (its key), topic, ends_at (in the colleague's zone, or empty), is_pinned; of a film, purpose."""
    article = fetch(request, pk)
    locale = language_of(request, article)
    try:
        audience, segment = from_key(request.POST.get("audience", ""))
        said = request.POST.get("ends_at", "")
        ends = datetime.fromisoformat(said).replace(tzinfo=ZoneInfo(request.viewer.zone)) if said else None
    except ValueError:
        trouble = _("That was not kept: choose for whom it is, and write the end as a day and time.")
        return render(request, article, locale, trouble=trouble, status=422)
    wanted = request.POST.get("topic", "")
    topic = Topic.objects.filter(pk=wanted).first() if wanted.isdecimal() and len(wanted) < 18 else None
    if not may_show_to(article, request.POST.get("audience", ""), request.viewer):
        trouble = _(
            "That was not kept: whoever may review decides that more people read this. Ask a reviewer to change for whom it is."
        )
        return render(request, article, locale, trouble=trouble, status=422)
    if (article.audience, article.segment) != (audience, segment):
        article.show_to(audience, segment=segment, by=me(request))
    if topic and topic != article.topic:
        place(article, topic, by=me(request))
    article.end_at(ends, by=me(request))
    if (purpose := request.POST.get("purpose", article.purpose)) in ("", *Purpose.values):
        article.serve(purpose, by=me(request))
    if (is_pinned := "is_pinned" in request.POST) != article.is_pinned:
        article.pin(is_pinned, by=me(request))
    say_kept(request)
    return redirect("console:article", pk, locale)
