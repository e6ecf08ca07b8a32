"""A conversation as its customer reads it: messages and files. Notes live in another table, and nothing here asks it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markupsafe import Markup

from handrail.accounts.viewer import Viewer
from handrail.contacts.models import Person
from handrail.conversations.conversation import Conversation
from handrail.conversations.endpoints import Endpoint
from handrail.conversations.invited import invited_lines
from handrail.conversations.left_addresses import left_by
from handrail.conversations.messages import Attachment, Message
from handrail.conversations.sharing import is_requester, reads_along
from handrail.conversations.understanding import KEY
from handrail.conversations.wording import cid_of
from handrail.core.files.links import link
from handrail.core.files.models import StoredFile
from handrail.intake.joining import take_up
from handrail.knowledge.models import Article
from handrail.web.portal import addresses
from handrail.web.portal.shortened import shortened

PAGE = 200
OFFERED_WITHIN = 8  # of the last automatic words


@dataclass(frozen=True)
class File:
    title: str
    url: str
    size: int
    is_picture: bool


@dataclass(frozen=True)
class Source:
    """An article offered or quoted, as far as the reader may still open it; `url` is "" where they may not.

    version  of the text that was quoted; 0 where nobody noted it
    opening  its first words, for a card; else ""
    product  its product's name, where what is offered is of several; else ""
    """

    article: int
    title: str
    url: str
    locale: str = ""
    version: int = 0
    opening: str = ""
    product: str = ""


@dataclass(frozen=True)
class Quotation:
    """Words of an article with where they stand.

    question  the part of what was asked that they answer; "" where one thing was asked
    rest      what of a long quotation is shown only when asked for
    """

    question: str
    text: str
    rest: str
    source: Source


@dataclass(frozen=True)
class Line:
    """One message. side: me, other (somebody in copy), bot or person; code: what kind of automatic one.

    is_automatic  the customer's mail program sent it, such as a notice of absence
    is_claimed  its sender's address is not vouched for
    quotations  in place of its text
    pictures    those that stand in its words: Content-ID -> address
    invited     the events its mail brought, a line each
    """

    seq: int
    side: str
    author: str
    text: str
    html: str
    quoted: str
    at: datetime
    client_id: str = ""
    code: str = ""
    quotations: list[Quotation] = field(default_factory=list)
    is_provisional: bool = False
    is_claimed: bool = False
    is_automatic: bool = False
    choices: list[Source] = field(default_factory=list)
    cards: list[Source] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    pictures: dict[str, str] = field(default_factory=dict)
    invited: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)


def speaker(conversation: Conversation, viewer: Viewer) -> Person:
    """Who speaks here for this viewer: the person they are, or the one their browser stands for."""
    if viewer.person_id and not viewer.is_staff and not _is_browsers_only(conversation, viewer):
        return Person.objects.get(pk=viewer.person_id)
    return conversation.requester


def speaks(conversation: Conversation, viewer: Viewer) -> Person:
    """Who writes here now. What their browser held becomes their account's with it, so that people see who asks."""
    take_up(conversation, viewer)
    return speaker(conversation, viewer)


def asked_by(conversation: Conversation, viewer: Viewer) -> bool:
    """Whether who speaks here for this viewer is the one whose request it is, by name or by the browser it began in."""
    if is_requester(conversation, viewer):
        return True
    is_its_browser = bool(viewer.chat_key) and viewer.chat_key == conversation.chat_key
    return is_its_browser and (viewer.person_id is None or _is_browsers_only(conversation, viewer))


def lines(conversation: Conversation, viewer: Viewer, *, after: int = 0) -> list[Line]:
    """The messages after number `after`, oldest first, at most 200. The conversation came from `visible_to`.

    What strangers sent to its reply address is for colleagues alone: another site's code for an account, for one, which
    somebody had sent there to read it here.
    """
    found = conversation.messages.filter(seq__gt=after).prefetch_related("attachments__file").order_by("seq")
    messages = list(found[:PAGE])
    me = _own(conversation, viewer)
    sources = _sources(messages, viewer)
    by_left = _by_left_address(conversation, messages, me)
    strangers = _strangers(conversation, messages, me)
    shown = [
        _line(message, viewer, "me" if message.pk in by_left else _side(message, me), sources)
        for message in messages
        if message.pk in by_left or message.author_id not in strangers
    ]
    if reads_along(conversation, viewer):
        return [_for_colleagues(line) for line in shown]
    is_checked = any(KEY in line.data for line in shown)
    return [_unasked(line) for line in shown] if is_checked and not asked_by(conversation, viewer) else shown


