"""The frame around a brand's mails: drawn in HTML and as text, tried as a draft, used, and given up for the built-in one."""

from __future__ import annotations

from typing import NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from handrail.channels.looks import ink_of
from handrail.channels.mail.framing import (
    HTML_LETTERS_MAX,
    TEXT_LETTERS_MAX,
    FrameRefused,
    names_in,
    taken_out,
    words_of,
)
from handrail.channels.models import Inbox, MailTemplate
from handrail.conversations.trial_mail import NotTried, sample, send_test_mail
from handrail.web.console.frame import me, show
from handrail.web.console.portal import brand_of
from handrail.workspace.locales import LOCALES
from handrail.workspace.models import Brand
from handrail.workspace.portal import shown

# Pictures come from the brand's own servers, as in the mail; nothing in the frame may run, send or lead the page away.
POLICY = (
    "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' https: http:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
# What a manager begins with: the built-in frame, written with placeholders.
BEGINNING = """<div style="max-width:40em">
<p style="margin:0 0 24px;padding:0 0 12px;border-bottom:3px solid {ink};font-size:18px;font-weight:600;color:{ink}">{{{{logo}}}}</p>
{{{{content}}}}
{{{{signature}}}}
{{{{person}}}}
{{{{history}}}}
</div>"""


class Sheet(NamedTuple):
    """One language: `html` and `text` as they stand in the fields, `row` as it is kept, `said` the text part of the sample."""

    locale: str
    row: MailTemplate
    html: str
    text: str
    derived: str
    said: str
    problem: str = ""


def page(request: HttpRequest, brand: int) -> HttpResponse:
    """GET /console/brands/<id>/mail"""
    return render(request, brand_of(request, brand))


@require_POST
def keep(request: HttpRequest, brand: int, locale: str) -> HttpResponse:
    """POST html, text with draw (a draft, shown below), test (a draft and a mail of it to oneself) or use (for every mail); or
    usual: the built-in frame again."""
    row = brand_of(request, brand)
    template, by = MailTemplate.of(row, locale), me(request)
    if "usual" in request.POST:
        template.give_up(by=by)
        messages.success(request, _("The built-in frame is used again. Yours stays here as a draft."))
        return _back(row, locale)
    html, text = request.POST.get("html", ""), request.POST.get("text", "")
    try:
        template.draw(html, text, by=by)
        if "use" in request.POST:
            template.use(by=by)
    except FrameRefused as why:
        return render(request, row, locale, html=html, text=text, problem=_with_names(str(why), locale))
    if gone := taken_out(html, template.draft_html):
        words = _("Taken out, because mail programs or we do not take it: %(what)s.")
        messages.warning(request, words % {"what": ", ".join(gone)})
    if "test" in request.POST:
        return _test(request, row, template)
    messages.success(
        request,
        _("Mails leave in this frame from now on.")
        if "use" in request.POST
        else _("The draft is kept. Mails leave as before."),
    )
    return _back(row, locale)


@xframe_options_sameorigin
def sample_html(request: HttpRequest, brand: int, locale: str) -> HttpResponse:
    """GET …/mail/<locale>/sample: the HTML part of a sample in the draft's frame, for a frame that runs nothing."""
    row = brand_of(request, brand)
    draft = MailTemplate.of(row, locale).draft
    _text, html = sample(row, to=me(request), locale=locale, frame=draft)
    response = HttpResponse(html)
    response["Content-Security-Policy"] = POLICY
    response["Referrer-Policy"] = "no-referrer"
    return response


def render(
    request: HttpRequest, brand: Brand, tried: str = "", *, html: str = "", text: str = "", problem: str = ""
) -> HttpResponse:
    """The page; what could not be kept of the language `tried` stands in its fields again, below the problem."""
    typed = {tried: (html, text, problem)} if tried else {}
    return show(
        request,
        "console/mail_templates.html",
        status=422 if problem else 200,
        here="brands",
        brand=brand,
        sheets=[_sheet(request, brand, locale, *typed.get(locale, ())) for locale in LOCALES],
        names={locale: _placeholders(locale) for locale in LOCALES},
        most={"html": HTML_LETTERS_MAX, "text": TEXT_LETTERS_MAX},
        mailbox=Inbox.objects.mail_for(brand),
        problem=problem,
    )


def _sheet(
    request: HttpRequest, brand: Brand, locale: str, html: str = "", text: str = "", problem: str = ""
) -> Sheet:
    row = MailTemplate.of(brand, locale)
    draft = row.draft
    said, _html = sample(brand, to=me(request), locale=locale, frame=draft)
    if not problem:
        html = draft.html if draft else BEGINNING.format(ink=ink_of(shown(brand).hue))
        text = draft.text if draft else ""
    return Sheet(locale, row, html, text, words_of(html), said, problem)


def _test(request: HttpRequest, brand: Brand, template: MailTemplate) -> HttpResponse:
    inbox, user = Inbox.objects.mail_for(brand), me(request)
    if inbox is None:
        messages.warning(request, _("There is no mailbox a test mail could leave from. Make one first."))
        return _back(brand, template.locale)
    try:
        send_test_mail(inbox, to=user, locale=template.locale, brand=brand, frame=template.draft)
    except NotTried as why:
        messages.warning(request, str(why))
    else:
        messages.success(request, _("A test mail is on its way to %(address)s.") % {"address": user.email})
    return _back(brand, template.locale)


def _back(brand: Brand, locale: str) -> HttpResponse:
    return redirect(f"{reverse('console:mail-templates', args=[brand.pk])}#mail-{locale}")


def _placeholders(locale: str) -> list[tuple[str, str]]:
    """(placeholder, what stands there), in the reader's language by the names of the mail's."""
    meaning = {
        "content": _("the words of the mail, with pictures and articles; needed"),
        "signature": _("the signature of the colleague or the mailbox"),
        "person": _("the link back to the request, or to a person under an automatic mail"),
        "history": _("the message that is answered, where it is quoted"),
        "logo": _("the published logo, or the name"),
        "brand": _("the name of the brand"),
        "site": _("the address of its help centre"),
    }
    return [("{{" + written + "}}", meaning[name]) for written, name in names_in(locale).items()]


def _with_names(problem: str, locale: str) -> str:
    known = " ".join("{{" + name + "}}" for name in names_in(locale))
    return f"{problem} {_('There are: %(known)s') % {'known': known}}"
