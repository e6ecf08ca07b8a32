"""Saved views: the list one holds, and the form where one is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST

from handrail.accounts.models import Team, User
from handrail.accounts.viewer import Viewer
from handrail.conversations.labels import Priority
from handrail.conversations.operators import read
from handrail.conversations.orders import GROUPS, SORTS
from handrail.conversations.queries import COUNTED_MOST, Row
from handrail.conversations.status import Status
from handrail.conversations.viewing import ViewPage, counts_of, page_of
from handrail.conversations.views import (
    COLUMNS,
    FIELD,
    FIELD_COLUMNS_MOST,
    FIRST_COLUMNS,
    LETTERS_MAX,
    SavedView,
)
from handrail.web.desk import conditions, field_columns
from handrail.web.desk.frame import list_token, show, visible_teams
from handrail.web.desk.going_on import just_left, trail_query
from handrail.web.desk.lines import Line
from handrail.web.desk.mailbox_rail import mailboxes
from handrail.web.desk.rail import forget_views
from handrail.web.desk.rows import rows_shown
from handrail.web.desk.runs import strip_of
from handrail.web.desk.sources import ORDERS, SORT_OF, Source, mailbox_addresses, source
from handrail.web.desk.statuses import every
from handrail.workspace.formats import day

TRIED_ROWS = 5


class Group(NamedTuple):
    """Rows that stand together under one heading; "" where the view has no groups."""

    name: str
    lines: list[tuple[Line, str, str, dict[str, tuple[str, str]]]]


class ViewForm(forms.Form):
    """A view as it is written: title, whose it is, conditions, order, groups and columns."""

    title = forms.CharField(label=_("Name of the view"), max_length=60)
    whose = forms.ChoiceField(label=_("Who may use it"))
    query = forms.CharField(label=_("Conditions"), max_length=LETTERS_MAX, required=False)
    sort = forms.ChoiceField(label=pgettext_lazy("of a list", "Order"), choices=list(SORTS.items()))
    group = forms.ChoiceField(label=_("Groups"), choices=list(GROUPS.items()), required=False)
    columns = forms.MultipleChoiceField(
        label=_("Shown in each row"), choices=list(COLUMNS.items()), required=False
    )

    def __init__(self, *args: Any, viewer: Viewer, is_new: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self._viewer = viewer
        columns = [*COLUMNS.items(), *field_columns.offered(viewer)]
        self.fields["columns"].choices = columns  # type: ignore[attr-defined]
        self.written = ""
        mine = [(str(pk), name) for pk, name in visible_teams(viewer).items() if pk in viewer.team_ids]
        everybody = [("everybody", _("Everybody"))] if "views.share" in viewer.rights else []
        self.fields["whose"].choices = [("me", _("Only I")), *mine, *everybody]  # type: ignore[attr-defined]
        # Whose it is stays: others have it at the side.
        self.fields["whose"].required = is_new

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        picked = {name: self.data.get(f"pick_{name}", "")[:80].strip() for name in conditions.PICKED}
        query = f"{said.get('query', '')} {conditions.written(picked.items(), locale=self._viewer.locale)}".strip()
        said["query"] = self.written = query
        if sum(name.startswith(FIELD) for name in said.get("columns", ())) > FIELD_COLUMNS_MOST:
            words = _("Choose at most %(most)d fields as columns.")
            self.add_error("columns", words % {"most": FIELD_COLUMNS_MOST})
        if len(query) > LETTERS_MAX:
            self.add_error("query", _("Keep the conditions within %(most)s letters.") % {"most": LETTERS_MAX})
        for problem in read(query, viewer=self._viewer).problems:
            self.add_error("query", problem)
        return said


def saved(request: HttpRequest, where: Source, view: SavedView) -> HttpResponse:
    """The list that `view` holds, which `where` names."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    after = request.GET.get("after", "")
    found = page_of(view.query, viewer=viewer, sort=view.sort, group=view.group, after=after)
    shown = rows_shown(viewer, found)
    columns = view.columns or list(FIRST_COLUMNS)
    return show(
        request,
        "desk/saved.html",
        **shown,
        view=view,
        may_change=SavedView.objects.changeable_by(viewer).filter(pk=view.pk).exists(),
        groups=list(_groups(found, shown["lines"], view, viewer)),
        columns=[name for name in columns if name != "said"],
        has_said="said" in columns,
        here=where.name,
        tab=where.name,
        where="",
        is_first=not after,
        **{"back": where.path, **strip_of(request), **just_left(request)},
        trail=trail_query(where),
        stream=list_token(viewer),
    )


