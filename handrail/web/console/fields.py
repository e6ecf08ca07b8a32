"""Fields of requests: what can be asked, of which kind, of whom, and when it must be said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.conversations.fields import FIRST_PRIORITIES, Field, Required
from handrail.conversations.labels import Priority
from handrail.web.console.frame import me, show
from handrail.workspace.arranged import KEY
from handrail.workspace.typed_fields import FIELDS_MOST, OPTIONS_MOST, WITH_OPTIONS, CannotBeField, Kind

BLANK_ROWS = 3
ASKABLE = (Required.NEVER, Required.CREATE)  # when a priority may have to be said
WORDS = ("name_ko", "name_en", "help_ko", "help_en")


@dataclass(frozen=True)
class Draft:
    """A field as the form says it. `options`: {"code", "ko", "en"} each, the blank ones too."""

    key: str = ""
    kind: str = Kind.LINE
    words: dict[str, str] = field(default_factory=lambda: dict.fromkeys(WORDS, ""))
    options: list[dict[str, str]] = field(default_factory=list)
    is_public: bool = True
    required: str = Required.NEVER


def every(request: HttpRequest) -> HttpResponse:
    """GET /console/fields: those asked, in their order, and those put away."""
    found = list(Field.objects.prefetch_related("places__form"))
    return show(
        request,
        "console/fields.html",
        fields=[each for each in found if each.archived_at is None],
        archived=[each for each in found if each.archived_at is not None],
        kinds=dict(Kind.choices),
        required=dict(Required.choices),
        here="fields",
    )


@require_POST
def order(request: HttpRequest) -> HttpResponse:
    """POST /console/fields/order {up: key}: it stands one place higher."""
    keys = moved_up(list(Field.objects.active().values_list("key", flat=True)), request.POST.get("up", ""))
    if keys is None:
        raise Http404
    Field.arrange(keys, by=me(request))
    return redirect("console:fields")


def moved_up(keys: list[str], wanted: str) -> list[str] | None:
    """The keys with the one wanted a place higher; None where it is not among them."""
    if wanted not in keys:
        return None
    at = keys.index(wanted)
    if at:
        keys[at - 1 : at + 1] = keys[at], keys[at - 1]
    return keys


def new(request: HttpRequest) -> HttpResponse:
    """GET and POST /console/fields/new"""
    kind = _kind(request.GET.get("kind", ""))
    first = FIRST_PRIORITIES if kind == Kind.PRIORITY else []
    return _edited(request, None, Draft(kind=kind, options=first))


def one(request: HttpRequest, field: str) -> HttpResponse:
    """GET and POST /console/fields/<key> with `do`: save, rows, up:<row>, archive, restore."""
    found = get_object_or_404(Field.objects.prefetch_related("places__form"), key=field)
    kept = Draft(
        key=found.key,
        kind=found.kind,
        words={name: getattr(found, name) for name in WORDS},
        options=[each for each in found.options if not each.get("gone")],
        is_public=found.is_public,
        required=found.required,
    )
    verb = request.POST.get("do", "save")
    if request.method == "POST" and verb in ("archive", "restore"):
        try:
            getattr(found, verb)(by=me(request))
        except CannotBeField as problem:
            return _shown(request, found, kept, problem=PROBLEMS[problem.code](), status=422)
        return redirect("console:fields")
    return _edited(request, found, kept)


def _edited(request: HttpRequest, found: Field | None, kept: Draft) -> HttpResponse:
    return edited(
        request, kept, partial(_shown, request, found), partial(_keep, request, found), "console:fields"
    )


def edited(
    request: HttpRequest,
    kept: Draft,
    shown: Callable[..., HttpResponse],
    keep: Callable[[Draft], None],
    back: str,
) -> HttpResponse:
    """A field's page as it was asked for: shown, shown again with what was sent, or kept and back to the list.

    shown  draws a draft; takes also blank, problem and status
    keep   keeps one; raises CannotBeField
    """
    if request.method != "POST":
        return shown(kept)
    draft, only_rows = read_draft(request.POST, kept)
    if only_rows:
        return shown(draft, blank=BLANK_ROWS * 2)
    try:
        keep(draft)
    except CannotBeField as problem:
        return shown(draft, problem=PROBLEMS[problem.code](), status=422)
    messages.success(request, _("Kept."))
    return redirect(back)


def _keep(request: HttpRequest, found: Field | None, draft: Draft) -> None:
    said: dict[str, Any] = draft.words | {"is_public": draft.is_public, "required": draft.required}
    if draft.kind in (*WITH_OPTIONS, Kind.PRIORITY):
        said["options"] = draft.options
    if found:
        found.rewrite(by=me(request), **said)
    else:
        Field.make(draft.key, draft.kind, by=me(request), **said)


def _read(sent: QueryDict, kept: Draft) -> Draft:
    rows = zip(*(sent.getlist(f"option_{name}") for name in ("code", "ko", "en")), strict=False)
    options = [
        dict(zip(("code", "ko", "en"), (text.strip()[:80] for text in row), strict=True)) for row in rows
    ]
    required = sent.get("required", "")
    return Draft(
        key=kept.key or sent.get("key", "").strip().lower()[:40],
        kind=kept.kind if kept.key else _kind(sent.get("kind", "")),
        words={name: sent.get(name, "").replace("\0", "").strip()[:300] for name in WORDS},
        options=options[: OPTIONS_MOST + 1],
        is_public=sent.get("audience") != "agents",
        required=required if required in Required.values else Required.NEVER,
    )


def read_draft(sent: QueryDict, kept: Draft) -> tuple[Draft, bool]:
    """What was sent, and whether only its lines were to change: more of them, or one a place higher."""
    draft = _read(sent, kept)
    verb, _sign, row = sent.get("do", "save").partition(":")
    if verb not in ("rows", "up"):
        return draft, False
    options = [each for each in draft.options if each["ko"] or each["en"]]
    at = int(row) if row.isdigit() and len(row) < 4 else 0
    if verb == "up" and 0 < at < len(options):
        options[at - 1 : at + 1] = options[at], options[at - 1]
    return replace(draft, options=options), True


def _kind(text: str) -> str:
    return text if text in Kind.values else Kind.LINE


def _shown(
    request: HttpRequest,
    found: Field | None,
    draft: Draft,
    *,
    problem: str = "",
    status: int = 200,
    blank: int = BLANK_ROWS,
) -> HttpResponse:
    is_priority = draft.kind == Kind.PRIORITY
    shown = shown_draft(draft, blank=blank)
    if is_priority:
        shown |= {"rows": _priority_rows(shown["rows"]), "priorities": dict(Priority.choices)}
    return show(
        request,
        "console/field.html",
        status=status,
        one=found,
        kinds=Kind.choices,
        requirements=[
            each for each in Required.choices if not (found and is_priority and each[0] not in ASKABLE)
        ],
        problem=problem,
        here="fields",
        **shown,
    )


def _priority_rows(rows: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """A row for each priority: in customers' words, or empty where it is not offered."""
    said = {each["code"]: each for each in rows}
    return [said.get(code, {"code": code, "ko": "", "en": ""}) for code in Priority.values]


