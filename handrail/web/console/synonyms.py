"""Words that mean the same: the site's own sets, a language at a time."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.knowledge.models import SynonymSet
from handrail.web.console.frame import me, say_kept, show
from handrail.workspace.locales import LOCALES

WORDS_MAX = 600


def page(request: HttpRequest, *, problem: str = "", sent: str = "", status: int = 200) -> HttpResponse:
    """GET /console/synonyms?words=&locale=: what a form is to begin with"""
    given, locale = request.GET.get("words", "").replace("\0", "")[:WORDS_MAX], request.GET.get("locale", "")
    rows = list(SynonymSet.objects.all())
    return show(
        request,
        "console/synonyms.html",
        status=status,
        here="synonyms",
        groups=[(code, [row for row in rows if row.locale == code]) for code in LOCALES],
        problem=problem,
        sent=dict.fromkeys(LOCALES, sent) if sent else {locale: given},
    )


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """POST locale, words (apart by commas), pk of the set they replace, or none for one more."""
    said = request.POST.get("words", "")
    words = [word for word in re.split(r"[,\n]", said) if word.strip()]
    locale, number = request.POST.get("locale", ""), request.POST.get("pk", "")
    known = get_object_or_404(SynonymSet, pk=number) if number.isdecimal() and len(number) < 18 else None
    if len({" ".join(word.split()) for word in words}) < 2:
        return page(request, problem=_("Write two words at least, apart by commas."), sent=said, status=422)
    if known:
        known.rewrite(words, by=me(request))
    else:
        SynonymSet.keep(locale if locale in LOCALES else LOCALES[0], words, by=me(request))
    say_kept(request)
    return redirect("console:synonyms")


@require_POST
def drop(request: HttpRequest, words: int) -> HttpResponse:
    """POST: these words no longer stand for one another."""
    get_object_or_404(SynonymSet, pk=words).drop(by=me(request))
    say_kept(request)
    return redirect("console:synonyms")
