"""My requests: every need of this reader, newest first, with where it stands in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from handrail.contacts.models import Organisation
from handrail.conversations.conversation import Conversation, ConversationQuerySet
from handrail.conversations.messages import Message
from handrail.intake.joining import of_this_browser
from handrail.web.portal import addresses
from handrail.web.portal.claims import asked_of
from handrail.web.portal.joining import asked_about
from handrail.web.portal.locale import in_locale
from handrail.web.portal.page import Frame, in_every_locale, show
from handrail.web.portal.standing import Standing, state
from handrail.web.viewer import visitor_of

PAGE = 30
TITLE_CHARS = 140


@dataclass(frozen=True)
class Row:
    """`is_claimed`: all that the customer said in it came by mail, and nobody vouched for the sender."""

    conversation: Conversation
    title: str
    standing: Standing
    who: str = ""
    is_claimed: bool = False


@never_cache
@in_locale
def page(request: HttpRequest, locale: str) -> HttpResponse:
    """GET /hc/<locale>/requests?before=<number>: of the person signed in, and of this browser."""
    viewer = visitor_of(request)
    asked = asked_about(request, viewer)
    left = of_this_browser(viewer).exclude(pk__in=[each.pk for each in asked])
    mine = (
        Conversation.objects.their_own(viewer)
        .filter(merged_into=None)
        .exclude(last_seq=0)
        .exclude(pk__in=of_this_browser(viewer).values("pk"))
        .order_by("-number")
    )
    before = request.GET.get("before", "")
    found = _page(mine, before)
    joined = request.GET.get("joined", "")
    path = addresses.requests(locale)
    return show(
        request,
        "portal/requests.html",
        Frame(path=path, switch=in_every_locale(path, locale), robots="noindex", here="do"),
        locale=locale,
        rows=_with_claims(_rows(found[:PAGE])),
        asked=_rows(asked) if not before else [],
        left=_rows(left.order_by("-number")[:PAGE]) if not before else [],
        joined=int(joined) if joined.isdecimal() and len(joined) < 4 else 0,
        earlier=found[PAGE - 1].pk if len(found) > PAGE else None,
        is_first=not before,
        viewer=viewer,
        claims=asked_of(viewer) if not before else [],
        from_desk="desk" in request.GET.getlist("from"),
    )


@never_cache
@in_locale
def shared(request: HttpRequest, locale: str) -> HttpResponse:
    """GET /hc/<locale>/requests/shared?before=<number>: what the others of the reader's organisation asked.

    404 for everybody whom their organisation does not let in.
    """
    viewer = visitor_of(request)
    if not viewer.reads_organisations:
        raise Http404
    before = request.GET.get("before", "")
    theirs = Conversation.objects.shared_with(viewer).filter(merged_into=None).exclude(last_seq=0)
    found = _page(theirs.select_related("requester").order_by("-number"), before)
    names = Organisation.objects.filter(pk__in=viewer.reads_organisations).values_list("name", flat=True)
    path = addresses.shared_requests(locale)
    return show(
        request,
        "portal/requests_shared.html",
        Frame(path=path, switch=in_every_locale(path, locale), robots="noindex", here="do"),
        locale=locale,
        rows=[replace(row, who=called_by(row.conversation.requester.name)) for row in _rows(found[:PAGE])],
        earlier=found[PAGE - 1].pk if len(found) > PAGE else None,
        is_first=not before,
        organisation=", ".join(names),
    )


def called_by(name: str) -> str:
    """A colleague's name; whoever gave none, or an address for it, is called by neither."""
    return name if name and "@" not in name else gettext("A colleague")


def _page(conversations: ConversationQuerySet, before: str) -> list[Conversation]:
    if before.isdecimal() and len(before) < 19:
        conversations = conversations.filter(number__lt=int(before))
    return list(conversations[: PAGE + 1])


def _with_claims(rows: list[Row]) -> list[Row]:
    heard = Message.objects.filter(
        conversation__in=[row.conversation.pk for row in rows], direction=Message.Direction.IN
    )
    sure = Count("pk", filter=Q(is_verified=True) | Q(from_address=""))
    claimed = heard.values("conversation").annotate(sure=sure).filter(sure=0)
    unsure = set(claimed.values_list("conversation", flat=True))
    return [replace(row, is_claimed=row.conversation.pk in unsure) for row in rows]


def _rows(conversations: Iterable[Conversation]) -> list[Row]:
    """What has no subject is called by its first words: the newest may be a stranger's."""
    found = list(conversations)
    nameless = [each.pk for each in found if not each.subject]
    begun = Message.objects.filter(conversation__in=nameless, seq=1) if nameless else Message.objects.none()
    first = dict(begun.values_list("conversation_id", "text"))
    return [
        Row(each, each.subject or " ".join(first.get(each.pk, "").split())[:TITLE_CHARS], state(each))
        for each in found
    ]
