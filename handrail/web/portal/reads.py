"""One more reader of an article: told by the page itself, because most pages never reach Django."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from handrail.answers.asks import Ask
from handrail.knowledge.feedback import count_read
from handrail.web.portal.articles import found
from handrail.web.portal.locale import in_locale


# No token: a cached page has none, and the most a forger wins is a count. A browser says where a request came from.
@csrf_exempt
@require_POST
@in_locale
def count(request: HttpRequest, locale: str, id: int) -> HttpResponse:
    """POST /hc/<locale>/articles/<id>/reads {ask, again} -> 204.

    ask    key of the question whose results led here
    again  this reader was counted before
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        raise Http404
    article, text = found(request, locale, id)
    if not request.POST.get("again"):
        count_read(article.pk, locale=text.locale)
    key = request.POST.get("ask", "")
    if key.isalnum() and (ask := Ask.objects.filter(key=key[:23]).first()):
        ask.open(article, by=request.viewer)  # type: ignore[attr-defined]
    return HttpResponse(status=204)
