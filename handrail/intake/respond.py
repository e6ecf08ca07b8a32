"""The bot's turn: a chat message becomes an answer with its source, choices, or a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from handrail.accounts.viewer import Viewer
from handrail.answers.answer import answer
from handrail.answers.asked_from import Page
from handrail.answers.chosen import chosen, quoted_for
from handrail.answers.results import Hit, Result
from handrail.answers.wants_person import wants_person
from handrail.conversations.conversation import Conversation
from handrail.conversations.messages import Message
from handrail.core.actors import BOT, Actor
from handrail.intake import follow_up
from handrail.intake.escalate import escalate
from handrail.intake.pleasantries import pleasantry, word_back
from handrail.intake.talked_of import THING, talked_of
from handrail.intake.watching import holds
from handrail.knowledge.models import Article, Product

MISSES_BEFORE_A_PERSON = 2
PLEASANTRY = "pleasantry"  # the code of a word back to a greeting or thanks


def respond(message: Message) -> None:
    """Answer one customer message if the bot holds the conversation. Running it twice says nothing twice."""
    conversation = message.conversation
    if message.is_automatic:
        return
    if conversation.held_by != "bot":
        show_pressed(conversation, message)
        return
    pressed = message.data.get("choice") or message.data.get("refused")
    if (wants_person(message.text) and not pressed) or message.data.get("wants_person"):
        escalate(conversation, reason="asked", by=message_author(message))
    elif conversation.automatic_turns >= conversation.brand.automatic_turns_max:
        escalate(conversation, reason="turns", by=BOT)
    elif not pressed and (kind := pleasantry(message.text)):
        greet_back(conversation, message, kind)
    else:
        say(conversation, message, find(message))


@transaction.atomic
def greet_back(conversation: Conversation, message: Message, kind: str) -> None:
    """A word for a word. It is a turn, and no miss: nothing was asked."""
    if not holds(conversation) or is_answered(message):
        return
    count_turn(conversation)
    with translation.override(conversation.locale):
        conversation.reply(
            word_back(kind),
            by=BOT,
            is_automatic=True,
            mail=False,
            client_id=f"bot:{message.pk}",
            data={"code": PLEASANTRY},
        )


@transaction.atomic
def show_pressed(conversation: Conversation, message: Message) -> None:
    """People have it, and none has answered yet: a choice that was offered before still shows its article.

    Whatever else is written waits for a person.
    """
    if not message.data.get("choice") or conversation.first_answered_at:
        return
    result = find(message)
    if result.outcome != "answer" or is_answered(message):
        return
    conversation.add_tried(*shown(result))
    with translation.override(conversation.locale):
        text, data = words(result, site=conversation.brand.site)
    conversation.reply(text, by=BOT, is_automatic=True, mail=False, client_id=f"bot:{message.pk}", data=data)


def find(message: Message) -> Result:
    """What the engine says to a message: to its words, or to the choice that was pressed."""
    conversation = message.conversation
    locale = conversation.locale
    viewer = replace(viewer_of(conversation), place=str(message.data.get("place", "")))
    if message.data.get("refused"):
        return Result(outcome="handover", locale=locale)
    if number := message.data.get("choice"):
        return chosen(number, question_before(message), viewer, locale=locale)
    ask = partial(_ask, message, viewer)
    meant = follow_up.meant(message, partial(ask, remember=False))
    result = ask(meant)
    if meant == message.text:
        return follow_up.offered(message, result, partial(ask, remember=False))
    return follow_up.not_again(result) if follow_up.is_told(message, result) else result


def _ask(message: Message, viewer: Viewer, text: str, *, remember: bool = True) -> Result:
    """What the engine says to `text`: the message's words, or those with others, which find an article and are not quoted by."""
    page, brand = place_of(message), message.conversation.brand_id
    locale = message.conversation.locale
    result = answer(text, viewer, locale=locale, page=page, channel="chat", brand=brand, remember=remember)
    return result if text == message.text else quoted_for(result, message.text, viewer)


