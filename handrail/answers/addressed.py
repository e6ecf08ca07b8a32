"""Which of a message's questions a reply does not address yet: told by words alone, the same each time.

A question counts as addressed when the reply names most of what it is about, or some of it together with an answer of its
kind (a sum where it asks how much, a day where it asks when, a yes or no). Whether the answer is right is for who writes it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from handrail.answers.analysis.grams import is_latin
from handrail.answers.parts import EN_EMPTY, KO_ASKS, KO_EMPTY, asked_in

ENOUGH = 0.5  # of what a question is about
REPLY_CHARS_MAX = 8_000

WORD = re.compile(r"[가-힣]+|[a-z0-9][a-z0-9'-]*", re.I)
PARTICLE = re.compile(
    r"(?:에서는|으로는|에게서|한테서|이라도|이랑|에서|에게|한테|께서|까지|부터|으로|이나|보다|처럼|마다|에는|로는|하고|은|는|이|가|을|를|에|로|도|만|의|와|과|랑)$"
)
# A word that ends so is a verb: its first two syllables stay when it is said in another form.
VERB = re.compile(
    r"(?:요|까|다|지|고|면|서|데|는데|려고|려면|아야|어야|해야|는지|은지|나|니|던|을|를|한|된|할|될|인|하는|되는)$"
)
KO_IDLE = re.compile(
    r"^(?:제가|저는|저희|우리|그럼|그런데|근데|혹시|그리고|이거|그거|지금|아직|다시|하는|되는|있는|없는|싶은|같은|경우|때문|정도|가능|필요|하면|되면|해도|돼도|건가|는가|좀|더)"
)
EN_SUFFIX = re.compile(r"(?:ing|ied|ies|ed|es|s|e|y)$")
EN_IDLE = frozenset(
    {"there", "still", "just", "any", "some", "it", "its", "possible", "take", "takes", "going", "come"}
)

SUM, TIME, YES_NO, PLACE = (
    r"\d|무료|공짜|free|no charge|won|원",
    r"\d|오늘|내일|모레|이번\s?주|다음\s?주|요일|곧|바로|하루|이틀|사흘|나흘|닷새|일주일|today|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|week|day|hour|minute|soon|month",
    r"(?:^|[\s.!])(?:네|예|아니요|아니에요|아쉽지만|물론)|가능|할 수|수 있|수 없|됩니다|돼요|되세요|안 돼|있어요|없어요|있습니다|없습니다|\b(?:yes|no|sure|of course|can|cannot|can't|unfortunately|sorry|afraid|does|doesn't|isn't|is not)\b",
    r"에서|에 있|쪽|메뉴|앱|설정|\b(?:in|at|on|under|below|near|menu|app|settings)\b",
)
KINDS = (
    (re.compile(r"얼마|how much|what does .* cost|price of", re.I), re.compile(SUM, re.I)),
    (
        re.compile(r"언제|며칠|몇\s?(?:시|일|주)|얼마나\s*걸|when\b|how long|how soon", re.I),
        re.compile(TIME, re.I),
    ),
    (re.compile(r"어디|where\b", re.I), re.compile(PLACE, re.I)),
    (
        re.compile(
            r"(?:되나요|돼요|될까요|가능|있나요|있을까요|인가요|수\s?있|맞나요|나요)\W*$|^(?:can|could|do|does|is|are|will|may|should)\b",
            re.I,
        ),
        re.compile(YES_NO, re.I),
    ),
)


def not_addressed(messages: Sequence[str], reply: str) -> list[str]:
    """The questions of these messages, in their order, that `reply` does not address."""
    asked = list(dict.fromkeys(question for text in messages for question in asked_in(text)))
    reply = reply[:REPLY_CHARS_MAX]
    if not reply.strip():
        return asked
    return [question for question in asked if not addresses(reply, question, is_only=len(asked) == 1)]


def addresses(reply: str, question: str, *, is_only: bool = False) -> bool:
    """Whether the reply speaks to this question. is_only: there is no other one it could be about."""
    about = _about(question)
    named = sum(_names(reply, word) for word in about)
    if about and named / len(about) >= ENOUGH:
        return True
    return (named > 0 or not about or is_only) and _answers_its_kind(reply, question)


def _answers_its_kind(reply: str, question: str) -> bool:
    return any(kind.search(question.strip()) and answer.search(reply) for kind, answer in KINDS)


def _about(question: str) -> list[str]:
    """What it is about, as stems."""
    words = [word.lower() for word in WORD.findall(question)]
    stems = (_english(word) if is_latin(word) else _korean(word) for word in words)
    return list(dict.fromkeys(stem for stem in stems if stem))


def _korean(word: str) -> str:
    if KO_ASKS.search(word) or KO_EMPTY.search(word) or KO_IDLE.search(word):
        return ""
    if VERB.search(word) and not PARTICLE.fullmatch(word[-1]):
        return word[:2] if len(word) > 2 else ""
    noun = PARTICLE.sub("", word)
    return noun if len(noun) > 1 else ""


def _english(word: str) -> str:
    if len(word) < 3 or EN_EMPTY.match(word) or word in EN_IDLE:
        return ""
    return EN_SUFFIX.sub("", word) if len(word) > 4 else word


def _names(reply: str, stem: str) -> bool:
    reply = reply.lower()
    if is_latin(stem):
        return re.search(rf"\b{re.escape(stem)}", reply) is not None
    return stem in reply or stem in reply.replace(" ", "")
