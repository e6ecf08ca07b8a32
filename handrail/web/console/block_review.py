"""A block under review: what its drafts would change for readers, and a reviewer's word on each."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.knowledge.block_places import uses_of
from handrail.knowledge.block_uses import names_of_blocks
from handrail.knowledge.difference import Run, difference, runs
from handrail.knowledge.models import Block, BlockRemark, BlockText
from handrail.knowledge.stages import OutOfOrder
from handrail.knowledge.steps import may_publish_unreviewed
from handrail.web.console.article_list import language
from handrail.web.console.block_fetch import REMARKS_SHOWN, fetch
from handrail.web.console.for_whom import audiences
from handrail.web.console.frame import me, show
from handrail.workspace.locales import LOCALES

WORDS_MOST = 4000


@dataclass(frozen=True)
class Changed:
    """One language of a block whose draft differs from what readers have, or that they have nothing of."""

    text: BlockText
    language: str
    runs: list[Run]
    changes: int
    opens: bool
    remarks: list[BlockRemark]
    may_judge: bool


def compare(request: HttpRequest, pk: int, locale: str) -> HttpResponse:
    """GET: every language with a draft beside what articles show of it now, the address's own first."""
    return render(request, fetch(request, pk), locale)


@require_POST
@transaction.atomic
def judge(request: HttpRequest, pk: int, locale: str) -> HttpResponse:
    """POST step=publish or changes, text for its author; number of the draft that was read and reach, whom it was said to
    reach."""
    one = fetch(request, pk)
    # Held from what was read on: nobody's later words are published by it.
    text = one.texts.select_for_update().filter(locale=locale).first()
    if text is None or not may_publish_unreviewed(request.viewer):  # type: ignore[attr-defined]
        raise Http404
    read = (request.POST.get("number"), request.POST.get("reach"))
    if text.draft is None or read != (str(text.draft.number), text.reach):
        return render(request, one, locale, trouble=_moved_on(), status=422)
    if request.POST.get("step") == "publish":
        text.publish(by=me(request))
        messages.success(request, _("Published. Every article with this block shows the new words."))
    else:
        words = request.POST.get("text", "").replace("\0", "")[:WORDS_MOST]
        if not words.strip():
            said = _("Say what should change, so that the author knows what to do.")
            return render(request, one, locale, trouble=said, status=422)
        try:
            text.send_back(words, by=me(request))
        except OutOfOrder:
            return render(request, fetch(request, pk), locale, trouble=_moved_on(), status=422)
        messages.success(request, _("Sent back. The author finds your words among their tasks."))
    waits = any(each.is_waiting for each in fetch(request, pk).texts.all())
    return redirect("console:block-difference" if waits else "console:block", pk, locale)


def render(
    request: HttpRequest, one: Block, locale: str, *, trouble: str = "", status: int = 200
) -> HttpResponse:
    viewer = request.viewer  # type: ignore[attr-defined]
    texts = {text.locale: text for text in one.texts.all() if text.draft_id}
    order = sorted((code for code in LOCALES if code in texts), key=lambda code: code != locale)
    return show(
        request,
        "console/block_difference.html",
        status=status,
        here="blocks",
        block=one,
        language=locale,
        changed=[_changed(texts[code], may_judge=may_publish_unreviewed(viewer)) for code in order],
        held_by=len(uses_of(one, viewer)),
        names=dict(audiences()),
        trouble=trouble,
    )


def _changed(text: BlockText, *, may_judge: bool) -> Changed:
    assert text.draft is not None  # only such texts are shown
    before, after = text.published.whole if text.published else "", text.draft.whole
    rows = difference(before, after, names=names_of_blocks(before, after))
    return Changed(
        text,
        language(text.locale),
        runs(rows),
        changes=sum(row.state != "same" for row in rows),
        opens=any(row.opens for row in rows),
        remarks=list(text.remarks.select_related("author").order_by("-pk")[:REMARKS_SHOWN])[::-1],
        may_judge=may_judge,
    )


def _moved_on() -> str:
    return _("A colleague was quicker: the text stands differently now.")
