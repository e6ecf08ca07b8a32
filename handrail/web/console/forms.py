"""Request forms: what each asks in which order, when a field is shown, who gets what was sent, and what suggests it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from handrail.accounts.models import Team
from handrail.conversations.fields import Field
from handrail.conversations.forms import PLACES_MOST, Asked, CannotArrange, RequestForm
from handrail.intake.suggesting import Suggestion, suggest
from handrail.knowledge.models import Product, Topic
from handrail.knowledge.slugs import slug_of
from handrail.web.console.frame import me, show
from handrail.workspace.typed_fields import DECIDING

WORDS = ("name_ko", "name_en", "intro_ko", "intro_en")


@dataclass(frozen=True)
class Row:
    """A field of the form by its key; `when`: "other_field:code" each; `is_needed` once it is shown by that."""

    key: str
    when: tuple[str, ...] = ()
    is_needed: bool = True

    @property
    def waits_for(self) -> set[str]:
        return {each.partition(":")[0] for each in self.when}


@dataclass(frozen=True)
class Draft:
    """A form as the page says it. `suggested` holds "p:<product>" and "t:<topic>"."""

    words: dict[str, str] = field(default_factory=lambda: dict.fromkeys(WORDS, ""))
    slug: str = ""
    team: str = ""
    is_active: bool = True
    is_default: bool = False
    rows: tuple[Row, ...] = ()
    suggested: frozenset[str] = frozenset()


class Unclear(ValueError):
    """What stands in the form cannot be kept; the message says why, in the reader's language."""


def every(request: HttpRequest) -> HttpResponse:
    """GET /console/forms"""
    forms = RequestForm.objects.select_related("team").prefetch_related("places__field")
    return show(request, "console/forms.html", forms=list(forms), here="forms")


def new(request: HttpRequest) -> HttpResponse:
    """GET and POST /console/forms/new; the first form there is becomes the default one."""
    is_first = not RequestForm.objects.exists()
    return _edited(request, None, Draft(is_default=is_first))


def one(request: HttpRequest, form: str) -> HttpResponse:
    """GET and POST /console/forms/<slug> with `do`: save, add, up:<key>, remove:<key>. Only save keeps anything."""
    found = get_object_or_404(RequestForm, slug=form)
    rows = [
        Row(
            place.field.key,
            tuple(f"{place.when.key}:{code}" for code in place.when_values) if place.when else (),
            place.is_required_then,
        )
        for place in found.asks()
    ]
    kept = Draft(
        words={name: getattr(found, name) for name in WORDS},
        slug=found.slug,
        team=str(found.team_id or ""),
        is_active=found.is_active,
        is_default=found.is_default,
        rows=tuple(rows),
        suggested=frozenset(
            f"p:{product}" if product else f"t:{topic}"
            for product, topic in Suggestion.objects.filter(form=found).values_list("product", "topic")
        ),
    )
    return _edited(request, found, kept)


def _edited(request: HttpRequest, found: RequestForm | None, kept: Draft) -> HttpResponse:
    if request.method != "POST":
        return _shown(request, found, kept)
    draft = _read(request.POST, kept)
    verb, _sign, key = request.POST.get("do", "save").partition(":")
    if verb != "save":
        return _shown(request, found, replace(draft, rows=_moved(draft.rows, verb, key, request.POST)))
    try:
        _keep(request, found, draft)
    except Unclear as unclear:
        return _shown(request, found, draft, problem=str(unclear), status=422)
    except CannotArrange as problem:
        name = problem.field.name(request.viewer.locale)  # type: ignore[attr-defined]
        words = PROBLEMS[problem.code]() % {"field": name, "n": PLACES_MOST}
        return _shown(request, found, draft, problem=words, status=422)
    messages.success(request, _("Kept."))
    return redirect("console:forms")


def _moved(rows: tuple[Row, ...], verb: str, key: str, sent: QueryDict) -> tuple[Row, ...]:
    listed = list(rows)
    keys = [row.key for row in listed]
    if verb == "add" and (wanted := sent.get("add", "")) and wanted not in keys:
        return (*rows, Row(wanted))
    if verb == "up" and key in keys[1:]:
        at = keys.index(key)
        listed[at - 1 : at + 1] = listed[at], listed[at - 1]
    if verb == "remove":
        listed = [row for row in listed if row.key != key]
    return tuple(listed)