def _unasked(line: Line) -> Line:
    """Without the question whether we understood: it is put to the one whose request it is."""
    return replace(line, data={key: value for key, value in line.data.items() if key != KEY})


def _for_colleagues(line: Line) -> Line:
    """What was said and by whom, for those their organisation lets read along: no address, nothing that was quoted."""
    who = line.author if "@" not in line.author else _("A colleague")
    return replace(
        line, author=who, quoted="", data={}, client_id=line.client_id if line.side == "me" else ""
    )


def pressable(conversation: Conversation) -> int:
    """The number of the line whose choices can be pressed: the newest, or, while a person is on the way, the last that
    offered any."""
    waits = conversation.handed_over_at and not conversation.first_answered_at
    if conversation.held_by == "bot" or not waits or conversation.is_closed:
        return conversation.last_seq
    said = conversation.messages.filter(author_kind="bot").order_by("-seq").values_list("seq", "data")
    return next(
        (seq for seq, data in said[:OFFERED_WITHIN] if data.get("code") == "choices"), conversation.last_seq
    )


def render(shown: list[Line], conversation: Conversation, *, last: int) -> Markup:
    """The lines as the page shows them; choices can be pressed only under line number `last`."""
    locale = _locale()
    acts = {name: reverse(f"portal:chat-{name}", args=[locale]) for name in ("choice", "solved", "person")}
    acts["check"] = reverse("portal:talk-check", args=[locale, conversation.public_id])
    context = {"lines": shown, "conversation": conversation, "last": last, "locale": locale, "acts": acts}
    return Markup(render_to_string("portal/thread_lines.html", context))  # noqa: S704  (the template escaped it)


def _line(message: Message, viewer: Viewer, side: str, sources: dict[int, Source]) -> Line:
    data = message.data
    quoted = data.get("answer") or {}
    return Line(
        seq=message.seq,
        side=side,
        author=message.author_name if message.is_verified else message.from_address or message.author_name,
        text=message.text,
        html=message.html,
        quoted=message.quoted,
        at=message.at,
        client_id=message.client_id,
        code=str(data.get("code", "")),
        quotations=_quotations(message, sources) if quoted else [],
        is_claimed=_is_claimed(message, side),
        is_automatic=message.is_automatic and side in {"me", "other"},
        is_provisional=bool(quoted.get("provisional")),
        choices=_choices(data.get("choices") or [], sources) if not quoted else [],
        cards=[_card(card, sources) for card in data.get("cards") or [] if int(card["article"]) in sources],
        files=[_file(held.file, viewer) for held in message.attachments.all() if not _stands(held)],
        pictures={
            held.cid: link(held.file, viewer=viewer.key)
            for held in message.attachments.all()
            if _stands(held)
        },
        invited=invited_lines(message),
        data=data,
    )


def _quotations(message: Message, sources: dict[int, Source]) -> list[Quotation]:
    """One for each thing that was asked; of one thing the message's text is the quotation."""
    parts = message.data.get("parts") or [message.data["answer"] | {"text": message.text}]
    return [
        Quotation(str(part.get("question", "")), *shortened(part["text"]), _source(part, sources))
        if part.get("article")
        else Quotation(
            str(part.get("title", "")), part["text"], "", Source(0, str(part.get("title", "")), "")
        )
        for part in parts
    ]


def _side(message: Message, me: set[int]) -> str:
    if message.direction == Message.Direction.OUT:
        return "bot" if message.is_automatic or message.author_kind != "staff" else "person"
    # Who reads here holds the address: what came from it is theirs, however it came. The desk is told of the doubt.
    return "me" if message.author_id in me else "other"


def _is_claimed(message: Message, side: str) -> bool:
    """Whether nothing vouches for who sent it: a mail, or somebody else's words. What one typed here oneself is no claim."""
    return not message.is_verified and (side == "other" or (side == "me" and bool(message.from_address)))


def _own(conversation: Conversation, viewer: Viewer) -> set[int]:
    """Whose words are this viewer's own: the person's, and those of the nameless one their browser stood for here."""
    own = {viewer.person_id} if viewer.person_id else {conversation.requester_id}
    if is_requester(conversation, viewer):
        own |= {conversation.requester_id, conversation.about.get("asked_as")}
    elif viewer.chat_key and viewer.chat_key == conversation.chat_key:
        own.add(conversation.requester_id)
    return {one for one in own if one}


