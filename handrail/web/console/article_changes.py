"""Changing what concerns a whole article: who answers for it, that it was checked, and putting it away."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.accounts.models import User
from handrail.knowledge.checking import today
from handrail.web.console.article_fetch import fetch, language_of
from handrail.web.console.article_page import render
from handrail.web.console.frame import me, say_kept


@require_POST
def care(request: HttpRequest, pk: int) -> HttpResponse:
    """POST owner, check_by (a day, or empty), every_days: who answers for it and until when it counts as checked."""
    article = fetch(request, pk)
    user: User = me(request)
    locale = language_of(request, article)
    wanted, every_days = request.POST.get("owner", ""), request.POST.get("every_days", "")
    days = int(every_days) if every_days.isdigit() and 0 < int(every_days[:5]) <= 3650 else None
    try:
        day = date.fromisoformat(request.POST["check_by"]) if request.POST.get("check_by") else None
    except ValueError:
        return render(
            request, article, locale, trouble=_("That is no day. Write it as 2026-12-31."), status=422
        )
    if day is None and days:
        day = today() + timedelta(days=days)
    owner = User.objects.staff().filter(pk=wanted).first() if wanted.isdigit() and len(wanted) < 10 else None
    article.give_to(owner, by=user)
    article.check_again(on=day, every_days=days, by=user)
    say_kept(request)
    return redirect("console:article", pk, locale)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: what the article says is true today."""
    article = fetch(request, pk)
    article.confirm(by=me(request))
    say_kept(request)
    if request.POST.get("next") == "tasks":
        return redirect("console:tasks")
    return redirect("console:article", pk, language_of(request, article))


@require_POST
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """POST back=1 to bring it back; puts the article away otherwise."""
    article = fetch(request, pk)
    (article.bring_back if request.POST.get("back") else article.archive)(by=me(request))
    say_kept(request)
    return redirect("console:article-home", pk)