def edit(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """GET /desk/views/new?query= or ?list=<view>&<filters>, /desk/views/saved/<id>: the form. POST: keep it; with try=1 only look."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    view = get_object_or_404(SavedView.objects.changeable_by(viewer), pk=pk) if pk else None
    start = _of(view) if view else _asked(request.GET, viewer)
    form = ViewForm(request.POST or None, viewer=viewer, is_new=view is None, initial=start)
    tried: dict[str, Any] = {}
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        if "try" not in request.POST:
            kept = _keep(said, view, request.user)  # type: ignore[arg-type]
            forget_views(viewer)
            return redirect("desk:view", f"v{kept.pk}")
        tried = _tried(said, viewer)
    return show(
        request,
        "desk/saved_form.html",
        status=422 if form.errors else 200,
        form=form,
        query_text=form.written if form.is_bound else start.get("query", ""),
        chosen=form["columns"].value() or [],
        view=view,
        picks=conditions.choices(
            visible_teams(viewer),
            every(viewer.locale),
            [(each.address, each.name or each.address) for each in mailboxes(viewer)],
        ),
        here=f"v{pk}" if pk else "saved-new",
        **tried,
    )


@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /desk/views/saved/<id>/retire"""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    user: User = request.user  # type: ignore[assignment]
    get_object_or_404(SavedView.objects.changeable_by(viewer), pk=pk).retire(by=user)
    forget_views(viewer)
    return redirect("desk:home")


def _keep(said: dict[str, Any], view: SavedView | None, user: User) -> SavedView:
    looks = {"sort": said["sort"], "group": said["group"], "columns": said["columns"]}
    if view:
        view.rewrite(said["title"], said["query"], by=user, **looks)
        return view
    team = Team.objects.get(pk=said["whose"]) if said["whose"].isdigit() else None
    shared = said["whose"] == "everybody"
    return SavedView.make(said["title"], said["query"], by=user, team=team, is_shared=shared, **looks)


def _tried(said: dict[str, Any], viewer: Viewer) -> dict[str, Any]:
    found = page_of(said["query"], viewer=viewer, sort=said["sort"], group=said["group"], rows=TRIED_ROWS)
    count = counts_of([(0, said["query"])], viewer=viewer)[0]
    return {**rows_shown(viewer, found), "count": min(count, COUNTED_MOST), "is_cut": count > COUNTED_MOST}


def _of(view: SavedView) -> dict[str, Any]:
    columns = view.columns or list(FIRST_COLUMNS)
    return {
        "title": view.title,
        "query": view.query,
        "sort": view.sort,
        "group": view.group,
        "columns": columns,
    }


def _asked(asked: QueryDict, viewer: Viewer) -> dict[str, Any]:
    """A form begun from a search, or from a list and what narrows it."""
    start = {"query": asked.get("query", "")[:LETTERS_MAX], "sort": ORDERS[0]}
    view = asked.get("list", "")
    if view in conditions.OF_VIEWS:
        where = source(view, asked, viewer=viewer)
        teams, addresses = visible_teams(viewer), mailbox_addresses(viewer)
        held = conditions.of_list(where.name, where.filters, teams=teams, mailboxes=addresses)
        start = {"query": conditions.written(held, locale=viewer.locale), "sort": SORT_OF[where.order]}
    return {**start, "group": "", "columns": list(FIRST_COLUMNS), "whose": "me"}


def _groups(found: ViewPage, lines: list[Line], view: SavedView, viewer: Viewer) -> Iterator[Group]:
    cells = field_columns.cells(view.columns, [row.number for row in found.rows], viewer=viewer)
    priorities = {each.value: str(each.label) for each in Priority}
    team_names = visible_teams(viewer)
    channels = dict(conditions.choices({})["channel"])
    names: dict[str, Callable[[Row], str]] = {
        "status": lambda row: str(Status(row.status).label),
        "assignee": lambda row: row.assignee_name or str(_("Nobody yet")),
        "team": lambda row: team_names.get(row.team_id or 0, str(_("No team"))),
        "priority": lambda row: priorities[row.priority],
        "channel": lambda row: channels.get(row.channel, row.channel),
    }
    named = names.get(view.group, lambda _row: "")
    pairs = zip(found.rows, lines, strict=True)
    for name, some in groupby(pairs, key=lambda pair: named(pair[0])):
        yield Group(
            name,
            [
                (
                    line,
                    priorities[row.priority],
                    day(found.created[row.number], locale=viewer.locale, zone=viewer.zone),
                    cells.get(row.number, {}),
                )
                for row, line in some
            ],
        )
