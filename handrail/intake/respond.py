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
from handrail.answers.after_shown import ASKS_NOTHING
from handrail.answers.answer import answer
from handrail.answers.asked_from import Page
from handrail.answers.chosen import chosen, quoted_for
from handrail.answers.in_vain import in_vain
from handrail.answers.results import Hit, Result
from handrail.answers.wants_person import wants_person
from handrail.conversations.conversation import Conversation
from handrail.conversations.messages import Message
from handrail.core.actors import BOT, Actor
from handrail.intake import follow_up, pointing, second_try
from handrail.intake.escalate import escalate
from handrail.intake.last_ask import last_ask
from handrail.intake.pleasantries import FILES, NOBODY, PLEASANTRY, pleasantry, word_back
from handrail.intake.second_try import OFFERS_PERSON, Failed
from handrail.intake.talked_of import THING, talked_of
from handrail.intake.watching import holds
from handrail.knowledge.models import Article, Product

MISSES_BEFORE_A_PERSON = 2


def respond(message: Message) -> None:
    """Answer one customer message if the bot holds the conversation. Running it twice says nothing twice."""
    conversation = message.conversation
    if message.is_automatic:
        return
    if conversation.held_by != "bot":
        show_pressed(conversation, message)
        return
    pressed = message.data.get("choice") or message.data.get("refused") or pointing.point(message)
    if (wants_person(message.text) and not pressed) or message.data.get("wants_person"):
        escalate(conversation, reason="asked", by=message_author(message))
    elif turns_are_over(conversation):
        escalate(conversation, reason="turns", by=BOT)
    elif not pressed and second_try.takes_person(message):
        escalate(conversation, reason="asked", by=message_author(message))
    elif not pressed and second_try.wants_nobody(message):
        greet_back(conversation, message, NOBODY)
    elif not pressed and (offered := pointing.asked_which(message)):
        ask_which(conversation, message, offered)
    elif not pressed and not message.text.strip():
        greet_back(conversation, message, FILES)
    elif not pressed and (kind := pleasantry(message.text)):
        greet_back(conversation, message, kind)
    elif not pressed and second_try.worked(message):
        asks_nothing(message)
        greet_back(conversation, message, "thanks")
    elif not pressed and (failed := second_try.failed(message)):
        say_instead(conversation, message, failed)
    else:
        result = find(message)
        failed = None if pressed else second_try.failed_again(message, result)
        if failed:
            say_instead(conversation, message, failed)
        else:
            say(conversation, message, result)


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
            data={"code": PLEASANTRY, "kind": kind, **({OFFERS_PERSON: True} if kind == FILES else {})},
        )


@transaction.atomic
def ask_which(conversation: Conversation, message: Message, offered: dict[str, Any]) -> None:
    """The choices once more, to who said yes to several of them. It is a turn, and no miss."""
    if not holds(conversation) or is_answered(message):
        return
    asks_nothing(message)
    count_turn(conversation)
    with translation.override(conversation.locale):
        text = _("Which one do you mean? Press it, or write which it is in the list, such as “the second”.")
    conversation.reply(
        text, by=BOT, is_automatic=True, mail=False, client_id=f"bot:{message.pk}", data=offered
    )


@transaction.atomic
def show_pressed(conversation: Conversation, message: Message) -> None:
    """People have it, and none has answered yet: a choice that was offered before still shows its article, as a turn like any
    other, of which there are no more than the brand allows.

    Whatever else is written waits for a person.
    """
    if not message.data.get("choice") or conversation.first_answered_at or turns_are_over(conversation):
        return
    result = find(message)
    if result.outcome != "answer" or is_answered(message):
        return
    count_turn(conversation)
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
        result = follow_up.offered(message, result, partial(ask, remember=False))
    result = second_try.behind_others(message, result)
    if follow_up.is_told(message, result):
        return follow_up.not_again(result)
    return follow_up.new_first(message, result)


def find_instead(message: Message, failed: Failed) -> Result:
    """What the engine has besides what failed."""
    viewer = replace(viewer_of(message.conversation), place=str(message.data.get("place", "")))

    def ask(text: str, product: Product | None) -> Result:
        # What was asked before is kept already.
        return _ask(message, viewer, text, product=product, remember=text == failed.rest)

    return second_try.instead(message, failed, ask)


def _ask(
    message: Message, viewer: Viewer, text: str, *, product: Product | None = None, remember: bool = True
) -> Result:
    """What the engine says to `text`: the message's words, or those with others, which find an article and are not quoted by.

    product  only what stands below it
    """
    page, brand = None if product else place_of(message), message.conversation.brand_id
    locale = message.conversation.locale
    result = answer(
        text,
        viewer,
        locale=locale,
        product=product,
        page=page,
        channel="chat",
        brand=brand,
        remember=remember,
    )
    return result if text == message.text else quoted_for(result, message.text, viewer)


