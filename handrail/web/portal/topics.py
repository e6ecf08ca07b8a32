"""One topic: the topics below it and every article in it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from handrail.accounts.viewer import Viewer
from handrail.knowledge.models import Article, Dissolved, Topic
from handrail.web.portal import addresses, structured
from handrail.web.portal.locale import in_locale
from handrail.web.portal.page import Frame, in_every_locale, show
from handrail.web.portal.products import counted
from handrail.web.portal.reading import lead


@in_locale
def page(request: HttpRequest, locale: str, id: int, slug: str = "") -> HttpResponse:
    """GET /hc/<locale>/sections/<id>-<slug>"""
    viewer = request.viewer  # type: ignore[attr-defined]
    visible = Topic.objects.visible_to(viewer).with_texts()
    topic = visible.filter(pk=id).first()
    if topic is None:
        return HttpResponsePermanentRedirect(addresses.topic(gone_into(id, viewer), locale))
    path = addresses.topic(topic, locale)
    if redirect := addresses.put_right(request, path):
        return redirect
    found = Article.objects.visible_to(viewer).listed().filter(topic=topic).with_published()
    languages = in_every_locale(path, locale)
    trail = [
        (topic.product.name(locale), addresses.product(topic.product, locale)),
        *((above.name(locale), addresses.topic(above, locale)) for above in topic.above()),
        (topic.name(locale), ""),
    ]
    return show(
        request,
        "portal/topic.html",
        Frame(path=path, languages=languages, switch=languages, scope=topic.product),
        locale=locale,
        topic=topic,
        trail=trail,
        articles=[(article, summary(article, locale)) for article in found],
        below=counted(viewer, list(visible.filter(parent=topic))),
        siblings=list(visible.filter(product=topic.product, parent=topic.parent_id).exclude(pk=topic.pk)),
        data=[structured.breadcrumb(trail, path, locale, request.brand)],  # type: ignore[attr-defined]
    )


def gone_into(id: int, viewer: Viewer) -> Topic:
    """Where the readers of a dissolved topic go. Raises Http404 where there is nothing for this one."""
    into = Dissolved.objects.filter(number=id).values("topic")
    topic = Topic.objects.visible_to(viewer).filter(pk__in=into).first()
    if topic is None:
        raise Http404
    return topic


def summary(article: Article, locale: str) -> str:
    """The first words of the text a reader of `locale` would get."""
    text = article.published(locale)
    return lead(text.published.text, letters_max=110) if text and text.published else ""
