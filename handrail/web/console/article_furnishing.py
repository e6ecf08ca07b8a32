"""Changing an article's labels, what to read next, and its files to take along."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.core.files.keeping import FileRefused
from handrail.knowledge.models import Article, ArticleFile
from handrail.web.console.article_fetch import fetch, language_of
from handrail.web.console.article_page import render
from handrail.web.console.frame import me, say_kept

FILES_MAX = 20
NUMBER = re.compile(r"(?:articles/|^\s*#?)(\d{1,17})", re.MULTILINE)


@require_POST
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """POST labels (apart by commas), related (one a line: its number or its address)."""
    article = fetch(request, pk)
    article.label_as(request.POST.get("labels", "").split(","), by=me(request))
    numbers = [int(each) for each in NUMBER.findall(request.POST.get("related", ""))]
    found = Article.objects.editable_by(request.viewer).filter(pk__in=numbers).exclude(pk=pk).in_bulk()
    article.relate([found[number] for number in numbers if number in found], by=me(request))
    locale = language_of(request, article)
    lost = [str(number) for number in numbers if number not in found]
    if lost:
        trouble = _("These are no other articles here: %(numbers)s. The rest was kept.")
        return render(request, article, locale, trouble=trouble % {"numbers": ", ".join(lost)}, status=422)
    say_kept(request)
    return redirect("console:article", pk, locale)


@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """POST file: one more to take along."""
    article = fetch(request, pk)
    locale = language_of(request, article)
    sent = request.FILES.get("file")
    if sent is None:
        return render(request, article, locale, trouble=_("Choose a file first."), status=422)
    if article.files.downloads().count() >= FILES_MAX:
        trouble = _("An article takes %(count)s files at most. Remove one first.") % {"count": FILES_MAX}
        return render(request, article, locale, trouble=trouble, status=422)
    try:
        ArticleFile.attach(article, sent.read(), title=sent.name or "", by=me(request), is_download=True)
    except FileRefused as reason:
        return render(request, article, locale, trouble=str(reason), status=422)
    say_kept(request)
    return redirect("console:article", pk, locale)


@require_POST
def take_away(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """POST: no longer offer it, and erase its bytes."""
    article = fetch(request, pk)
    get_object_or_404(article.files.downloads(), pk=file).take_away(by=me(request))
    say_kept(request)
    return redirect("console:article", pk, language_of(request, article))
