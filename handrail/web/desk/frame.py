"""The frame of every page of the desk: who is at it, their language and zone, the views with their counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, wraps
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from markupsafe import Markup

from handrail.accounts.models import Team
from handrail.accounts.viewer import Viewer
from handrail.conversations.deliveries import Delivery
from handrail.conversations.live import list_channel, mailbox_channel, staff_channel
from handrail.conversations.per_mailbox import LYING_MOST, Lies
from handrail.conversations.queries import COUNTED_MOST, VIEWS
from handrail.core.alphabetical import in_order
from handrail.core.ids import fingerprint
from handrail.web.desk.mailbox_rail import mailboxes, said
from handrail.web.desk.rail import Unread, counted, saved_views
from handrail.web.edge import tokens
from handrail.web.mailbox_alarms import alarms
from handrail.web.policy import may
from handrail.workspace.formats import hours_to_24
from handrail.workspace.locales import LOCALES
from handrail.workspace.models import Brand

View = Callable[..., HttpResponse]
ALERT_SECONDS = 10
KEPT_SECONDS = 30  # how long a changed brand colour or team name may take to reach the desk


def at_desk(right: str = "conversations.read") -> Callable[[View], View]:
    """A view of the desk: for staff who hold `right`, in the language and zone they chose. Never kept by a browser."""

    def decorate(view: View) -> View:
        @wraps(view)
        def at_their_desk(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            with spoken(request):
                response = view(request, *args, **kwargs)
            response.headers.setdefault("Cache-Control", "no-store")
            return response

        return may(right)(at_their_desk)

    return decorate


@contextmanager
def spoken(request: HttpRequest) -> Iterator[None]:
    """The language, zone and clock that the colleague who looks chose."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    with (
        translation.override(viewer.locale),
        timezone.override(viewer.zone),
        hours_to_24(request.user.day_hours == "24"),  # type: ignore[union-attr]
    ):
        yield


def say_kept(request: HttpRequest) -> None:
    """Have the page one is led to say, once, that what was chosen is kept; in the language chosen with it."""
    messages.success(request, "kept", extra_tags="kept")


def was_kept(request: HttpRequest) -> bool:
    return "kept" in [said.extra_tags for said in messages.get_messages(request)]


def show(
    request: HttpRequest, template: str, *, status: int = 200, surface: str = "desk", **context: Any
) -> HttpResponse:
    """Render `template` inside the frame. `here` in the context marks the present view."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    reads = "conversations.read" in viewer.rights
    counts, unread = counted(viewer)
    framed = {
        "locale": viewer.locale,
        "surface": surface,
        "hue": _hue(),
        "viewer": viewer,
        "me": request.user,
        "density": request.user.density,  # type: ignore[union-attr]
        "theme": request.user.theme,  # type: ignore[union-attr]
        "views": VIEWS if reads else {},
        "saved_views": saved_views(viewer) if reads else [],
        "counts": _written(counts),
        "unread": _some(unread),
        "bell_stream": _bell_token(viewer),
        # Tells a browser with pushes that somebody signed in anew; no key of the session can be made of it.
        "session_mark": fingerprint(request.session.session_key or "")[:16],
        "stuck": _stuck() if reads else 0,
        "alarms": alarms(viewer) if reads else [],
        "mailboxes": (boxes := mailboxes(viewer, beside=counts, afresh=_is_looked_at_anew(request))),
        "mailbox_names": [(each.pk, each.name or each.address) for each in boxes],
        "written": written,
        "here": "",
        "shortcuts": shortcuts(viewer.locale),
    }
    return HttpResponse(render_to_string(template, framed | context, request=request), status=status)


def _is_looked_at_anew(request: HttpRequest) -> bool:
    """Whether the script of a page that stands open asks, because something changed."""
    return request.headers.get("Sec-Fetch-Dest") == "empty"


@lru_cache(maxsize=len(LOCALES))
def shortcuts(locale: str) -> Markup:
    """The list of keys, the same on every page of one language; `locale` must be the active one."""
    return Markup(render_to_string("desk/shortcuts.html", {"locale": locale}))  # noqa: S704  (a template escapes by itself)


def fragment(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """Render a part of a page, asked for by a page that is open already."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return HttpResponse(render_to_string(template, {"locale": viewer.locale, **context}, request=request))


