"""The one way from a question to an answer: portal, chat, mail, phone, desk and API all come through here."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from handrail.accounts.viewer import Viewer
from handrail.answers import chat_model, phrasing
from handrail.answers.acronyms import by_their_acronyms
from handrail.answers.asked_from import Page, preferred
from handrail.answers.asks import Ask
from handrail.answers.bands import CHOICES, EVEN
from handrail.answers.beginnings import by_initials
from handrail.answers.candidates import Candidates, draw
from handrail.answers.coefficients import chances, together
from handrail.answers.entries import IndexState
from handrail.answers.exploring import look_further
from handrail.answers.features import LIST, Floats, Measured, measure, of_list
from handrail.answers.gate import Gate, decide, gate_for
from handrail.answers.keywords import answer_instead, tied_now
from handrail.answers.model_client import current, is_starting
from handrail.answers.news import news_behind
from handrail.answers.normalise import mask
from handrail.answers.opening_hours import asks_hours, heading, hours_said
from handrail.answers.published import published_texts
from handrail.answers.question import understand
from handrail.answers.quotation import quote, quoting
from handrail.answers.results import Hit, Part, Result, Text, likely
from handrail.answers.several import Said, in_parts
from handrail.answers.struck import says_nothing
from handrail.answers.unlearned import worth_a_choice
from handrail.answers.unnamed import Told, may_be_any, of_its_place
from handrail.answers.wants_person import wants_person
from handrail.answers.which_product import one_of_each
from handrail.core.inserting import insert_where_possible
from handrail.knowledge.models import Product

# Where the words "a person, please" are meant for us; a mail or a form reaches one anyway.
TO_A_PERSON = ("portal", "chat", "api", "phone")
# Where one asks about us; a colleague at the desk knows.
OUR_HOURS = (*TO_A_PERSON, "form", "mail")
CONSIDERED = 8  # read again, so that three remain where some were just withdrawn


@dataclass(frozen=True)
class Ranked:
    """A question's candidates in order, with the chance of each and how sure the engine is of the first.

    gate  the one they were weighed by: another than asked for where nothing could be compared by meaning
    """

    gate: Gate
    candidates: Candidates
    measured: Measured
    scores: Floats
    order: list[int]
    chances: dict[int, float]
    confidence: float
    told: Told

    @property
    def hope(self) -> float:
        """How likely one of the first three is right."""
        return together(self.confidence, self.scores)

    def one_of_each(self) -> list[int]:
        """The best article of each product that may be meant (which_product.py, unnamed.py)."""
        if not self.order:
            return []
        alike = one_of_each(self.candidates, self.measured, self.scores, self.gate)
        is_sure = self.confidence >= self.gate.answer_from
        return alike or (may_be_any(self.told, self.scores, CHOICES) if is_sure else [])

    def of_nothing(self) -> Ranked:
        """The same question with nothing found."""
        return replace(self, order=[], chances={}, confidence=0.0)


def answer(
    question: str,
    viewer: Viewer,
    *,
    locale: str,
    product: Product | None = None,
    channel: str = "portal",
    brand: int | None = None,
    inbox: int | None = None,
    page: Page | None = None,
    remember: bool = True,
) -> Result:
    """Answer a question from what the viewer may read, or offer choices, or leave it to a person.

    locale    language of the asker; an article that exists only in another is found and says which
    product   only what stands below it
    channel   "portal", "chat", "desk", "mail", "phone", ...: decides how sure an automatic answer must be
    brand     where it is asked, and whose thresholds hold; the product's own without it
    inbox     the mailbox it came to; what is asked of that one comes before what its brand asks for
    page      where it was asked: articles that stand near it are preferred, none is left out
    remember  keep the question, masked, and its outcome, where the database takes it; False while somebody is still typing
    """
    began = time.perf_counter()
    state = IndexState.now()
    brand = product.brand_id if brand is None and product else brand
    gate = gate_for(locale, channel, brand=brand, inbox=inbox, stamp=state.stamp)
    ranked = rank(question, viewer, gate=gate, product=product, page=page, state=state)
    readings = [question, ranked.candidates.question.text]
    begun = by_initials(question, viewer, locale=locale, product=product, state=state)[:CONSIDERED]
    if not begun and says_nothing(ranked.candidates, ranked.measured, viewer, product):
        ranked = ranked.of_nothing()
    may_be = [] if product or page else ranked.one_of_each()
    result, texts = _weighed(ranked, begun, may_be, viewer, locale)
    result = _to_a_person(result, readings, channel)
    ties = tied_now(state.stamp)
    instead = answer_instead(result, readings, viewer, locale=locale, product=product, ties=ties, page=page)
    if instead is not result:
        result = instead
    elif not result.wants_person:
        one = partial(_one, ranked, viewer=viewer, locale=locale, product=product, page=page, state=state)
        result = in_parts(result.repaired or question, _quoted(result, texts, ranked, viewer), one)
        if remember:
            result = _phrased(result, question)
            result = result if begun or may_be else look_further(result, channel)
    result = _with_hours(result, readings, viewer, brand, channel)
    result = replace(result, thing=_thing(ranked, result) if channel == "chat" else 0)
    result = replace(result, drawn=ranked.candidates, milliseconds=(time.perf_counter() - began) * 1000)
    # To want a person is no question: there is nothing to write for it, and nothing to learn from it.
    if not remember or result.wants_person or ranked.candidates.question.is_empty:
        return result
    kept = _keep(question, result, ranked, viewer, channel, (brand, inbox), product, page)
    return replace(result, ask=kept)


def rank(
    question: str,
    viewer: Viewer,
    *,
    gate: Gate,
    product: Product | None = None,
    page: Page | None = None,
    state: IndexState | None = None,
) -> Ranked:
    """The candidates of a question in order; `state` where the caller has just read it.

    page  where it was asked; it may change the order, and never makes the engine surer
    """
    candidates = draw(
        understand(question, state), viewer, product=product.pk if product else None, state=state
    )
    gate = gate.for_what(has_meaning=candidates.has_meaning)
    measured = measure(candidates, gate.classes)
    scores = gate.coefficients.scores(measured)
    confidence = gate.coefficients.confidence(measured, scores)
    if page and len(scores) and not page.is_said:
        scores, confidence = preferred(page, candidates, measured, scores, confidence, gate)
    if len(behind := news_behind(candidates, measured, scores)):
        scores, confidence = behind, min(confidence, gate.coefficients.confidence(measured, behind))
    scores, confidence = by_their_acronyms(candidates, measured, scores, confidence, gate)
    told = Told(candidates, measured)
    if page and len(scores):
        scores, confidence = of_its_place(page, told, scores, confidence, gate)
    scores, confidence = worth_a_choice(measured, scores, confidence, gate)
    order = np.argsort(-scores, kind="stable")
    articles = [measured.articles[at] for at in order]
    each = dict(zip(articles, chances(confidence, scores).tolist(), strict=True))
    return Ranked(gate, candidates, measured, scores, articles, each, confidence, told)


def _thing(ranked: Ranked, result: Result) -> int:
    if not ranked.order:
        return 0
    return ranked.told.named or ranked.told.thing_of(result.answer.article if result.answer else 0)


def _one(
    whole: Ranked,
    part: str,
    *,
    viewer: Viewer,
    locale: str,
    product: Product | None,
    page: Page | None,
    state: IndexState,
) -> Said:
    """What one of several questions finds: its answer, quoted, where it is sure enough, and its choices where it has any.

    None where the second is more likely right than not too. A part that names no thing is of the one the whole names.
    """
    page = page or (Page(whole.told.named, is_said=True) if whole.order and whole.told.named else None)
    ranked = rank(part, viewer, gate=whole.gate, product=product, page=page, state=state)
    texts = published_texts(ranked.order[:CHOICES], viewer, locale)
    hits = [_hit(texts[article], ranked, locale) for article in ranked.order[:CHOICES] if article in texts]
    outcome = _decide(hits, ranked, locale).outcome
    is_one = outcome == Ask.Outcome.ANSWER and all(hit.confidence < EVEN for hit in hits[1:])
    quoted = quote(texts[hits[0].article], ranked.candidates, viewer) if is_one else None
    sure = quoting(hits[0], quoted) if quoted else None
    return Said(sure, hits if outcome != Ask.Outcome.HANDOVER else [])


def _weighed(
    ranked: Ranked, begun: list[int], may_be: list[int], viewer: Viewer, locale: str
) -> tuple[Result, dict[int, Text]]:
    """The outcome, and every text it speaks of by its article.

    begun   articles that a question of initial consonants begins
    may_be  the best of each product that may be meant, where that is not clear
    """
    order = ranked.order[:CONSIDERED]
    texts = published_texts(list(dict.fromkeys([*order, *may_be[:CONSIDERED], *begun])), viewer, locale)
    hits = [_hit(texts[article], ranked, locale) for article in order if article in texts]
    result = _decide(hits, ranked, locale)
    if result.answer and may_be:
        result = result.asked_back([_hit(texts[each], ranked, locale) for each in may_be if each in texts])
    return _begun(result, [texts[each] for each in begun if each in texts]), texts


def _quoted(result: Result, texts: dict[int, Text], ranked: Ranked, viewer: Viewer) -> Result:
    if result.answer is None:
        return result
    quoted = quote(texts[result.answer.article], ranked.candidates, viewer)
    if quoted is None:
        # A page that only leads on: who reads the list picks better from it than we do.
        choices = [result.answer, *result.choices][:CHOICES]
        return replace(result, outcome=Ask.Outcome.CHOICES, answer=None, choices=choices)
    return replace(result, answer=quoting(result.answer, quoted))


def _hit(text: Text, ranked: Ranked, reader: str) -> Hit:
    return _shown(text, reader, ranked.chances[text.article])


def _shown(text: Text, reader: str, chance: float) -> Hit:
    hit = Hit(text.article, text.title, text.slug, text.locale, reader, chance)
    return replace(hit, version=text.version, product=text.product)


def _to_a_person(result: Result, readings: list[str], channel: str) -> Result:
    """A hand-over where the words ask for a person; else the result as it is."""
    if channel not in TO_A_PERSON or not any(map(wants_person, readings)):
        return result
    return replace(result, outcome=Ask.Outcome.HANDOVER, answer=None, choices=[], wants_person=True)


def _with_hours(
    result: Result, readings: list[str], viewer: Viewer, brand: int | None, channel: str
) -> Result:
    """The result with our opening hours first, where it asks for those; an article that answers it stands beside them."""
    asked = channel in OUR_HOURS and not result.wants_person and any(map(asks_hours, readings))
    hours = (
        hours_said(locale=result.locale, zone=viewer.zone, brand=brand, is_named=channel == "mail")
        if asked
        else ""
    )
    if not hours:
        return result
    hit = Hit(0, heading(result.locale), "", result.locale, result.locale, 1.0, text=hours)
    parts = [Part("", hit), Part("", result.answer)] if result.answer else []
    is_rough = result.is_starting and bool(result.considered)
    return replace(
        result, outcome=Ask.Outcome.ANSWER, answer=hit, parts=parts, hours=hours, is_starting=is_rough
    )


def _begun(result: Result, texts: list[Text]) -> Result:
    """The result, or the choices that a question of initial consonants begins; such a question is never answered outright."""
    if not texts:
        return result
    hits = [_shown(text, result.locale, 0.0) for text in texts]
    begun = {hit.article for hit in hits}
    others = [hit for hit in result.considered if hit.article not in begun]
    return replace(
        result,
        outcome=Ask.Outcome.CHOICES,
        answer=None,
        choices=hits[:CHOICES],
        considered=[*hits, *others][:CONSIDERED],
        repaired="",
    )


def _decide(hits: list[Hit], ranked: Ranked, locale: str) -> Result:
    question = ranked.candidates.question
    base = Result(
        outcome=Ask.Outcome.HANDOVER,
        locale=locale,
        is_provisional=ranked.gate.is_provisional,
        repaired=question.text if question.was_repaired else "",
        missing=question.missing,
        considered=hits,
        is_starting="vectors" in question.missing and is_starting(),
    )
    # The confidence is that of the first candidate; if that one was withdrawn meanwhile, nothing is sure.
    first_stands = bool(hits) and hits[0].article == ranked.order[0]
    outcome = decide(
        ranked.confidence, ranked.hope, ranked.gate, has_any=bool(hits), first_stands=first_stands
    )
    if outcome == Ask.Outcome.ANSWER:
        return replace(base, outcome=outcome, answer=hits[0], choices=likely(hits, at_least=1)[1:])
    if outcome == Ask.Outcome.CHOICES:
        return replace(base, outcome=outcome, choices=likely(hits, at_least=2))
    return base


def _phrased(result: Result, question: str) -> Result:
    """The answer in the words of the operator's language model, if there is one and those say what the passage says."""
    if result.answer is None or result.parts or not chat_model.is_named():
        return result
    said = phrasing.phrase(question, [result.answer.text], locale=result.answer.locale)
    if not said.text:
        return replace(result, phrasing=said)
    answer = replace(result.answer, text=said.text, quoted=result.answer.text)
    return replace(result, answer=answer, phrasing=said)