def left_address(conversation: Conversation, viewer: Viewer) -> Endpoint | None:
    """Where answers go because this viewer left it here: the address they may read again and correct."""
    ways = left_by(_own(conversation, viewer), conversation).filter(is_active=True)
    return ways.order_by("-pk").first()


def _by_left_address(conversation: Conversation, messages: list[Message], me: set[int]) -> set[int]:
    """Messages that came from a mail address which the reader left here themselves, and by the way made for it; or were
    written on the page by who came in with a link to it.

    Such an address names somebody else, because leaving it proves nothing. Only what is shown to come from it counts,
    and nobody who was put in copy here is taken for the reader.
    """
    others = [each for each in messages if _is_shown_another(each, me)]
    if not others:
        return set()
    ways = list(left_by(me, conversation))
    mailed = {(way.pk, way.address) for way in ways}
    typed = {(way.person_id, "") for way in ways}
    return {
        each.pk
        for each in others
        if (each.endpoint_id, each.from_address) in mailed or (each.author_id, each.from_address) in typed
    }


def _is_shown_another(message: Message, me: set[int]) -> bool:
    """Whether it is somebody else's, and shown to be: from the address its way was made for, or written on the page."""
    is_theirs = message.direction == Message.Direction.IN and message.author_id not in me
    return is_theirs and message.is_verified and not message.data.get("other_address")


def _strangers(conversation: Conversation, messages: list[Message], me: set[int]) -> set[int]:
    """Those who wrote to an address made for somebody else and take no part."""
    wrote = {each.author_id for each in messages if each.data.get("other_address") and each.author_id} - me
    if not wrote:
        return set()
    part = conversation.participants.filter(person__in=wrote, left_at=None).values_list("person", flat=True)
    return wrote - set(part)


def _is_browsers_only(conversation: Conversation, viewer: Viewer) -> bool:
    """Whether the viewer reads here as their browser, and not as the person they signed in as."""
    if not viewer.chat_key or viewer.chat_key != conversation.chat_key or viewer.only == conversation.pk:
        return False
    theirs = Person.objects.signing_in_as(viewer.person_id or 0).values("pk")
    return not conversation.participants.filter(person__in=theirs, left_at=None).exists()


def _stands(held: Attachment) -> bool:
    """Whether it is a picture in our words, not one beside them."""
    return held.file.is_inline and held.cid == cid_of(held.file)


def _file(file: StoredFile, viewer: Viewer) -> File:
    return File(file.title, link(file, viewer=viewer.key), file.size, file.is_inline)


def _sources(messages: list[Message], viewer: Viewer) -> dict[int, Source]:
    """Every article these messages name that the viewer may read now, with its address."""
    named = [message.data.get("answer") or {} for message in messages]
    named += [
        offer
        for message in messages
        for key in ("parts", "choices", "cards")
        for offer in message.data.get(key) or []
    ]
    ids = {int(offer["article"]) for offer in named if offer.get("article")}
    if not ids:
        return {}
    locale = _locale()
    found = Article.objects.visible_to(viewer).filter(pk__in=ids).with_published()
    texts = {article.pk: (article, article.published(locale)) for article in found}
    return {
        pk: Source(pk, text.title, addresses.article(article, locale), text.locale)
        for pk, (article, text) in texts.items()
        if text is not None
    }


def _source(offer: dict[str, Any], sources: dict[int, Source]) -> Source:
    number = int(offer.get("article") or 0)
    known = sources.get(number) or Source(number, str(offer.get("title", "")), "")
    spot = urlsplit(str(offer.get("url", ""))).fragment
    url = f"{known.url}#{spot}" if known.url and spot else known.url
    return replace(known, url=url, version=int(offer.get("version") or 0))


def _choices(offered: list[dict[str, Any]], sources: dict[int, Source]) -> list[Source]:
    """What can be picked, each with its product where those differ."""
    names = [str(choice.get("product", "")) for choice in offered]
    differ = len(set(names)) > 1
    return [
        replace(_source(choice, sources), product=name if differ else "")
        for choice, name in zip(offered, names, strict=True)
    ]


def _card(card: dict[str, Any], sources: dict[int, Source]) -> Source:
    """What the message kept of an article, while the reader may still open it."""
    return replace(sources[int(card["article"])], opening=str(card.get("opening", "")))


def _locale() -> str:
    return (get_language() or "ko").split("-")[0]
