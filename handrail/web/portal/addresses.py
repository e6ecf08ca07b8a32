"""The addresses of the help centre. The id decides; the slug is for people, and a wrong one is put right for good."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponsePermanentRedirect

from handrail.knowledge.models import Article, FaqSet, Product, Topic, Troubleshooter
from handrail.web.ui.jinja import url
from handrail.workspace.models import Brand


def home(locale: str) -> str:
    return url("portal:home", locale)


def product(one: Product, locale: str) -> str:
    return url("portal:product", locale, one.pk, one.slug)


def topic(one: Topic, locale: str) -> str:
    return url("portal:topic", locale, one.pk, one.slug)


def faq_set(one: FaqSet, locale: str) -> str:
    return url("portal:faq", locale, one.pk, one.slug)


def article(one: Article, locale: str) -> str:
    """The article's page for a reader of `locale`, under the slug of the text they will see.

    Raises ValueError for an article without a published text.
    """
    text = one.published(locale)
    if text is None:
        raise ValueError(f"article {one.pk} has no published text, so it has no address")
    return url("portal:article", locale, one.pk, text.slug)


def news(locale: str) -> str:
    return url("portal:all-news", locale)


def tutorials(locale: str) -> str:
    return url("portal:tutorials", locale)


def videos(locale: str) -> str:
    return url("portal:videos", locale)


def troubleshooter(one: Troubleshooter, locale: str) -> str:
    """Where its questions are asked; the answers given so far stand in `?a=c1.c4`."""
    return url("portal:troubleshooter", locale, one.pk)


# Conversations have pages of their own; their addresses are promised in docs/decisions and held by a test there.
def contact(locale: str) -> str:
    return f"/hc/{locale}/requests/new"


def requests(locale: str) -> str:
    return f"/hc/{locale}/requests"


def shared_requests(locale: str) -> str:
    return f"/hc/{locale}/requests/shared"


def chat(locale: str) -> str:
    return f"/hc/{locale}/chat"


def request(number: int, locale: str) -> str:
    return f"/hc/{locale}/requests/{number}"


def sign_in(locale: str) -> str:
    return f"/hc/{locale}/sign-in"


def profile(locale: str) -> str:
    return f"/hc/{locale}/profile"


def absolute(path: str, brand: Brand | None = None) -> str:
    """The whole address, as search engines and feeds need it: at the brand's own host, or without one at the site's."""
    return f"{brand.site if brand else settings.BASE_URL}{path}"


def put_right(request: HttpRequest, path: str) -> HttpResponsePermanentRedirect | None:
    """A redirect to `path` when the request came by another one, keeping its query; None when it is right."""
    if quote(request.path) == path:
        return None
    fields = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{path}?{fields}" if fields else path)