def question_before(message: Message) -> str:
    """The visitor's own words that the choices were offered to."""
    asked = message.conversation.messages.filter(direction="in", seq__lt=message.seq).order_by("-seq")
    return next((said.text for said in asked[:5] if not said.data.get("choice")), message.text)


@transaction.atomic
def say(conversation: Conversation, message: Message, result: Result) -> None:
    """Put the engine's result into words, once per message; the second miss in a row brings a person.

    Whoever took over while the engine was asked has it: then nothing is said.
    """
    if not holds(conversation) or is_answered(message):
        return
    conversation.add_tried({"kind": "asked", "text": message.text[:300]}, *shown(result))
    with translation.override(conversation.locale):
        text, data = words(result, site=conversation.brand.site)
    if result.outcome == "handover" and misses(conversation) + 1 >= MISSES_BEFORE_A_PERSON:
        escalate(conversation, reason="no_answer", by=BOT)
        return
    count_turn(conversation)
    conversation.reply(text, by=BOT, is_automatic=True, mail=False, client_id=f"bot:{message.pk}", data=data)


def is_answered(message: Message) -> bool:
    """Whether the bot said something to this message already."""
    return message.conversation.messages.filter(client_id=f"bot:{message.pk}").exists()


def count_turn(conversation: Conversation) -> None:
    """One more automatic reply, of as many as the brand allows."""
    conversation.automatic_turns += 1
    conversation.save(update_fields=["automatic_turns"])


def words(result: Result, *, site: str) -> tuple[str, dict[str, Any]]:
    """The sentence to show and the codes for what stands beside it, in the current language, with links to `site`."""
    data: dict[str, Any] = {"code": result.outcome, **result.as_json(site=site), THING: result.thing}
    if result.outcome == "answer" and result.answer:
        return result.text, data
    if result.outcome == "choices":
        return _("One of these may be what you need. Which one is it?"), data
    return _("I did not find an answer to that. You can put it in other words, or talk to a person."), data


def misses(conversation: Conversation) -> int:
    """How many of the bot's last turns in a row found nothing."""
    count = 0
    for data in (
        conversation.messages.filter(author_kind="bot").order_by("-seq").values_list("data", flat=True)[:5]
    ):
        if data.get("code") == PLEASANTRY:
            continue
        if data.get("code") != "handover":
            break
        count += 1
    return count


def shown(result: Result) -> list[dict[str, object]]:
    """What the customer was shown, for the agent who may take over."""
    offered = [hit for hit in result.answers if hit.article] or result.choices
    return tried(offered[:3])


def tried(hits: Sequence[Hit]) -> list[dict[str, object]]:
    """The articles as a conversation keeps them among what the customer tried."""
    return [{"kind": "shown", "article": hit.article, "title": hit.title} for hit in hits]


def place_of(message: Message) -> Page | None:
    """What the talk was about last, or else where it was begun; that page says more of the same product."""
    begun, said = page_of(message.conversation), talked_of(message)
    return begun if said is None or (begun and begun.product == said.product) else said


def page_of(conversation: Conversation) -> Page | None:
    """Where the customer was when they began to write: an article, or a product they picked, if those still exist."""
    about = conversation.about
    article = Article.objects.select_related("topic").filter(pk=about.get("article") or 0).first()
    return Page.of(article, Product.objects.filter(pk=about.get("product") or 0).first())


def viewer_of(conversation: Conversation) -> Viewer:
    """What the bot may quote here is what the person who asked may read."""
    person = conversation.requester
    proved = int(conversation.about.get("assurance", 0))
    return Viewer(
        person_id=person.pk if proved >= 2 else None,
        is_employee=person.kind == "employee",
        assurance=proved,
        locale=conversation.locale,
        zone=person.zone,
        chat_key=conversation.chat_key,
    )


def message_author(message: Message) -> Actor:
    return Actor(message.author_kind, message.author_id)
