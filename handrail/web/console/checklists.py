"""Templates of checklists: what colleagues put into a conversation, and whether all of it comes before solving."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import zip_longest

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.conversations.checklists import LETTERS_MAX, STEPS_MOST, Checklist
from handrail.web.console.frame import me, show

NAME_MAX = 80


@dataclass(frozen=True)
class Written:
    """A template as its form holds it; `pk` 0 for a new one. Steps are one a line."""

    pk: int = 0
    ko: str = ""
    en: str = ""
    steps_ko: str = ""
    steps_en: str = ""
    is_required: bool = False
    problems: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, row: Checklist) -> Written:
        lines = {locale: "\n".join(step.get(locale, "") for step in row.steps) for locale in ("ko", "en")}
        english = lines["en"] if lines["en"].strip() else ""
        return cls(row.pk, row.name_ko, row.name_en, lines["ko"], english, row.is_required)


def page(request: HttpRequest, *, typed: Written | None = None) -> HttpResponse:
    """GET /console/checklists. `typed`: a refused form, which comes back as it was written."""
    written = [Written.of(row) for row in Checklist.objects.offered(request.viewer.locale)]
    if typed:
        written = [typed if each.pk == typed.pk else each for each in written]
    return show(
        request,
        "console/checklists.html",
        status=422 if typed else 200,
        here="checklists",
        written=written,
        fresh=typed if typed and not typed.pk else Written(),
    )


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """POST checklist (its id, "" for a new one), ko, en, steps_ko, steps_en (one a line), required."""
    number = request.POST.get("checklist", "")
    row = _row(number) if number else None
    written = Written(
        row.pk if row else 0,
        " ".join(request.POST.get("ko", "").split()),
        " ".join(request.POST.get("en", "").split()),
        request.POST.get("steps_ko", "").replace("\r\n", "\n"),
        request.POST.get("steps_en", "").replace("\r\n", "\n"),
        "required" in request.POST,
    )
    steps = _steps(written)
    if problems := _problems(written, steps):
        return page(request, typed=Written(**{**vars(written), "problems": problems}))
    names, is_required = {"ko": written.ko, "en": written.en}, written.is_required
    if row:
        row.rewrite(names=names, steps=steps, is_required=is_required, by=me(request))
    else:
        Checklist.make(names=names, steps=steps, is_required=is_required, by=me(request))
    messages.success(request, _("Kept. Conversations that hold it already stay as they are."))
    return redirect("console:checklists")


@require_POST
def retire(request: HttpRequest) -> HttpResponse:
    """POST checklist: nobody is offered it any more."""
    _row(request.POST.get("checklist", "")).retire(by=me(request))
    return redirect("console:checklists")


def _row(number: str) -> Checklist:
    pk = int(number) if number.isdigit() and len(number) < 16 else 0
    return get_object_or_404(Checklist.objects.offered(), pk=pk)


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _steps(written: Written) -> list[dict[str, str]]:
    pairs = zip_longest(_lines(written.steps_ko), _lines(written.steps_en), fillvalue="")
    return [{"ko": ko, "en": en} for ko, en in pairs]


def _problems(written: Written, steps: list[dict[str, str]]) -> list[str]:
    ko, en = _lines(written.steps_ko), _lines(written.steps_en)
    found = []
    if not written.ko or len(written.ko) > NAME_MAX or len(written.en) > NAME_MAX:
        found.append(_("Give it a Korean name of at most 80 letters; the English one may be left empty."))
    if not ko:
        found.append(_("Write at least one step in Korean, one a line."))
    if len(steps) > STEPS_MOST:
        found.append(_("%(count)d steps are too many; 40 is the most.") % {"count": len(steps)})
    if en and len(en) != len(ko):
        words = _(
            "There are %(ko)d steps in Korean and %(en)d in English. Write as many, or leave English empty."
        )
        found.append(words % {"ko": len(ko), "en": len(en)})
    if long := next((line for line in ko + en if len(line) > LETTERS_MAX), ""):
        words = _("“%(step)s…” is longer than 200 letters. Shorten it.")
        found.append(words % {"step": long[:40]})
    return found