def shown_draft(draft: Draft, *, blank: int) -> dict[str, Any]:
    """What the page of a draft expects of it, but its kinds. blank: how many empty lines for options."""
    rows = [each for each in draft.options if each["ko"] or each["en"]]
    return {
        "draft": draft,
        "rows": rows + [{"code": "", "ko": "", "en": ""}] * blank,
        "priorities": {},
        "has_options": draft.kind in WITH_OPTIONS,
        "with_options": list(WITH_OPTIONS),
        "key_pattern": KEY.pattern,
    }


PROBLEMS = {
    "key": lambda: _(
        "The key takes small Latin letters, figures and underscores and begins with a letter, such as order_number."
    ),
    "taken": lambda: _("There is a field with this key already. Choose another key."),
    "name": lambda: _("Give it a name in each language."),
    "options": lambda: _("A choice needs one option at least and takes %(n)d at most.") % {"n": OPTIONS_MOST},
    "decides": lambda: _(
        "Other fields are shown by what stands in this one. Take those conditions out of the forms first."
    ),
    "audience": lambda: _(
        "In a form a customers' field would wait for one that colleagues alone see. Take that condition out first."
    ),
    "priority": lambda: _(
        "The priority is asked of customers, when a request is sent. Colleagues set it in the conversation itself."
    ),
    "many": lambda: _("There are %(n)d fields already. Archive one first.") % {"n": FIELDS_MOST},
}
