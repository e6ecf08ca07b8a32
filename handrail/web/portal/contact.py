"""The contact form: what it is about filled in, answers beside it while it is written, and nothing lost on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from handrail.accounts.viewer import Viewer
from handrail.answers.asked_from import Page
from handrail.channels.own_addresses import OwnAddress, unread
from handrail.conversations.conversation import Conversation
from handrail.conversations.expect import Expectation, expect
from handrail.conversations.filling import Filled
from handrail.core.ids import random_id
from handrail.intake import form as intake
from handrail.intake.routing import mail_inbox, team_about
from handrail.knowledge.models import Article, Product
from handrail.web.asking import PREFIX
from handrail.web.limits import address_of, look, take
from handrail.web.portal import addresses
from handrail.web.portal.carried import Carried, carried
from handrail.web.portal.live import wants_json
from handrail.web.portal.locale import in_locale
from handrail.web.portal.offers import Offer, offers
from handrail.web.portal.page import Frame, in_every_locale, show
from handrail.web.portal.posted import posted_from
from handrail.web.portal.request_forms import (
    Picked,
    boxes,
    filled,
    is_gone,
    not_offered,
    picked,
    put_aside,
)
from handrail.web.portal.saying import (
    TEXT_CHARS_MAX,
    Unsaid,
    client_id_of,
    too_often,
    unsaid_where_nothing_is_kept,
)
from handrail.web.portal.uploads import choose_again, names_of, take_files
from handrail.web.portal.zones import reader_zone, zone_of
from handrail.web.viewer import begin_browser, visitor_of

SENT = ("5/minute", "30/hour")  # accepted ones
TRIED_A_MINUTE = 60  # whatever comes of them
SOLVED_A_MINUTE, SOLVED_AN_HOUR = 5, 30
ASKED_A_MINUTE = 90
WORDS_CHARS_MAX = 700  # of the message, beside its subject


class Enquiry(forms.Form):
    """Each message says what to do, not what was wrong."""

    email = forms.EmailField(
        max_length=254,
        error_messages={
            "required": gettext_lazy("Leave an address, so that our answer reaches you."),
            "invalid": gettext_lazy("Please check this address; there may be a letter missing."),
        },
    )
    name = forms.CharField(max_length=120, required=False)
    product = forms.CharField(max_length=18, required=False)
    subject = forms.CharField(
        max_length=200, error_messages={"required": gettext_lazy("Say in a few words what it is about.")}
    )
    text = forms.CharField(
        max_length=TEXT_CHARS_MAX,
        error_messages={"required": gettext_lazy("Tell us what happened; one sentence is enough.")},
    )
    # People don't see it; what fills in every field does.
    website = forms.CharField(required=False)

    def __init__(self, *args: object, is_known: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if is_known:
            del self.fields["email"], self.fields["name"]

    def clean_email(self) -> str:
        address: str = self.cleaned_data["email"]
        if why := unread(address):
            raise forms.ValidationError(why)
        return address

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("That did not go out. Please press “Send” once more."))
        return ""


@never_cache
@in_locale
def page(request: HttpRequest, locale: str) -> HttpResponse:
    """GET and POST /hc/<locale>/requests/new?product=&article=&question=&tried=&step=&page="""
    viewer = visitor_of(request)
    form = Enquiry(request.POST if request.method == "POST" else None, is_known=viewer.is_signed_in)
    which = picked(request, carried(request))
    if request.method != "POST":
        return shown(request, locale, form, which)
    flood = take(f"{TRIED_A_MINUTE}/minute", "contact-tried", address_of(request))
    if flood.is_allowed and "choose" in request.POST:
        return shown(request, locale, form, which, is_asked_anew=True)
    said = filled(request, which)
    if flood.is_allowed and not is_gone(request, which) and not (form.is_valid() and not said.problems):
        return shown(request, locale, form, which, said.problems, status=400)
    try:
        if not flood.is_allowed:
            raise too_often(flood, text=request.POST.get("text", ""))
        if is_gone(request, which):
            raise not_offered()
        with unsaid_where_nothing_is_kept(request):
            conversation = send(request, locale, form, which, said)
    except OwnAddress as own:
        form.add_error("email", str(own))
        return shown(request, locale, form, which, status=400)
    except Unsaid as problem:
        form.add_error(None, str(problem))
        return shown(request, locale, form, which, status=problem.status)
    path = f"{reverse('portal:request', args=[locale, conversation.pk])}?sent=1"
    return JsonResponse({"url": path}) if wants_json(request) else redirect(path)


def send(request: HttpRequest, locale: str, form: Enquiry, which: Picked, said: Filled) -> Conversation:
    """Open the request; pressed twice with one client_id, it is one."""
    viewer = replace(begin_browser(request), locale=locale)
    brought = carried(request)
    fields = form.cleaned_data
    inbox = mail_inbox(request.brand, brought.about, form=which.form)  # type: ignore[attr-defined]
    if inbox is None:
        raise Unsaid(_("We cannot be written to by mail here just now. Please use the chat."))
    enquiry = intake.Enquiry(
        subject=fields["subject"],
        text=fields["text"],
        client_id=client_id_of(request),
        address=fields.get("email", ""),
        name=fields.get("name", ""),
        about=brought.about,
        tried=brought.tried(locale),
        form=which.form,
        values=said.values,
        brand=request.brand.pk,  # type: ignore[attr-defined]
        zone=zone_of(request),
    )
    # A second press is the same request: it takes in no file again and counts for nothing.
    if known := intake.find(enquiry, viewer):
        return known
    where = address_of(request)
    refused = [one for rate in SENT if not (one := look(rate, "contact", where)).is_allowed]
    if refused:
        raise too_often(max(refused, key=lambda one: one.seconds), text=enquiry.text)
    if request.FILES:
        enquiry = replace(enquiry, files=take_files(request, by=intake.sender(enquiry, viewer)))
    conversation = intake.send(enquiry, viewer, inbox=inbox)
    for rate in SENT:
        take(rate, "contact", where)
    return conversation


def said_above(form: Enquiry, errors: Mapping[str, Sequence[object]]) -> str:
    """The sentence above a form that came back; "" where nothing is wrong. The hidden field can be marked for nobody."""
    if own := form.non_field_errors() or errors.get("website"):
        return " ".join(map(str, own))
    return _("Almost there: please look at the marked fields.") if errors else ""


def problems_json(
    form: Enquiry, errors: Mapping[str, Sequence[object]], *, status: int, asks_anew: bool
) -> JsonResponse:
    """{"error": one sentence, "fields": {name: [sentences]}, "asks_anew": whether another kind of request is asked now}"""
    told = {"error": said_above(form, errors), "fields": errors, "asks_anew": asks_anew}
    return JsonResponse(told, status=status)


def shown(
    request: HttpRequest,
    locale: str,
    form: Enquiry,
    which: Picked,
    problems: Mapping[str, str] | None = None,
    *,
    status: int = 200,
    is_asked_anew: bool = False,
) -> HttpResponse:
    """The form. Whatever was written stands in it again.

    is_asked_anew  another kind of request was chosen: nothing is sent, so nothing is wrong yet
    """
    errors = _errors(form, problems or {})
    if status != 200 and wants_json(request):
        return problems_json(form, errors, status=status, asks_anew=is_gone(request, which))
    viewer = visitor_of(request)
    brought = carried(request)
    path = addresses.contact(locale)
    values = {"email": "", **{name: form[name].value() or "" for name in form.fields}}
    if request.method != "POST":
        values["subject"] = brought.question
    products = offered(viewer, brought.product)
    languages = in_every_locale(path, locale)
    return show(
        request,
        "portal/contact.html",
        Frame(path=path, languages=languages, switch=languages, carry=brought.fields, here="person"),
        locale=locale,
        errors={} if is_asked_anew else errors,
        said="" if is_asked_anew else said_above(form, errors),
        to_choose_again=choose_again(names_of(request)),
        values=values,
        which=which,
        boxes=boxes(request, which, problems or {}, locale=locale),
        put_aside=put_aside(request, which),
        brought=brought,
        text=brought.text(locale),
        products=[(product.pk, product.name(locale)) for product in products],
        is_known=viewer.is_signed_in,
        expected=_expected(request, brought, which).sentence(
            locale=locale, zone=reader_zone(request, viewer)
        ),
        offers=_offers(request, locale, brought, subject=values["subject"], text=values["text"]),
        client_id=client_id_of(request) if request.method == "POST" else random_id(),
        status=status,
    )


def _errors(form: Enquiry, problems: Mapping[str, str]) -> dict[str, Sequence[object]]:
    """Of the form's own fields and of those its kind of request asks."""
    return {**form.errors, **{f"{PREFIX}{key}": [said] for key, said in problems.items()}}


