"""What somebody says to the results of their search: one of them solved it, or none did and a person is wanted."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from handrail.answers.asks import Ask
from handrail.core import clock
from handrail.knowledge.models import Article
from handrail.web.limits import address_of, take
from handrail.web.portal import addresses
from handrail.web.portal.carried import ask_of, carried
from handrail.web.portal.locale import in_locale
from handrail.web.portal.page import Frame, in_every_locale, show
from handrail.web.portal.posted import posted_from
from handrail.web.ui.jinja import query
from handrail.web.viewer import visitor_of

SAID_WITHIN = timedelta(days=1)
RATES = ("10/minute", "60/hour")  # each is a lesson, and no place gives many at once


@posted_from("portal:search")
@never_cache
@in_locale
def solved(request: HttpRequest, locale: str) -> HttpResponse:
    """POST /hc/<locale>/search/solved {ask, article}: that article of the results was the answer. Kept once."""
    viewer = visitor_of(request)
    ask = asked(request)
    number = request.POST.get("article", "")
    visible = Article.objects.visible_to(viewer).with_published().filter(pk__in=offered(ask))
    article = get_object_or_404(visible, pk=int(number) if number.isdecimal() and len(number) < 19 else 0)
    if may_teach(request):
        ask.solve(article, by=viewer)
    path = f"{addresses.home(locale)}/search"
    return show(
        request,
        "portal/contact_solved.html",
        Frame(path=path, switch=in_every_locale(path, locale), robots="noindex"),
        locale=locale,
        article=article,
        text=article.published(locale),
    )


@require_POST
@never_cache
@in_locale
def refused(request: HttpRequest, locale: str) -> HttpResponse:
    """POST /hc/<locale>/search/refused {ask, question, product}: none of it was. Kept once; on to a person with the question."""
    ask = asked(request)
    if may_teach(request):
        ask.refuse(by=visitor_of(request))
    return redirect(query(addresses.contact(locale), **carried(request).fields))


def asked(request: HttpRequest) -> Ask:
    """The question the press is about, by the key its asker was given. Raises Http404 for none, and for one of long ago."""
    lately = Ask.objects.filter(at__gte=clock.now() - SAID_WITHIN)
    ask = lately.filter(key=ask_of(request.POST)).first()
    if ask is None:
        raise Http404
    return ask


def offered(ask: Ask) -> list[int]:
    """Ids of the articles that were shown for it."""
    return [number for number, *_measures in ask.offered]


def may_teach(request: HttpRequest) -> bool:
    where = address_of(request)
    return all(take(rate, "search-verdict", where).is_allowed for rate in RATES)
