"""A FAQ set on anybody's page: one script that holds its content and keeps it fresh, and the count of those it helped.

Public questions only, whoever asks. The script is answered from memory and asked again each time, so an edit shows with the next
page; a page that stays open looks for itself.
"""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from handrail.accounts.viewer import STRANGER
from handrail.core.actors import SYSTEM
from handrail.core.ids import fingerprint
from handrail.knowledge.excerpt import beginning
from handrail.knowledge.feedback import give
from handrail.knowledge.models import FaqSet
from handrail.knowledge.queries import questions
from handrail.knowledge.reading import read
from handrail.web.brands import site_asked
from handrail.web.limits import address_of, take
from handrail.web.ui.assets import built
from handrail.web.ui.theme import brand_tokens
from handrail.web.widget.pieces import pieces, whole
from handrail.workspace.locales import LOCALES
from handrail.workspace.portal import shown

HELPED = "60/hour"


def found(id: int) -> FaqSet:
    """A set any stranger may read whose block is on. Raises Http404."""
    sets = FaqSet.objects.visible_to(STRANGER).select_related("brand").prefetch_related("texts")
    faq = get_object_or_404(sets, pk=id)
    return get_object_or_404(sets, pk=id if shown(faq.brand).has("faq") else 0)


@require_safe
def script(request: HttpRequest, id: int) -> HttpResponse:
    """GET /faq/<id>.js: the whole thing, for `<script async src>`."""
    data = json.dumps(content(found(id), site_asked(request)), ensure_ascii=False, separators=(",", ":"))
    # A script inside a page could be ended by these; one of its own can't, but somebody may paste it into one.
    data = data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    code = built("faq.js")
    return anywhere(
        HttpResponse(f"((FAQ)=>{{{code}}})({data})", content_type="text/javascript; charset=utf-8")
    )


@require_safe
def data(request: HttpRequest, id: int) -> HttpResponse:
    """GET /faq/<id>.json: the content alone, for pages that stay open and for sites that draw it themselves."""
    return anywhere(
        JsonResponse(content(found(id), site_asked(request)), json_dumps_params={"ensure_ascii": False})
    )


# No token: the page it stands on is another site's. The most a forger wins is one verdict a place, and few of them.
@csrf_exempt
@require_POST
def helped(request: HttpRequest, id: int, article: int) -> HttpResponse:
    """POST /faq/<id>/helped/<article>: it helped somebody there. 204 whatever the count makes of it."""
    faq = found(id)
    locale = request.POST.get("locale", "")
    asked = questions([pk for pk in faq.entries.values_list("article", flat=True) if pk == article], STRANGER)
    place = address_of(request)
    if asked and locale in LOCALES and take(HELPED, "faq-helped", place).is_allowed:
        # One verdict a browser and place: nothing is kept on a visitor's device for this.
        reader = fingerprint(f"faq {place} {request.headers.get('User-Agent', '')}")[:40]
        text = asked[0].article.published(locale)
        give(
            asked[0].article,
            locale=text.locale if text else locale,
            is_helpful=True,
            reader=reader,
            by=SYSTEM,
        )
    return anywhere(HttpResponse(status=204))


def content(faq: FaqSet, site: str) -> dict[str, Any]:
    """What the script shows, in every language: {"id", "url", "brand": [light, dark, …], "ko": {...}, "en": {...}}.

    A language holds its words, the set's "name" and "rows": [article, title, answer in pieces, address, language, how
    many it helped in words, number of the version]. Addresses lead to `site`.
    """
    ids = list(faq.entries.values_list("article", flat=True))
    asked = questions(ids, STRANGER)
    tokens = brand_tokens(faq.brand.hue)
    return {
        "id": faq.pk,
        "url": whole(reverse("widget:faq-data", args=[faq.pk]), site),
        "brand": [colour.css() for colour in tokens["--brand"]],
        **{locale: _in(locale, faq, asked, site) for locale in LOCALES},
    }


def _in(locale: str, faq: FaqSet, asked: list[Any], site: str) -> dict[str, Any]:
    with translation.override(locale):
        rows = []
        for question in asked:
            text = question.article.published(locale)
            if text is None or text.published is None:
                continue
            short = beginning(read(text.published, STRANGER, locale=locale))
            where = reverse("portal:article", args=[locale, question.article.pk, text.slug])
            count = (
                translation.ngettext(
                    "Helped %(num)s person in the last 30 days", "Helped %(num)s people in the last 30 days", question.helped
                ) % {"num": question.helped} if question.helped else ""
            )  # fmt: skip
            rows.append(
                [
                    question.article.pk,
                    text.title,
                    pieces(short, site),
                    whole(where, site),
                    text.locale,
                    count,
                    text.published.number,
                ]
            )
        words = {
            "more": _("Read the whole article"),
            "helped": _("This helped me"),
            "thanks": _("Thank you"),
            "version": _("Version %(number)s") % {"number": "#"},
            "empty": _("No questions here yet"),
        }
        return {"name": faq.name(locale), "rows": rows, **words}


def anywhere(response: HttpResponse) -> HttpResponse:
    """Let any page load this. It is the same for everybody and comes without cookies."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["X-Content-Type-Options"] = "nosniff"
    return response
