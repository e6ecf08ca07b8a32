"""The contact form: what it is about filled in, answers beside it while it is written, and nothing lost on the way."""

from __future__ import annotations

from dataclasses import replace

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from handrail.answers.asked_from import Page
from handrail.channels.own_addresses import refusal
from handrail.conversations.conversation import Conversation
from handrail.core.ids import random_id
from handrail.intake import form as intake
from handrail.intake.expect import expect
from handrail.intake.routing import mail_inbox, team_about
from handrail.knowledge.models import Article, Product
from handrail.web.limits import address_of, take
from handrail.web.portal import addresses
from handrail.web.portal.carried import Carried, carried
from handrail.web.portal.live import wants_json
from handrail.web.portal.locale import in_locale
from handrail.web.portal.offers import Offer, offers
from handrail.web.portal.page import Frame, in_every_locale, show
from handrail.web.portal.saying import TEXT_CHARS_MAX, Unsaid, client_id_of
from handrail.web.portal.scope import chosen
from handrail.web.portal.uploads import take_files
from handrail.web.viewer import begin_browser, visitor_of

SENT_A_MINUTE, SENT_AN_HOUR = 5, 30
ASKED_A_MINUTE = 90


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
        if why := refusal(address):
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
    if request.method != "POST":
        return shown(request, locale, form)
    if not form.is_valid():
        return shown(request, locale, form, status=400)
    if not allowed(request):
        form.add_error(
            None, _("That was a lot in a short time. Your words are kept here; send them again in a minute.")
        )
        return shown(request, locale, form, status=429)
    try:
        conversation = send(request, locale, form)
    except Unsaid as problem:
        form.add_error(None, str(problem))
        return shown(request, locale, form, status=400)
    path = f"{reverse('portal:request', args=[locale, conversation.pk])}?sent=1"
    return JsonResponse({"url": path}) if wants_json(request) else redirect(path)


def send(request: HttpRequest, locale: str, form: Enquiry) -> Conversation:
    """Open the request; pressed twice with one client_id, it is one."""
    viewer = replace(begin_browser(request), locale=locale)
    brought = carried(request)
    fields = form.cleaned_data
    inbox = mail_inbox(request.brand, brought.about)  # type: ignore[attr-defined]
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
    )
    if request.FILES:
        # Looked for before they are taken in: a second press brings the same ones again.
        if known := intake.find(enquiry, viewer):
            return known
        enquiry = replace(enquiry, files=take_files(request, by=intake.sender(enquiry, viewer)))
    return intake.send(enquiry, viewer, inbox=inbox)


def shown(request: HttpRequest, locale: str, form: Enquiry, *, status: int = 200) -> HttpResponse:
    """The form. Whatever was written stands in it again."""
    if status != 200 and wants_json(request):
        return JsonResponse(
            {"error": _("Please check the marked fields."), "fields": form.errors}, status=status
        )
    viewer = visitor_of(request)
    brought = carried(request)
    path = addresses.contact(locale)
    values = {name: form[name].value() or "" for name in form.fields}
    values.setdefault("email", "")
    if request.method != "POST":
        values["subject"] = brought.question
    inbox = mail_inbox(request.brand, brought.about)  # type: ignore[attr-defined]
    expected = expect(team_about(brought.about) or (inbox.team if inbox else None), channel="mail")
    products = Product.objects.visible_to(viewer).with_texts()
    return show(
        request,
        "portal/contact.html",
        Frame(
            path=path,
            languages=in_every_locale(path, locale),
            switch=in_every_locale(path, locale),
            carry=brought.fields,
            here="person",
        ),
        locale=locale,
        form=form,
        values=values,
        brought=brought,
        text=brought.text(locale),
        products=[(product.pk, product.name(locale)) for product in products],
        is_known=viewer.is_signed_in,
        expected=expected.sentence(locale=locale, zone=viewer.zone),
        offers=_offers(request, locale, brought) if request.method != "POST" else [],
        client_id=client_id_of(request) if request.method == "POST" else random_id(),
        status=status,
    )


@require_GET
@never_cache
@in_locale
def answers(request: HttpRequest, locale: str) -> JsonResponse:
    """GET …/requests/answers?query=&product= -> {"answers": [{article, title, url, text, provisional}]}, at most three."""
    if not take(f"{ASKED_A_MINUTE}/minute", "contact-answers", address_of(request)).is_allowed:
        return JsonResponse({"answers": []}, status=429)
    question = request.GET.get("query", "").replace("\0", "").strip()[:300]
    brand = request.brand.pk  # type: ignore[attr-defined]
    page = Page.of(None, chosen(request))
    found = offers(question, visitor_of(request), locale=locale, page=page, brand=brand)
    return JsonResponse({"answers": [offer.as_json() for offer in found]})


@require_POST
@never_cache
@in_locale
def solved(request: HttpRequest, locale: str) -> HttpResponse:
    """POST …/requests/solved {query, article}: an answer beside the form solved it. No request is opened."""
    viewer = visitor_of(request)
    number = request.POST.get("article", "")
    visible = Article.objects.visible_to(viewer).with_published()
    article = get_object_or_404(visible, pk=int(number) if number.isdecimal() and len(number) < 19 else 0)
    if allowed(request):
        question = request.POST.get("query", "").replace("\0", "").strip()[:300]
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


def allowed(request: HttpRequest) -> bool:
    """Whether this place may send one more now."""
    where = address_of(request)
    minute = take(f"{SENT_A_MINUTE}/minute", "contact", where).is_allowed
    return take(f"{SENT_AN_HOUR}/hour", "contact", where).is_allowed and minute


def _offers(request: HttpRequest, locale: str, brought: Carried) -> list[Offer]:
    """What may answer the question that was brought along: there before a word is typed, and without scripts."""
    if not brought.question:
        return []
    return offers(
        brought.question,
        visitor_of(request),
        locale=locale,
        page=Page.of(brought.article, brought.product),
        brand=request.brand.pk,  # type: ignore[attr-defined]
        without=brought.article,
    )