def _keep(
    question: str,
    result: Result,
    ranked: Ranked,
    viewer: Viewer,
    channel: str,
    where: tuple[int | None, int | None],
    product: Product | None,
    page: Page | None,
) -> str:
    """The key of the question as it is kept; "" where the database takes no writes: the answer goes out all the same."""
    features = of_list(ranked.measured, ranked.scores)
    asker, reader = viewer.as_actor(), current()
    ask = Ask(
        channel=channel,
        locale=result.locale,
        brand_id=where[0],
        inbox_id=where[1],
        product=product,
        from_product_id=page.product if page else None,
        from_topic_id=page.topic if page else None,
        text=mask(question)[:1000],
        outcome=result.outcome,
        confidence=min((part.answer.confidence for part in result.parts), default=ranked.confidence),
        is_provisional=result.is_provisional,
        # Of what the house said itself no article may take the credit, or the blame.
        offered=[
            [hit.article, round(hit.confidence, 4)]
            for hit in result.considered
            if result.parts or not result.hours
        ],
        parts=[
            [part.answer.article, mask(part.question)[:1000]] for part in result.parts if part.answer.article
        ],
        features={name: round(float(value), 4) for name, value in zip(LIST, features, strict=True)},
        asker_kind=asker.kind,
        asker_id=asker.id,
        asker_key=viewer.voice,
        place=viewer.place,
        index_stamp=ranked.candidates.state.stamp,
        fitting_id=ranked.gate.fitting,
        models_used=f"{reader.morph_model} {reader.vector_model}".strip(),
        milliseconds=result.milliseconds,
        explored_id=result.explored,
        phrasing=result.phrasing.outcome if result.phrasing else "",
        phrasing_milliseconds=result.phrasing.milliseconds if result.phrasing else 0.0,
    )
    return ask.key if insert_where_possible(ask) else ""