def _keep(request: HttpRequest, found: RequestForm | None, draft: Draft) -> None:
    if not (draft.words["name_ko"] and draft.words["name_en"]):
        raise Unclear(_("Give it a name in each language."))
    if found and found.is_default and not draft.is_default:
        raise Unclear(_("One form must be the usual one. Make another one the usual form instead."))
    if draft.is_default and not draft.is_active:
        raise Unclear(_("The usual form must be in use."))
    team = Team.objects.filter(pk=draft.team).first() if draft.team.isdigit() else None
    said = draft.words | {"team": team, "is_active": draft.is_active, "is_default": draft.is_default}
    asks = _asks(draft)
    user = me(request)
    if found:
        found.rewrite(by=user, asks=asks, **said)
    else:
        found = RequestForm.make(_free_slug(draft.words["name_en"]), by=user, asks=asks, **said)
    ids = {kind: [int(each[2:]) for each in draft.suggested if each[0] == kind] for kind in "pt"}
    products, topics = Product.objects.filter(pk__in=ids["p"]), Topic.objects.filter(pk__in=ids["t"])
    suggest(found, products=products, topics=topics, by=user)


def _asks(draft: Draft) -> list[Asked]:
    """What the rows say, in fields. Raises Unclear where a condition asks for two fields."""
    named = {row.key for row in draft.rows} | {
        each.partition(":")[0] for row in draft.rows for each in row.when
    }
    fields = {each.key: each for each in Field.objects.filter(key__in=named)}
    asks = []
    for row in draft.rows:
        if row.key not in fields:
            continue
        deciding = row.waits_for
        if len(deciding) > 1:
            words = _("“%(field)s” waits for two fields. A condition asks for values of one.")
            raise Unclear(words % {"field": fields[row.key].name("ko")})
        when = fields.get(next(iter(deciding), ""))
        values = [each.partition(":")[2] for each in row.when] if when else []
        asks.append(Asked(fields[row.key], when, values, row.is_needed))
    return asks


def _read(sent: QueryDict, kept: Draft) -> Draft:
    keys = [key for key in sent.get("fields", "").split(",") if key][: PLACES_MOST + 1]
    picked = (each for each in sent.getlist("suggested") if each[:2] in ("p:", "t:"))
    return Draft(
        words={name: " ".join(sent.get(name, "").replace("\0", "").split())[:300] for name in WORDS}
        | {name: " ".join(sent.get(name, "").replace("\0", "").split())[:80] for name in WORDS[:2]},
        slug=kept.slug,
        team=sent.get("team", "")[:15],
        is_active="is_active" in sent,
        is_default="is_default" in sent,
        rows=tuple(
            Row(key, tuple(sent.getlist(f"when_{key}")[:100]), f"needed_{key}" in sent) for key in keys
        ),
        suggested=frozenset(each for each in picked if each[2:].isdigit() and len(each) < 18),
    )


def _shown(
    request: HttpRequest, found: RequestForm | None, draft: Draft, *, problem: str = "", status: int = 200
) -> HttpResponse:
    fields = {each.key: each for each in Field.objects.active()}
    rows = [(fields[row.key], row) for row in draft.rows if row.key in fields]
    listed = {each.key for each, _row in rows}
    products = Product.objects.with_texts().prefetch_related("topics__texts")
    return show(
        request,
        "console/form.html",
        status=status,
        one=found,
        draft=draft,
        rows=rows,
        deciding=[each for each, _row in rows if each.kind in DECIDING],
        free=[each for key, each in fields.items() if key not in listed],
        teams=list(Team.objects.by_name(request.viewer.locale)),
        products=list(products),
        problem=problem,
        here="forms",
    )


def _free_slug(name: str) -> str:
    wanted = slug_of(name).encode("ascii", "ignore").decode().strip("-")[:50] or "form"
    taken = set(RequestForm.objects.filter(slug__startswith=wanted).values_list("slug", flat=True)) | {"new"}
    return next(
        slug for n in range(1, len(taken) + 2) if (slug := wanted if n == 1 else f"{wanted}-{n}") not in taken
    )


PROBLEMS: dict[str, Callable[[], str]] = {
    "many": lambda: _("A form takes %(n)d fields at most."),
    "twice": lambda: _("“%(field)s” stands here twice."),
    "priority": lambda: _("A form asks for the priority once. Take “%(field)s” out, or the other one."),
    "archived": lambda: _("“%(field)s” is archived. Restore it first, or take it out."),
    "missing": lambda: _("“%(field)s” waits for a field that is not in this form. Add that one above it."),
    "later": lambda: _("“%(field)s” waits for a field below it. Put that one above it."),
    "kind": lambda: _("“%(field)s” waits for a field that has no values to choose from."),
    "private": lambda: _(
        "“%(field)s” is for customers but waits for a field that colleagues alone see. Make both public, or both private."
    ),
    "values": lambda: _("Say at which values “%(field)s” is shown."),
}
