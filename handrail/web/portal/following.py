"""Following an article, a topic, a product or the news: asked for by anybody, wanted by a press in the mail, left by one."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from handrail.accounts.viewer import Viewer
from handrail.channels.own_addresses import refusal
from handrail.contacts.models import Person
from handrail.core.actors import SYSTEM
from handrail.knowledge.models import Article, Product, Topic
from handrail.knowledge.subscriptions import Subscription
from handrail.knowledge.telling import ask_to_confirm, name_of
from handrail.web.limits import address_of, take
from handrail.web.portal import addresses
from handrail.web.portal.locale import in_locale
from handrail.web.portal.page import Frame, show
from handrail.web.ui.jinja import query
from handrail.web.viewer import visitor_of
from handrail.workspace.locales import LOCALES

ASKED_AN_HOUR = 20
KINDS: dict[str, Any] = {"article": Article, "topic": Topic, "product": Product}


@never_cache
@in_locale
def ask(request: HttpRequest, locale: str) -> HttpResponse:
    """GET …/follow?article= (or topic, product; the news without one). POST {email}: the same answer for every address."""
    what = wanted(request)
    if request.method != "POST":
        return shown(request, locale, what)
    own = own_address(visitor_of(request))
    email = request.POST.get("email", "").strip() or own
    try:
        validate_email(email)
    except ValidationError:
        problem = _("Please check this address; there may be a letter missing.")
        return shown(request, locale, what, email=email[:254], problem=problem, status=400)
    if why := refusal(email):
        return shown(request, locale, what, email=email[:254], problem=why, status=400)
    if not take(f"{ASKED_AN_HOUR}/hour", "follow", address_of(request)).is_allowed:
        problem = _("Many addresses were given from here. Please try again in an hour.")
        return shown(request, locale, what, email=email, problem=problem, status=429)
    is_proved = bool(own) and email.lower() == own.lower()
    row = Subscription.ask(
        email, brand=request.brand, locale=locale, by=SYSTEM, is_proved=is_proved, **what  # type: ignore[attr-defined]
    )  # fmt: skip
    if row.is_to_be_asked:
        ask_to_confirm.using(dedupe_key=f"follow:{row.pk}").enqueue(row.pk)
    return shown(request, locale, what, sent=not is_proved, follows=is_proved, email=email)


def wanted(request: HttpRequest) -> dict[str, Any]:
    """What is to be followed, as far as the reader may see it. Raises Http404 for anything else."""
    asked = request.POST if request.method == "POST" else request.GET
    for name, kind in KINDS.items():
        number = asked.get(name, "")
        if not number:
            continue
        visible = kind.objects.visible_to(request.viewer)  # type: ignore[attr-defined]
        found = visible.filter(pk=number).first() if number.isdecimal() and len(number) < 18 else None
        if found is None:
            raise Http404
        return {name: found}
    return {}


def own_address(viewer: Viewer) -> str:
    """The proved address of a reader who signed in; "" for everybody else."""
    if viewer.person_id is None or not viewer.is_signed_in or viewer.only is not None:
        return ""
    person = Person.objects.prefetch_related("identities").get(pk=viewer.person_id)
    proved = [one for one in person.identities.all() if one.kind == "email" and one.assurance >= 2]
    return max(proved, key=lambda one: (one.assurance, -one.pk)).value if proved else ""


def shown(
    request: HttpRequest, locale: str, what: dict[str, Any], *, status: int = 200, **more: Any
) -> HttpResponse:
    fields = {name: row.pk for name, row in what.items()}
    row = Subscription(brand=request.brand, locale=locale, **what)  # type: ignore[attr-defined]
    context = {
        "email": own_address(visitor_of(request)),
        "problem": "",
        "sent": False,
        "follows": False,
        **more,
    }
    return show(
        request,
        "portal/follow.html",
        frame(locale, {code: query(f"/hc/{code}/follow", **fields) for code in LOCALES}),
        locale=locale,
        status=status,
        name=name_of(row),
        fields=fields,
        feed=feed_of(row, locale),
        back=back(row, locale),
        **context,
    )


@never_cache
@in_locale
def confirm(request: HttpRequest, locale: str, token: str) -> HttpResponse:
    """GET: the button. POST: it is wanted. Mail scanners open every link, so looking changes nothing."""
    row = Subscription.to_confirm(token)
    if row and request.method == "POST":
        row.confirm(by=SYSTEM)
    return pressed(request, locale, row, "confirm")


@csrf_exempt  # mail programs press it for their owner (RFC 8058); all it can do is stop mails of one thing
@never_cache
@in_locale
def leave(request: HttpRequest, locale: str, token: str) -> HttpResponse:
    """GET: the button. POST: no more mails of this."""
    row = Subscription.to_leave(token)
    if row and request.method == "POST":
        row.leave(by=SYSTEM)
    return pressed(request, locale, row, "leave")


def pressed(request: HttpRequest, locale: str, row: Subscription | None, act: str) -> HttpResponse:
    return show(
        request,
        "portal/follow_pressed.html",
        frame(locale, {code: request.path.replace(f"/hc/{locale}/", f"/hc/{code}/", 1) for code in LOCALES}),
        locale=locale,
        status=200 if row else 410,
        act=act,
        row=row,
        name=name_of(row) if row else "",
        is_done=request.method == "POST",
        back=back(row, locale) if row else addresses.home(locale),
    )


def frame(locale: str, switch: dict[str, str]) -> Frame:
    return Frame(path=f"/hc/{locale}/follow", switch=switch, robots="noindex")


def feed_of(row: Subscription, locale: str) -> str:
    """The feed that tells the same; an article's is that of its topic."""
    topic = row.topic or (row.article.topic if row.article else None)
    if topic:
        return f"/hc/{locale}/sections/{topic.pk}.atom"
    return f"/hc/{locale}/products/{row.product.pk}.atom" if row.product else f"/hc/{locale}/news.atom"


def back(row: Subscription, locale: str) -> str:
    if row.article:
        return f"/hc/{locale}/articles/{row.article.pk}"
    if row.topic:
        return addresses.topic(row.topic, locale)
    return addresses.product(row.product, locale) if row.product else addresses.home(locale)
