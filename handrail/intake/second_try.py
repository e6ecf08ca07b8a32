"""What did not help is not offered again: another article of the same product is, with a person beside it, who has it after
a second try.

    필터 청소하는 방법 (quoted)   이미 해봤는데 안돼요         ->  the next of that product to choose from, or a person at a yes
    ... (chosen, quoted)          여전히 시끄러워요           ->  a person has it
    The same (quoted)             tried that. It blinks red   ->  what "it blinks red" finds, without what was tried

Told by the words (answers/in_vain.py) or by how they are said (answers/after_shown.py), and only where the assistant offered
something just before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from handrail.answers.after_shown import failed_after, goes_on, names_nothing, worked_after
from handrail.answers.asking import asks
from handrail.answers.bands import CHOICES
from handrail.answers.in_vain import Vain, ends_in_vain, vain
from handrail.answers.models import Ask
from handrail.answers.results import Hit, Result, likely
from handrail.answers.says_yes import says_no, says_yes
from handrail.conversations.conversation import Conversation
from handrail.conversations.messages import Message
from handrail.core.actors import CanAct
from handrail.intake import follow_up
from handrail.intake.pleasantries import PLEASANTRY
from handrail.intake.said_before import said_before, said_last
from handrail.intake.talked_of import talked_of
from handrail.knowledge.models import Article, Product

TRIES_BEFORE_A_PERSON = 2
IN_VAIN = "in_vain"  # in the data of the bot's messages: ids of what the customer said is not it
OFFERS_PERSON = "offers_person"  # there too: the message asks whether a person shall take over
READ_MAX = 30  # turns of the bot looked through, the newest first

# What the engine says to words, within a product where one is given.
Asks = Callable[[str, Product | None], Result]


@dataclass(frozen=True)
class Failed:
    """One message that says what was shown did not help.

    rest    what it asks besides; "" for nothing
    quoted  articles whose words stood there: they were tried
    listed  articles offered to choose from: none of them is it
    nth     how many times it was said in this chat, this one included
    is_tried  False where it only turns to something else: then nothing is held against what was shown
    gone    whatever is not to be offered again
    """

    rest: str
    quoted: list[int]
    listed: list[int]
    nth: int
    gone: frozenset[int]
    is_tried: bool = True

    @property
    def is_for_a_person(self) -> bool:
        return self.is_tried and self.nth >= TRIES_BEFORE_A_PERSON

    def is_whole(self, message: Message) -> bool:
        """Whether all of the message says it, though it names something: that may be what failed, or another matter."""
        return self.rest == message.text

    def asks(self, message: Message, result: Result) -> bool:
        """Whether something was asked besides: what says it with all its words did where it is answered."""
        return bool(self.rest) and (not self.is_whole(message) or result.outcome == "answer")

    @property
    def data(self) -> dict[str, Any]:
        """As the bot's message keeps it."""
        return {IN_VAIN: [*self.quoted, *self.listed]} if self.is_tried else {}


def failed(message: Message) -> Failed | None:
    """What failed, where these words say so and the last turn offered something; else None."""
    turns = _turns(message)
    said = vain(message.text) if turns else None
    if said is None and turns and _offered(turns[0]) and _fails(message):
        said = Vain("" if names_nothing(message.text) else message.text)
    return _failed(message, turns, said) if said else None


def _fails(message: Message) -> bool:
    """Whether its words tell that what was shown failed. After thanks a fault that is named and not said to go on is another."""
    if not failed_after(message.text):
        return False
    is_open = not _was_thanked(message)
    return is_open or names_nothing(message.text) or goes_on(message.text)


def _was_thanked(message: Message) -> bool:
    said = said_last(message)
    return said.get("code") == PLEASANTRY and said.get("kind") == "thanks"


def failed_again(message: Message, result: Result) -> Failed | None:
    """The same where the words ask nothing, or end in that it failed, and would only be given what stood there last."""
    turns = _turns(message) if result.answer else []
    if not turns or result.answer is None or result.answer.article not in _quoted(turns[0]):
        return None
    is_vain = ends_in_vain(message.text) or (not asks(message.text) and follow_up.is_told(message, result))
    return _failed(message, turns, Vain(message.text)) if is_vain else None


def worked(message: Message) -> bool:
    """Whether what was shown last worked or was understood, by these words. A yes to choices says neither."""
    if not worked_after(message.text):
        return False
    turns = _turns(message)
    shown = turns[0] if turns else {}
    return bool(_quoted(shown) or (listed_in(shown) and not says_yes(message.text)))


def none_of_these(message: Message) -> Failed | None:
    """The same as `failed` where "none of these" was pressed."""
    turns = _turns(message)
    return _failed(message, turns, Vain("")) if turns else None


def _failed(message: Message, turns: list[dict[str, Any]], said: Vain) -> Failed:
    last = turns[0]
    quoted, listed = _quoted(last), listed_in(last)
    read = {
        int(entry["article"])
        for entry in message.conversation.tried
        if (entry.get("kind") in ("no_help", "read") or entry.get("helped") is False) and entry.get("article")
    }
    shown = {number for data in turns for number in [*_quoted(data), *data.get(IN_VAIN, [])]}
    gone = frozenset(read | shown | set(quoted) | set(listed))
    return Failed(said.rest, quoted, listed, 1 + _tries(turns), gone, said.is_tried)


def _turns(message: Message) -> list[dict[str, Any]]:
    """What the bot said before, the newest first, without its words to greetings and thanks."""
    codes = (*follow_up.WORTH, PLEASANTRY)
    turns = [data for data in said_before(message, READ_MAX) if data.get("code") in codes]
    # After "it works now, thanks" whatever fails is another matter.
    at = next((at for at, data in enumerate(turns) if data.get("code") == PLEASANTRY), len(turns))
    return turns[:at] or turns[at + 1 :]