def offered(viewer: Viewer, brought: Product | None) -> list[Product]:
    """What a need can be about: every product that is listed, and the one somebody comes from."""
    listed = list(Product.objects.visible_to(viewer).listed().with_texts())
    return listed if brought is None or brought in listed else [*listed, brought]


def _expected(request: HttpRequest, brought: Carried, which: Picked) -> Expectation:
    """When somebody can be expected to answer what is about to be sent."""
    inbox = mail_inbox(request.brand, brought.about, form=which.form)  # type: ignore[attr-defined]
    team = (which.form.team if which.form else None) or team_about(brought.about)
    return expect(team or (inbox.team if inbox else None), channel="mail")


@require_POST
@never_cache
@in_locale
def answers(request: HttpRequest, locale: str) -> JsonResponse:
    """POST …/requests/answers {subject, text, product, article} -> {"answers": [{article, title, url, text, provisional}]}, at
    most three, none of them the article read before. Posted, as what somebody is still writing has no place in an address."""
    if not take(f"{ASKED_A_MINUTE}/minute", "contact-answers", address_of(request)).is_allowed:
        return JsonResponse({"answers": []}, status=429)
    subject, text = (request.POST.get(name, "") for name in ("subject", "text"))
    found = _offers(request, locale, carried(request), subject=subject, text=text)
    return JsonResponse({"answers": [offer.as_json() for offer in found]})


