"""Statuses of managers' own: what each is called, what its customer reads, and which usual one it counts as."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.conversations.custom_statuses import (
    STATUSES_MOST,
    WORDS,
    CannotBeStatus,
    CustomStatus,
)
from handrail.conversations.status import SETTABLE, Status
from handrail.web.console.frame import me, say_kept, show


@dataclass(frozen=True)
class Draft:
    """A status as its page says it."""

    category: str = Status.PENDING.value
    words: dict[str, str] = field(default_factory=lambda: dict.fromkeys(WORDS, ""))


def every(request: HttpRequest) -> HttpResponse:
    """GET /console/statuses: the usual ones, each with those that count as it, and those put away."""
    found = list(CustomStatus.objects.all())
    active = [each for each in found if each.archived_at is None]
    groups = [(usual, [each for each in active if each.category == usual]) for usual in Status]
    archived = [each for each in found if each.archived_at is not None]
    return show(
        request,
        "console/statuses.html",
        groups=groups,
        archived=archived,
        told=TOLD,
        usual=Status,
        here="statuses",
    )


@require_POST
def order(request: HttpRequest) -> HttpResponse:
    """POST /console/statuses/order {up: key}: it stands one place higher among those that count as the same."""
    found = get_object_or_404(
        CustomStatus.objects.active(), key=request.POST.get("up", "")[:40].replace("\0", "")
    )
    keys = list(CustomStatus.objects.active().filter(category=found.category).values_list("key", flat=True))
    at = keys.index(found.key)
    if at:
        keys[at - 1 : at + 1] = keys[at], keys[at - 1]
        CustomStatus.arrange(keys, by=me(request))
    return redirect("console:statuses")


def new(request: HttpRequest) -> HttpResponse:
    """GET /console/statuses/new?category=: the form. POST: make it."""
    sent = request.POST if request.method == "POST" else request.GET
    category = sent.get("category", "")
    draft = Draft(category if category in SETTABLE else Status.PENDING.value, _words(sent))
    if request.method != "POST":
        return _shown(request, None, draft)
    return _kept(request, None, draft, lambda: CustomStatus.make(category, by=me(request), **draft.words))


def one(request: HttpRequest, status: str) -> HttpResponse:
    """GET and POST /console/statuses/<key>/edit with `do`: save, archive, restore."""
    found = get_object_or_404(CustomStatus, key=status)
    if request.method != "POST":
        words = {name: getattr(found, name) for name in WORDS}
        return _shown(request, found, Draft(found.category, words))
    verb = request.POST.get("do", "save")
    if verb in ("archive", "restore"):
        getattr(found, verb)(by=me(request))
        return redirect("console:statuses")
    draft = Draft(found.category, _words(request.POST))
    return _kept(request, found, draft, lambda: found.rewrite(by=me(request), **draft.words))


def _kept(
    request: HttpRequest, found: CustomStatus | None, draft: Draft, keep: Callable[[], object]
) -> HttpResponse:
    try:
        keep()
    except CannotBeStatus as problem:
        return _shown(request, found, draft, problem=PROBLEMS[problem.code](), status=422)
    say_kept(request)
    return redirect("console:statuses")


def _words(sent: QueryDict) -> dict[str, str]:
    return {name: sent.get(name, "").replace("\0", "").strip()[:200] for name in WORDS}


def _shown(
    request: HttpRequest, found: CustomStatus | None, draft: Draft, *, problem: str = "", status: int = 200
) -> HttpResponse:
    return show(
        request,
        "console/status.html",
        status=status,
        one=found,
        draft=draft,
        categories=[(each.value, each.label) for each in SETTABLE],
        category=Status(draft.category).label,
        problem=problem,
        here="statuses",
    )


# What each usual status means for the conversation, for who maps another one to it.
TOLD: dict[str, Callable[[], str]] = {
    "new": lambda: _("Nobody has looked yet. Only what comes in is new."),
    "open": lambda: _("It waits for us."),
    "pending": lambda: _("It waits for the customer; their reply opens it."),
    "on_hold": lambda: _("It waits for somebody else; a reply of the customer opens it."),
    "solved": lambda: _("It is done, and a reply within the set days opens it again."),
    "closed": lambda: _("It is over for good; a reply begins a new conversation."),
}
PROBLEMS = {
    "name": lambda: _("Give it a name in each language."),
    "taken": lambda: _(
        "Another status goes by that name, or one that was put away. Choose another name, or bring that one back."
    ),
    "category": lambda: _("Say which of the usual statuses it counts as."),
    "many": lambda: _("There are %(n)d statuses already. Put one away first.") % {"n": STATUSES_MOST},
}