def _quoted(data: dict[str, Any]) -> list[int]:
    if data.get("code") != "answer":
        return []
    shown = [data.get("answer") or {}, *(data.get("parts") or [])]
    return list(dict.fromkeys(int(each["article"]) for each in shown if each.get("article")))


def _offered(data: dict[str, Any]) -> bool:
    return bool(_quoted(data) or listed_in(data) or IN_VAIN in data)


def listed_in(data: dict[str, Any]) -> list[int]:
    """The articles a turn of the bot offered to choose from."""
    listed = data.get("choices") or [] if data.get("code") == "choices" else []
    return [int(each["article"]) for each in listed if each.get("article")]


def _tries(turns: list[dict[str, Any]]) -> int:
    return sum(1 for data in turns if IN_VAIN in data)


def instead(message: Message, failed: Failed, ask: Asks) -> Result:
    """What is offered in place of what failed: to what is asked besides, or else the next of the same product."""
    nothing = Result(outcome="handover", locale=message.conversation.locale)
    if failed.rest:
        found = _to_the_rest(message, failed, ask)
        if failed.is_whole(message) and (failed.is_for_a_person or found.outcome != "answer"):
            # It names what failed, or what is said of anything: only what is sure is another matter.
            return nothing if failed.is_for_a_person else _next(message, failed, ask) or found
        # A person is offered then, and beside an offer stand no guesses.
        return nothing if failed.is_for_a_person and found.outcome == "choices" else found
    return nothing if failed.is_for_a_person else _next(message, failed, ask) or nothing


def _next(message: Message, failed: Failed, ask: Asks) -> Result | None:
    """What else the question before finds in the product, without what failed; None for nothing."""
    earlier = follow_up.before(message)
    if not earlier or not (failed.quoted or failed.listed):
        return None
    result = ask(earlier, product_of(message, failed))
    if result.outcome == "handover":
        return None
    return _choices(result, [hit for hit in result.considered if hit.article not in failed.gone])


def _to_the_rest(message: Message, failed: Failed, ask: Asks) -> Result:
    """What the rest finds by itself or, where that is no answer, together with the question before; without what failed."""
    alone = without(ask(failed.rest, None), failed.gone)
    earlier = follow_up.before(message)
    if alone.outcome == "answer" or not earlier or failed.rest == message.text:
        return alone
    together = without(ask(follow_up.joined(failed.rest, earlier), None), failed.gone)
    return max(alone, together, key=lambda each: follow_up.WORTH[each.outcome])


def product_of(message: Message, failed: Failed) -> Product | None:
    """The product of what was quoted; of mere choices the one the talk was about, or that of them all."""
    if not failed.quoted and (page := talked_of(message)):
        return Product.objects.filter(pk=page.product).first()
    articles = Article.objects.filter(pk__in=failed.quoted or failed.listed).select_related("topic__product")
    products = {article.topic.product for article in articles}
    return products.pop() if len(products) == 1 else None


def without(result: Result, gone: frozenset[int] | set[int]) -> Result:
    """The result with none of these articles."""
    if not gone & {hit.article for hit in [*result.answers, *result.choices]}:
        return result
    if gone & {hit.article for hit in result.answers} or result.outcome != "answer":
        return _choices(result, [hit for hit in result.considered if hit.article not in gone])
    return replace(result, choices=[hit for hit in result.choices if hit.article not in gone])


def _choices(result: Result, left: list[Hit]) -> Result:
    bare = replace(result, answer=None, parts=[], hours="", considered=left)
    if not left:
        return replace(bare, outcome="handover", choices=[])
    return replace(bare, outcome="choices", choices=likely(left, at_least=2))


def behind_others(message: Message, result: Result) -> Result:
    """An ordinary answer, but for an article that was tried in vain here: that one stands behind others to choose from.

    Among choices to what asks nothing, none was tried or quoted here before.
    """
    turns = _turns(message)
    gone = {number for data in turns for number in data.get(IN_VAIN, [])}
    if result.answer is not None and result.answer.article in gone:
        others = [hit for hit in result.considered if hit.article not in gone][: CHOICES - 1]
        return _choices(result, [*others, result.answer])
    if result.outcome != "choices" or not turns or asks(message.text):
        return result
    return without(result, frozenset(gone | {number for data in turns for number in _quoted(data)}))


def takes_person(message: Message) -> bool:
    """Whether the bot just asked if a person shall take over, and this says yes."""
    return _is_asked_for_person(message) and says_yes(message.text)


def wants_nobody(message: Message) -> bool:
    """Whether the bot just asked the same, and this says no. A bare no to choices beside that says that it is none of them."""
    if not _is_asked_for_person(message) or not says_no(message.text):
        return False
    return not (listed_in(_turns(message)[0]) and failed_after(message.text))


def _is_asked_for_person(message: Message) -> bool:
    return bool(said_last(message).get(OFFERS_PERSON))


def no_help(failed: Failed, conversation: Conversation) -> list[dict[str, object]]:
    """The quoted articles as an agent reads them: tried without success."""
    if not failed.is_tried:
        return []
    titles = {
        int(entry["article"]): entry.get("title", "") for entry in conversation.tried if entry.get("article")
    }
    return [
        {"kind": "no_help", "article": number, "title": titles.get(number, "")} for number in failed.quoted
    ]


def learn(failed: Failed, ask: Ask | None, *, by: CanAct) -> None:
    """Keep for the question behind the last words that what they quoted, or offered, did not help."""
    if ask is None or not failed.is_tried:
        return
    if failed.quoted:
        for article in Article.objects.filter(pk__in=failed.quoted):
            ask.rate(article, is_helpful=False, by=by)
    elif failed.listed:
        ask.refuse(by=by)