class Shown(NamedTuple):
    """What is asked for live, as it is written.

    counts  view -> "12", or "1000+" where counting stopped
    unread  what else waits (rail.Unread), "" for none, with what stands in the lines of mailboxes (mailbox_rail.said)
    red     places of these lines that are about something that fails
    alarms  HTML of what stands above each page while a mailbox fails
    """

    counts: dict[str, str]
    unread: dict[str, str]
    red: list[str]
    alarms: str


def shown_now(request: HttpRequest) -> Shown:
    """What the sides of pages that stand open should say now."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    reads = "conversations.read" in viewer.rights
    failing = alarms(viewer, afresh="afresh" in request.GET) if reads else []
    counts, unread = counted(viewer)
    boxes = mailboxes(viewer, beside=counts, afresh=True)
    lines = said(boxes, {each.pk: written(each.lies) for each in boxes})
    red = [f"m{each.pk}-state" for each in boxes if each.is_red]
    said_above = (
        render_to_string("desk/alarms.html", {"alarms": failing, "viewer": viewer}) if failing else ""
    )
    return Shown(_written(counts), _some(unread) | lines, red, said_above)


def channels_of_all_pages(viewer: Viewer) -> list[str]:
    """What every page of the desk listens to: what concerns the viewer alone, and how the mailboxes they know of are."""
    own = [staff_channel(viewer.user_id or 0)]
    if "conversations.read" not in viewer.rights:
        return own
    return [*own, mailbox_channel(), *(mailbox_channel(team) for team in _own_private_teams(viewer))]


def _own_private_teams(viewer: Viewer) -> list[int]:
    every = teams(viewer.locale)
    return [team for team, _name, is_private in every if is_private and team in viewer.team_ids]


def _bell_token(viewer: Viewer) -> str:
    """A stream token for pages that have no stream of their own."""
    return tokens.mint(viewer=viewer.key, channels=channels_of_all_pages(viewer))


def list_token(viewer: Viewer) -> str:
    """A stream token for the lists: everybody's, and those of the viewer's private teams. Who reads no conversations hears
    of their own alone."""
    if "conversations.read" not in viewer.rights:
        return _bell_token(viewer)
    lists = [list_channel(), *(list_channel(team) for team in _own_private_teams(viewer))]
    return tokens.mint(viewer=viewer.key, channels=[*lists, *channels_of_all_pages(viewer)])


def teams(locale: str) -> list[tuple[int, str, bool]]:
    """(id, name, is_private) of every team, by name; at most half a minute old."""
    return cache.get_or_set(f"desk:teams:{locale}", lambda: _teams(locale), KEPT_SECONDS) or []


def visible_teams(viewer: Viewer) -> dict[int, str]:
    """id -> name of the teams this viewer may know of."""
    return {pk: name for pk, name, hidden in teams(viewer.locale) if not hidden or pk in viewer.team_ids}


def _teams(locale: str) -> list[tuple[int, str, bool]]:
    found = [(team.pk, team.name(locale), team.is_private) for team in Team.objects.all()]
    return sorted(found, key=lambda team: in_order(team[1]))


def has_brands() -> bool:
    """Whether customers know several brands, so that it is said which; at most half a minute old."""
    return bool(cache.get_or_set("desk:brands", lambda: Brand.objects.count() > 1, KEPT_SECONDS))


def _hue() -> int:
    def read() -> int:
        return Brand.objects.order_by("pk").values_list("hue", flat=True).first() or 195

    return cache.get_or_set("desk:hue", read, KEPT_SECONDS) or 195


def _stuck() -> int:
    """How many messages have waited long to leave; at most ten seconds old."""

    def read() -> int:
        return Delivery.objects.waiting_long()[: COUNTED_MOST + 1].count()

    return cache.get_or_set("desk:stuck", read, ALERT_SECONDS) or 0


def _written(counts: dict[str, int]) -> dict[str, str]:
    return {view: capped(count) for view, count in counts.items()}


def _some(unread: Unread) -> dict[str, str]:
    return {name: capped(count) if count else "" for name, count in unread._asdict().items()}


def written(lies: Lies) -> tuple[str, str]:
    """How much is open and unread in a mailbox: "12" and "3"; "99+" and "3+" where counting stopped."""
    is_cut = lies.open > LYING_MOST >= lies.unread
    return _up_to(LYING_MOST, lies.open), f"{lies.unread}+" if is_cut else _up_to(LYING_MOST, lies.unread)


def capped(count: int) -> str:
    """A count as it is written: "12", or "1000+" where counting stopped."""
    return _up_to(COUNTED_MOST, count)


def _up_to(most: int, count: int) -> str:
    return f"{most}+" if count > most else str(count)