def asks_nothing(message: Message) -> None:
    """Keep that these words are no question: by themselves they would not show it."""
    message.data = {**message.data, ASKS_NOTHING: True}
    message.save(update_fields=["data"])


def question_before(message: Message) -> str:
    """The visitor's own words that the choices were offered to."""
    asked = message.conversation.messages.filter(direction="in", seq__lt=message.seq).order_by("-seq")
    words = (said.text for said in asked[:5] if not said.data.get("choice") and _may_ask(said))
    return next(words, message.text)


def _may_ask(message: Message) -> bool:
    return not message.data.get(ASKS_NOTHING) and in_vain(message.text) != ""


@transaction.atomic
def say(conversation: Conversation, message: Message, result: Result) -> None:
    """Put the engine's result into words, once per message; the second miss in a row brings a person.

    Whoever took over while the engine was asked has it: then nothing is said.
    """
    if not holds(conversation) or is_answered(message):
        return
    pressed = message.data.get("choice") or message.data.get("refused")
    asked: list[dict[str, object]] = [] if pressed else [{"kind": "asked", "text": message.text[:300]}]
    conversation.add_tried(*asked, *shown(result))
    failed = second_try.none_of_these(message) if message.data.get("refused") else None
    with translation.override(conversation.locale):
        text, data = words(result, site=conversation.brand.site)
        if failed:
            text, data = words_instead(failed, result, site=conversation.brand.site)
    if result.outcome == "handover" and misses(conversation) + 1 >= MISSES_BEFORE_A_PERSON:
        escalate(conversation, reason="no_answer", by=BOT)
        return
    count_turn(conversation)
    conversation.reply(text, by=BOT, is_automatic=True, mail=False, client_id=f"bot:{message.pk}", data=data)


@transaction.atomic
def say_instead(conversation: Conversation, message: Message, failed: Failed) -> None:
    """What is offered in place of what did not help, a person beside it; the second time a person has it, unless something
    asked besides is answered. Once per message, like any turn."""
    result = find_instead(message, failed)
    if not holds(conversation) or is_answered(message):
        return
    does_ask = failed.asks(message, result)
    asked: list[dict[str, object]] = [{"kind": "asked", "text": message.text[:300]}] if does_ask else []
    if not does_ask:
        asks_nothing(message)
    conversation.add_tried(*second_try.no_help(failed, conversation), *asked, *shown(result))
    second_try.learn(failed, last_ask(conversation), by=message_author(message))
    is_missed = result.outcome == "handover" and misses(conversation) + 1 >= MISSES_BEFORE_A_PERSON
    if is_missed or (failed.is_for_a_person and result.outcome != "answer"):
        escalate(conversation, reason="no_answer", by=BOT)
        return
    with translation.override(conversation.locale):
        text, data = words_instead(failed, result, site=conversation.brand.site)
    count_turn(conversation)
    conversation.reply(text, by=BOT, is_automatic=True, mail=False, client_id=f"bot:{message.pk}", data=data)


def is_answered(message: Message) -> bool:
    """Whether the bot said something to this message already."""
    return message.conversation.messages.filter(client_id=f"bot:{message.pk}").exists()


def turns_are_over(conversation: Conversation) -> bool:
    """Whether the assistant replied as often as the brand allows in one conversation."""
    return conversation.automatic_turns >= conversation.brand.automatic_turns_max


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


def words_instead(failed: Failed, result: Result, *, site: str) -> tuple[str, dict[str, Any]]:
    """The same after something did not help; it offers a person too."""
    text, data = words(result, site=site)
    if not failed.is_tried:
        return text, data
    data |= {**failed.data, OFFERS_PERSON: True}
    if result.outcome == "answer":
        return text, data
    if result.outcome == "choices":
        offer = _("I am sorry that this did not help. One of these may; or shall a person take over?")
    else:
        offer = _(
            "I am sorry that this did not help, and I have nothing else on it. Shall a person take over?"
        )
    return f"{offer} {person_knows()}", data


def person_knows() -> str:
    return _("They see everything written here, so you need not repeat it.")


def misses(conversation: Conversation) -> int:
    """How many of the bot's last turns in a row found nothing."""
    count = 0
    for data in (
        conversation.messages.filter(author_kind="bot").order_by("-seq").values_list("data", flat=True)[:5]
    ):
        if data.get("code") == PLEASANTRY and data.get("kind") != NOBODY:
            continue
        if data.get("code") != "handover":
            break
        count += 1
    return count


def shown(result: Result) -> list[dict[str, object]]:
    """What the customer was shown, for the agent who may take over."""
    quoted = [hit for hit in result.answers if hit.article]
    if quoted:
        return [{**entry, "quoted": True} for entry in tried(quoted[:3])]
    return tried(result.choices[:3])


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
