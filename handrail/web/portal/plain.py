"""The help centre for readers that are programs: llms.txt, and each public article as Markdown."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.accounts.viewer import STRANGER
from handrail.core.markdown_writing import for_reading
from handrail.knowledge.models import Article, Product
from handrail.knowledge.reading import read
from handrail.web.portal import addresses
from handrail.web.portal.articles import found
from handrail.web.portal.locale import in_locale
from handrail.web.portal.reading import lead
from handrail.workspace.locales import LOCALES
from handrail.workspace.models import Brand

MARKDOWN = "text/markdown; charset=utf-8"


@in_locale
def article(request: HttpRequest, locale: str, id: int, slug: str = "") -> HttpResponse:
    """GET /hc/<locale>/articles/<id>-<slug>.md, for public articles in a language they are written in."""
    one, text = found(request, locale, id)
    if one.audience != "public" or text.locale != locale or text.published is None:
        raise Http404
    path = addresses.article(one, locale)
    if redirect := addresses.put_right(request, f"{path}.md"):
        return redirect
    source = addresses.absolute(path, request.brand)  # type: ignore[attr-defined]
    # Whoever asks, a file for programs says what a stranger may read.
    words = read(text.published, STRANGER, locale=locale)
    version = _("Version %(number)s") % {"number": text.published.number}
    body = f"# {text.title}\n\n<{source}> · {version}\n\n{for_reading(words)}"
    response = HttpResponse(body, content_type=MARKDOWN)
    response["Link"] = f'<{source}>; rel="canonical"'
    return response


def overview(request: HttpRequest) -> HttpResponse:
    """GET /llms.txt: every public article by product and language, with one line about each."""
    brand = request.brand  # type: ignore[attr-defined]
    lines = [
        f"# {brand.name('en')} ({brand.name('ko')})",
        "",
        f"> Help centre of {brand.name('en')}, in Korean and English.",
        "",
    ]
    for locale in LOCALES:
        for product in Product.objects.visible_to(STRANGER).listed().with_texts():
            rows = list(_rows(product, locale, brand))
            if rows:
                lines += [f"## {product.name(locale)} ({locale})", "", *rows, ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _rows(product: Product, locale: str, brand: Brand) -> list[str]:
    found_there = (
        Article.objects.visible_to(STRANGER).listed().filter(topic__product=product).with_published()
    )
    rows = []
    for one in found_there:
        text = one.published(locale)
        if text and text.published and text.locale == locale:
            address = addresses.absolute(addresses.article(one, locale), brand)
            rows.append(f"- [{text.title}]({address}.md): {lead(text.published.text)}")
    return rows
