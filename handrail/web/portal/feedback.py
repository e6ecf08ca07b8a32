"""Was this helpful? A page of its own without scripts; the same address answers the script."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from handrail.answers.evidence import rated
from handrail.core.ids import random_id
from handrail.knowledge.feedback import Feedback, give
from handrail.knowledge.models import Article
from handrail.web.limits import network_of, take
from handrail.web.portal import addresses
from handrail.web.portal.article_sheet import frame_of
from handrail.web.portal.articles import found
from handrail.web.portal.locale import in_locale
from handrail.web.portal.page import show
from handrail.web.portal.reader import READER_COOKIE, reader_of

# Of one article, from one network: more than an office gives, and too few to turn what readers are told of it.
NEW_READERS = ("10/hour", "20/day")
READER_COOKIE_SECONDS = 60 * 60 * 24 * 180


class Verdict(forms.Form):
    helpful = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
    reason = forms.ChoiceField(choices=Feedback.Reason.choices, required=False)
    text = forms.CharField(max_length=1000, required=False)


@never_cache
@in_locale
def page(request: HttpRequest, locale: str, id: int) -> HttpResponse:
    """GET and POST /hc/<locale>/articles/<id>/feedback: {helpful: yes|no, reason, text}."""
    article, text = found(request, locale, id)
    form = Verdict(
        request.POST if request.method == "POST" else None, initial={"helpful": request.GET.get("helpful")}
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        if may_say(request, article):
            return took(request, locale, id, form)
        status = 429
        form.add_error(
            "helpful", _("Many verdicts on this article came from here. Please try again in an hour.")
        )
        if _wants_json(request):
            return JsonResponse({"kept": False}, status=status)
    elif request.method == "POST":
        status = 400
    return show(
        request,
        "portal/feedback.html",
        frame_of(article, text, locale, article.topic.product),
        locale=locale,
        article=article,
        text=text,
        form=form,
        helpful=form["helpful"].value() or "",
        status=status,
    )


def may_say(request: HttpRequest, article: Article) -> bool:
    """Whether this verdict may be kept: a browser that throws its cookie away is a new reader each time, so those are counted."""
    reader = reader_of(request)
    is_known = bool(reader) and Feedback.objects.filter(article=article, reader=reader).exists()
    if is_known or request.viewer.person_id:  # type: ignore[attr-defined]
        return True
    keys = (f"verdict:{article.pk}", network_of(request))
    return all(take(rate, *keys).is_allowed for rate in NEW_READERS)


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def took(request: HttpRequest, locale: str, id: int, form: Verdict) -> HttpResponse:
    """Keep the verdict: one of each reader, the last one counts."""
    viewer = request.viewer  # type: ignore[attr-defined]
    article, text = found(request, locale, id)
    reader = reader_of(request) or random_id()
    give(
        article,
        locale=text.locale,
        is_helpful=form.cleaned_data["helpful"] == "yes",
        reader=reader,
        by=viewer,
        reason=form.cleaned_data["reason"],
        text=form.cleaned_data["text"],
    )
    rated(article, viewer, is_helpful=form.cleaned_data["helpful"] == "yes")
    response = (
        JsonResponse({"kept": True}) if _wants_json(request) else redirect(addresses.article(article, locale))
    )
    remember_reader(request, response, reader)
    return response


def remember_reader(request: HttpRequest, response: HttpResponse, reader: str) -> None:
    """Let the browser of somebody unknown be known as the same reader next time."""
    if request.viewer.person_id:  # type: ignore[attr-defined]
        return
    response.set_cookie(
        READER_COOKIE,
        reader,
        max_age=READER_COOKIE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
