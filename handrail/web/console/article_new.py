"""Beginning an article: its title, where it stands, its language and kind."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.accounts.viewer import Viewer
from handrail.knowledge import scratch
from handrail.knowledge.audiences import Audience, from_key
from handrail.knowledge.models import Article, Topic
from handrail.knowledge.slugs import slug_of
from handrail.web.console.article_list import choices
from handrail.web.console.article_scratch import said_of_keeping
from handrail.web.console.for_whom import audiences
from handrail.web.console.frame import me, show
from handrail.web.console.writing import Writing
from handrail.workspace.locales import LOCALES


def new(request: HttpRequest) -> HttpResponse:
    """GET the form (title= and html= may come along). POST title, topic, locale, kind, audience: begins a draft."""
    if request.method == "POST":
        return _begin(request)
    title = " ".join(request.GET.get("title", "").replace("\0", "").split())[:200]
    unsaved = None if title else scratch.kept(None, "", author=me(request))
    if unsaved is None:
        return _form(request, Writing(title=title), sent=request.GET)
    return _form(request, Writing.unsaved(unsaved.fields, 0), sent=unsaved.fields["place"], unsaved=unsaved)


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """POST the form while it is typed: kept for its author -> {"said"}. discard=1 forgets it."""
    if request.POST.get("discard"):
        scratch.drop(None, "", author=me(request))
        return redirect("console:article-new")
    writing = Writing.sent(request.POST)
    locale = request.POST.get("locale", "")
    place = {name: request.POST.get(name, "")[:20] for name in ("topic", "locale", "kind", "audience")}
    if writing.title or writing.html.strip():
        fields = writing.as_typed() | {"place": place}
        scratch.keep(None, locale if locale in LOCALES else LOCALES[0], author=me(request), fields=fields)
    return JsonResponse({"said": said_of_keeping(request), "others": "", "newer": False})


def _begin(request: HttpRequest) -> HttpResponse:
    writing = Writing.sent(request.POST)
    wanted = request.POST.get("topic", "")
    topic = Topic.objects.filter(pk=wanted).first() if wanted.isdigit() and len(wanted) < 10 else None
    if topic is None:
        writing.errors["topic"] = [_("Choose the topic under which readers will find it.")]
    if topic is None or writing.errors:
        return _form(request, writing, sent=request.POST, status=422)
    locale = request.POST.get("locale", "")
    kind = request.POST.get("kind", "")
    try:
        audience, segment = from_key(request.POST.get("audience", Audience.PUBLIC.value))
    except ValueError:
        writing.errors["audience"] = [_("Choose for whom it is.")]
        return _form(request, writing, sent=request.POST, status=422)
    article = Article.start(
        topic,
        by=me(request),
        kind=kind if kind in Article.Kind.values else Article.Kind.HOW_TO,
        audience=audience,
        segment=segment,
        original_locale=locale if locale in LOCALES else "",
    )
    article.give_to(me(request), by=me(request))
    article.write(
        article.original_locale,
        title=writing.title,
        html=writing.html,
        document=writing.document,
        slug=slug_of(writing.slug) if writing.slug else "",
        aliases=writing.aliases,
        by=me(request),
    )
    scratch.drop(None, "", author=me(request))
    return redirect("console:article", article.pk, article.original_locale)


def _form(
    request: HttpRequest,
    writing: Writing,
    *,
    sent: Mapping[str, str],
    unsaved: scratch.Scratch | None = None,
    status: int = 200,
) -> HttpResponse:
    viewer: Viewer = request.viewer
    topics = Topic.objects.listed().with_texts().select_related("product").prefetch_related("product__texts")
    named = sorted(
        (
            topic.product.position,
            topic.product.name(viewer.locale),
            topic.position,
            topic.pk,
            topic.name(viewer.locale),
        )
        for topic in topics
    )
    return show(
        request,
        "console/article_new.html",
        status=status,
        here="articles",
        writing=writing,
        topics=[(pk, f"{product} › {name}") for _place, product, _position, pk, name in named],
        kinds=kinds(),
        audiences=audiences(),
        sent=sent,
        unsaved=unsaved,
        **choices(viewer.locale),
    )


def kinds() -> list[tuple[str, str]]:
    return [
        (Article.Kind.HOW_TO, _("How to do something")),
        (Article.Kind.FAQ, _("Question and answer")),
        (Article.Kind.TROUBLESHOOTING, _("When something does not work")),
        (Article.Kind.POLICY, _("Rules and terms")),
        (Article.Kind.VIDEO, _("Film")),
        (Article.Kind.NEWS, _("News")),
    ]