@posted_from("portal:contact")
@never_cache
@in_locale
def solved(request: HttpRequest, locale: str) -> HttpResponse:
    """POST …/requests/solved {query, article}: an answer beside the form solved it. No request is opened."""
    viewer = visitor_of(request)
    number = request.POST.get("article", "")
    visible = Article.objects.visible_to(viewer).with_published()
    article = get_object_or_404(visible, pk=int(number) if number.isdecimal() and len(number) < 19 else 0)
    if _may_solve(request):
        question = "\n".join(filter(None, (_asked(request, name) for name in ("subject", "text"))))
        intake.solved_by(article, question, viewer, locale=locale, brand=request.brand.pk)
    if wants_json(request):
        return JsonResponse({"solved": True})
    path = addresses.contact(locale)
    frame = Frame(path=path, switch=in_every_locale(path, locale), robots="noindex", here="answer")
    return show(
        request,
        "portal/contact_solved.html",
        frame,
        locale=locale,
        article=article,
        text=article.published(locale),
    )


def _may_solve(request: HttpRequest) -> bool:
    """Whether what solves it here is kept: each is a lesson, and no place gives many at once."""
    where = address_of(request)
    rates = (f"{SOLVED_A_MINUTE}/minute", f"{SOLVED_AN_HOUR}/hour")
    return all(take(rate, "contact-solved", where).is_allowed for rate in rates)


def _asked(request: HttpRequest, name: str) -> str:
    return _as_question(request.POST.get(name, ""))


def _as_question(words: str) -> str:
    """With its spaces as people mean them, and no longer than a question is read."""
    return " ".join(words.replace("\0", "").split())[:WORDS_CHARS_MAX]


def _offers(request: HttpRequest, locale: str, brought: Carried, *, subject: str, text: str) -> list[Offer]:
    """What may answer what stands in the form: there before a word is typed, and without scripts, and the same while typing."""
    return offers(
        _as_question(subject),
        visitor_of(request),
        text=_as_question(text),
        locale=locale,
        page=Page.of(brought.article, brought.product),
        brand=request.brand.pk,  # type: ignore[attr-defined]
        without=[brought.article.pk] if brought.article else (),
    )
