"""Reusable blocks: their list, their writing page, and where each of them stands."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.contacts.segments import Segment
from handrail.core.alphabetical import Alphabetical
from handrail.knowledge.audiences import Audience, from_key, key_of
from handrail.knowledge.block_places import Use, uses_of
from handrail.knowledge.blocks import NAME_CHARS_MAX, BlockInItself
from handrail.knowledge.models import Block, BlockRemark, BlockText
from handrail.knowledge.steps import may_publish_unreviewed, may_show_block_to
from handrail.web.console.article_list import language
from handrail.web.console.block_fetch import REMARKS_SHOWN, fetch
from handrail.web.console.for_whom import audiences
from handrail.web.console.frame import me, show
from handrail.web.console.writing import Writing, document_of
from handrail.workspace.locales import LOCALES, best


@dataclass(frozen=True)
class Line:
    """One block of the list: how each language stands, and in how many texts it is."""

    block: Block
    texts: list[tuple[str, BlockText | None]]
    places: int


@dataclass(frozen=True)
class Place:
    """A text the block stands in, with the page where it is written."""

    name: str
    url_name: str
    pk: int
    locale: str
    is_published: bool


def blocks(request: HttpRequest) -> HttpResponse:
    """GET /console/blocks?query="""
    words = request.GET.get("query", "").replace("\0", "").strip()[:100]
    found = (
        Block.objects.editable_by(request.viewer)
        .named(words)
        .with_places()
        .with_texts()
        .order_by(Alphabetical("name"))
    )
    return show(
        request,
        "console/blocks.html",
        here="blocks",
        lines=[_line(one) for one in found],
        query=words,
        names=dict(audiences()),
    )


def new(request: HttpRequest) -> HttpResponse:
    """GET the form. POST name, audience: begins a block and goes on to its writing page."""
    if request.method != "POST":
        return _form(request, [])
    name = _name(request)
    if not name:
        return _form(request, [_("Give the block a name; authors look for it by that.")], status=422)
    try:
        with transaction.atomic():
            audience, segment = _audience(request)
            # Nobody is to see it before it is known for whom it is.
            block = Block.start(name, audience=Audience.AGENTS if segment else audience, by=me(request))
            if segment:
                block.show_to(audience, segment=segment, by=me(request))
    except IntegrityError:
        return _form(request, [_taken(name)], status=422)
    return redirect("console:block", block.pk, request.viewer.locale)


def block(request: HttpRequest, pk: int, locale: str) -> HttpResponse:
    """GET its writing page. POST html, document and perhaps then=publish, reach: saves, then publishes to whom it was said."""
    one = fetch(request, pk)
    if request.method != "POST":
        return render(request, one, locale)
    writing = Writing.sent(request.POST)
    if "html" in writing.errors:
        return render(request, one, locale, writing=writing, status=422)
    try:
        one.write(locale, html=writing.html, document=writing.document, by=me(request))
    except BlockInItself as refused:
        writing.errors["html"] = [str(refused)]
        return render(request, one, locale, writing=writing, status=422)
    if not may_publish_unreviewed(request.viewer):
        messages.success(request, _("Saved. A reviewer finds it among their tasks and publishes it."))
    elif request.POST.get("then") == "publish":
        text = one.texts.select_related("block").get(locale=locale)
        if request.POST.get("reach", one.audience_key) != text.reach:
            messages.warning(
                request, _("Saved. It now asks for other readers: see the changes, and publish there.")
            )
            return redirect("console:block-difference", pk, locale)
        text.publish(by=me(request))
        messages.success(request, _("Published. Every article with this block shows the new words."))
    else:
        messages.success(request, _("Saved. Readers see it once it is published."))
    return redirect("console:block", pk, locale)


@require_POST
def care(request: HttpRequest, pk: int, locale: str) -> HttpResponse:
    """POST name, audience, shown (the audience that was chosen before): changes what differs, at once and in every article.
    What an author may not do at once waits as a wish of the draft."""
    one = fetch(request, pk)
    name = _name(request)
    try:
        with transaction.atomic():
            if name and name != one.name:
                one.rename(name, by=me(request))
            waits = _settle_audience(request, one, locale)
    except IntegrityError:
        return render(request, fetch(request, pk), locale, trouble=_taken(name), status=422)
    if waits:
        messages.success(
            request,
            _("More people would read it, so that waits with the draft until a reviewer publishes it."),
        )
    else:
        messages.success(request, _("Changed in every article with this block."))
    return redirect("console:block", pk, locale)


def _settle_audience(request: HttpRequest, one: Block, locale: str) -> bool:
    """Whether it waits for a reviewer."""
    audience, segment = _audience(request)
    key = key_of(audience, segment.pk if segment else None)
    if key == request.POST.get("shown", one.audience_key):
        return False
    if key == one.audience_key:
        one.take_wish_back(by=me(request))
        return False
    if may_show_block_to(one, key, request.viewer):
        one.show_to(audience, segment=segment, by=me(request))
        return False
    texts = sorted(one.texts.all(), key=lambda text: (text.locale != locale, not text.published_id))
    written = next(
        text for text in texts if text.newest
    )  # something is published, or it would not have to wait
    one.wish_for(audience, segment=segment, locale=written.locale, by=me(request))
    return True


@require_POST
def withdraw(request: HttpRequest, pk: int, locale: str) -> HttpResponse:
    """POST: no article shows this language of the block any more; the words stay as a draft."""
    one = fetch(request, pk)
    if text := one.texts.filter(locale=locale).first():
        text.withdraw(by=me(request))
        messages.success(request, _("Taken back. Its words are kept as a draft."))
    return redirect("console:block", pk, locale)


def render(
    request: HttpRequest,
    one: Block,
    locale: str,
    *,
    writing: Writing | None = None,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    texts = {text.locale: text for text in one.texts.all()}
    text = texts.get(locale)
    return show(
        request,
        "console/block.html",
        status=status,
        here="blocks",
        block=one,
        language=locale,
        text=text,
        tabs=[(code, language(code), texts.get(code)) for code in LOCALES],
        writing=writing or _writing(text),
        may_publish=may_publish_unreviewed(request.viewer),
        stands_in=[_place(use, request.viewer.locale) for use in uses_of(one, request.viewer)],
        audiences=audiences(),
        wish=one.wanted_audience,
        changed=any(each.draft_id for each in texts.values()),
        remarks=_remarks(text) if text and text.is_returned else [],
        trouble=trouble,
    )


def _remarks(text: BlockText) -> list[BlockRemark]:
    return list(text.remarks.select_related("author").order_by("-pk")[:REMARKS_SHOWN])[::-1]


def _writing(text: BlockText | None) -> Writing:
    newest = text.newest if text else None
    return Writing(html=newest.whole, document=document_of(newest)) if newest else Writing()


def _line(one: Block) -> Line:
    texts = {text.locale: text for text in one.texts.all()}
    return Line(one, [(code, texts.get(code)) for code in LOCALES], one.places)  # type: ignore[attr-defined]


def _place(use: Use, locale: str) -> Place:
    if use.inside is not None:
        return Place(use.inside.name, "console:block", use.inside.pk, use.locale, use.is_published)
    assert use.article is not None  # a use is in one or the other
    text = best(list(use.article.translations.all()), use.locale)
    return Place(
        text.title if text else str(use.article),
        "console:article",
        use.article.pk,
        use.locale,
        use.is_published,
    )


def _form(request: HttpRequest, errors: list[str], *, status: int = 200) -> HttpResponse:
    return show(
        request,
        "console/block_new.html",
        status=status,
        here="blocks",
        errors=errors,
        audiences=audiences(),
        sent=request.POST,
    )


def _name(request: HttpRequest) -> str:
    return " ".join(request.POST.get("name", "").replace("\0", "").split())[:NAME_CHARS_MAX]


def _audience(request: HttpRequest) -> tuple[str, Segment | None]:
    """The audience that was chosen; the narrowest for one that is none."""
    try:
        return from_key(request.POST.get("audience", ""))
    except ValueError:
        return Audience.AGENTS, None


def _taken(name: str) -> str:
    return _("Another block is called “%(name)s”. Choose another name, or change that block.") % {
        "name": name
    }
