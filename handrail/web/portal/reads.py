"""One more reader of an article: told by the page itself, because most pages never reach Django."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from handrail.accounts.viewer import Viewer
from handrail.answers.asks import Ask
from handrail.knowledge.feedback import count_read
from handrail.knowledge.readers import note_reader
from handrail.web.portal.articles import found
from handrail.web.portal.locale import in_locale


# No token: a cached page has none, and the most a forger wins is a count. A browser says where a request came from.
@csrf_exempt
@require_POST
@in_locale
def count(request: HttpRequest, locale: str, id: int) -> HttpResponse:
    """POST /hc/<locale>/articles/<id>/reads {ask, again} -> 204. Who is signed in has it in their timeline, once a day.

    ask    key of the question whose results led here
    again  this reader was counted before
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        raise Http404
    article, text = found(request, locale, id)
    if not request.POST.get("again"):
        count_read(article.pk, locale=text.locale)
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    key = request.POST.get("ask", "")
    ask = Ask.objects.filter(key=key[:23]).first() if key.isalnum() else None
    if ask:
        ask.open(article, by=viewer)
    # What they opened from a question of their own is told with the question.
    if not ask or (ask.asker_kind, ask.asker_id) != ("person", viewer.person_id):
        note_reader(article, viewer=viewer)
    return HttpResponse(status=204)
