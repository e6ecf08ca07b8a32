"""Saving what was written, and the step somebody takes with it in the same press."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from handrail.accounts.models import User
from handrail.core.html import clean
from handrail.knowledge import scratch
from handrail.knowledge.block_uses import names_of_blocks
from handrail.knowledge.difference import difference, runs
from handrail.knowledge.models import Article, Revision, Translation
from handrail.knowledge.reviewing import WRITING
from handrail.knowledge.slugs import slug_of
from handrail.knowledge.stages import OutOfOrder
from handrail.knowledge.steps import Step, steps
from handrail.knowledge.undescribed import undescribed
from handrail.web.console.article_fetch import fetch, text_of
from handrail.web.console.article_page import page, render
from handrail.web.console.article_translation import translated_from
from handrail.web.console.frame import me
from handrail.web.console.writing import Writing


class Refused(ValueError):
    """A step that cannot be taken; the message says why and what to do, in the reader's language."""


def article(request: HttpRequest, pk: int, locale: str) -> HttpResponse:
    """GET its page. POST title, html, slug, aliases, base and perhaps `then` (a step): saves, then takes the step."""
    if request.method != "POST":
        return page(request, pk, locale)
    one = fetch(request, pk)
    writing = Writing.sent(request.POST)
    if writing.errors:
        return render(request, one, locale, writing=writing, status=422)
    text, then = text_of(one, locale), request.POST.get("then", "")
    newest = text.newest.number if text and text.newest else 0
    if writing.differs_from(text):
        if newest != writing.base and text is not None:
            return conflict(request, one, text, writing)
        save(one, locale, writing, by=me(request), translated_from=translated_from(request, one))
        scratch.drop(one, locale, author=me(request))
        if not then:
            messages.success(request, _("Saved. Readers see it once it is published."))
    try:
        take(request, one, locale, then)
    except Refused as refused:
        return render(request, fetch(request, pk), locale, writing=writing, trouble=str(refused), status=422)
    return redirect(
        "console:article-translation" if request.POST.get("from") else "console:article", pk, locale
    )


def save(
    one: Article, locale: str, writing: Writing, *, by: User, translated_from: Revision | None = None
) -> None:
    """A new revision of the text as it was written; of a translation, with the state of the original beside it."""
    one.write(
        locale,
        title=writing.title,
        html=writing.html,
        document=writing.document,
        slug=slug_of(writing.slug) if writing.slug else "",
        aliases=writing.aliases,
        translated_from=translated_from,
        by=by,
    )


def conflict(request: HttpRequest, one: Article, text: Translation, writing: Writing) -> HttpResponse:
    """Somebody saved meanwhile: both texts are shown, nothing is lost, and saving once more is the author's decision."""
    newest = text.newest
    assert newest is not None  # there was something to conflict with
    scratch.keep(one, text.locale, author=me(request), fields=writing.as_typed(), base=newest.number)
    states = (newest.whole, clean(writing.html, profile="article"))
    mine = runs(difference(*states, names=names_of_blocks(*states)))
    writing.base = newest.number
    return render(
        request,
        one,
        text.locale,
        writing=writing,
        trouble=_(
            "Somebody saved this text while you were writing. Yours is in the form below and not saved yet."
        ),
        mine=mine,
        status=409,
    )


@require_POST
def step(request: HttpRequest, pk: int, locale: str) -> HttpResponse:
    """POST step, and what it needs (text, reviewer, at): takes it with the text as it is saved."""
    one = fetch(request, pk)
    try:
        take(request, one, locale, request.POST.get("step", ""))
    except Refused as refused:
        return render(request, fetch(request, pk), locale, trouble=str(refused), status=422)
    return redirect("console:article", pk, locale)


@transaction.atomic
def take(request: HttpRequest, one: Article, locale: str, wanted: str) -> None:
    """Take a step, if it may be taken. Raises Refused; nothing happens for an empty one."""
    if not wanted:
        return
    text = text_of(one, locale)
    user: User = me(request)
    allowed = steps(text, request.viewer) if text else []
    if text and wanted == Step.PUBLISH and text.stage in WRITING and wanted not in allowed:
        raise Refused(
            _("What you wrote is saved. A reviewer approves it before it is published: ask for a review.")
        )
    if text is None or wanted not in allowed:
        raise Refused(
            _("This cannot be done with the text as it stands now. Look at its state and try again.")
        )
    try:
        _take(Step(wanted), text, request, user)
    except OutOfOrder:
        raise Refused(_("A colleague was quicker: the text stands differently now.")) from None
    messages.success(request, taken(Step(wanted)))
    if wanted in {Step.ASK, Step.APPROVE, Step.PUBLISH, Step.SCHEDULE}:
        _warn_of_pictures(request, text)


def _warn_of_pictures(request: HttpRequest, text: Translation) -> None:
    """The step is taken all the same: a text is never held up, or lost, for a description."""
    open_ones = undescribed(text.newest.whole) if text.newest else []
    if open_ones:
        said = ngettext(
            "%(num)s picture is not described. Its place is listed under “State”.",
            "%(num)s pictures are not described. Their places are listed under “State”.",
            len(open_ones),
        )
        messages.warning(request, said % {"num": len(open_ones)})


def taken(step: Step) -> str:
    """What is said once a step was taken."""
    said = {
        Step.ASK: _("A review is asked for. Whoever may review finds it among their tasks."),
        Step.CHANGES: _("Sent back. The author finds your words among their tasks."),
        Step.APPROVE: _("Approved. It can be published now or at a time of your choice."),
        Step.PUBLISH: _("Published. Readers see it from their next page on."),
        Step.SCHEDULE: _("Scheduled. It appears by itself at that time."),
        Step.UNSCHEDULE: _("The schedule is gone. The text stays approved."),
        Step.WITHDRAW: _("Taken back. Readers don't find it any more; its words are kept as a draft."),
    }
    return said[step]


def _take(wanted: Step, text: Translation, request: HttpRequest, user: User) -> None:
    said = request.POST.get("text", "").replace("\0", "")[:4000]
    if wanted == Step.ASK:
        text.ask_for_review(by=user, reviewer=_reviewer(request))
        text.remark(said, by=user)
    elif wanted == Step.CHANGES:
        if not said.strip():
            raise Refused(_("Say what should change, so that the author knows what to do."))
        text.request_changes(said, by=user)
    elif wanted == Step.APPROVE:
        text.approve(by=user, text=said)
    elif wanted == Step.PUBLISH:
        text.publish(by=user)
    elif wanted == Step.SCHEDULE:
        _schedule(text, request, user)
    elif wanted == Step.UNSCHEDULE:
        text.unschedule(by=user)
    else:
        text.withdraw(by=user)


def _schedule(text: Translation, request: HttpRequest, user: User) -> None:
    try:
        moment = datetime.fromisoformat(request.POST.get("at", ""))
    except ValueError:
        raise Refused(_("Choose the day and time at which it should appear.")) from None
    zone = ZoneInfo(request.viewer.zone)
    try:
        text.schedule(moment if moment.tzinfo else moment.replace(tzinfo=zone), by=user)
    except OutOfOrder:
        raise
    except ValueError:
        raise Refused(_("That moment has passed. Choose a later one, or publish it now.")) from None


def _reviewer(request: HttpRequest) -> User | None:
    wanted = request.POST.get("reviewer", "")
    return User.objects.staff().filter(pk=wanted).first() if wanted.isdigit() and len(wanted) < 10 else None
