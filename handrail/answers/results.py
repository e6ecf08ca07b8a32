"""What the engine says to a question, in the shape every surface shows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.conf import settings

from handrail.answers.bands import CHOICES, CHOICES_KEPT
from handrail.answers.phrasing import Phrased

if TYPE_CHECKING:
    from handrail.answers.candidates import Candidates


@dataclass
class Text:
    """A published text: which article, in which language, under which slug and title, its version, and of which product.

    warns  its page may hold a callout that warns (`cautions.py`)
    """

    article: int
    locale: str
    slug: str
    title: str
    version: int = 0
    product: str = ""
    warns: bool = False


@dataclass(frozen=True)
class Hit:
    """An article that may answer; or, with `article` 0, something this house knows of itself, such as its opening hours.

    locale      the language of the text that would be shown, which may not be the reader's
    reader      the reader's language
    confidence  how likely it is the right one, 0..1
    text        the passage quoted, or what a language model made of it; "" for choices
    quoted      the passage itself, where `text` is a language model's; else ""
    version     number of the published revision, the same on every surface
    product     the name of its product, in the reader's language
    spot        anchor on its page of the heading that `text` stands below; "" for its beginning
    """

    article: int
    title: str
    slug: str
    locale: str
    reader: str
    confidence: float
    text: str = ""
    quoted: str = ""
    version: int = 0
    product: str = ""
    spot: str = ""

    @property
    def is_in_another_language(self) -> bool:
        """Say so where it is shown: the reader asked in one language and the text exists only in another."""
        return self.locale != self.reader

    @property
    def path(self) -> str:
        """The article's page in the help centre, or where one writes to us; tests/answers holds it to the portal's addresses."""
        if not self.article:
            return f"/hc/{self.reader}/requests/new"
        return f"/hc/{self.reader}/articles/{self.article}-{quote(self.slug)}{self.fragment}"

    @property
    def fragment(self) -> str:
        """What leads from the article's address to the spot; "" to its beginning."""
        return f"#{quote(self.spot)}" if self.spot else ""

    @property
    def url(self) -> str:
        """The whole address for who asks the house as such; `url_at` where a brand's readers are told."""
        return self.url_at(settings.BASE_URL)

    def url_at(self, site: str) -> str:
        """The whole address at a brand's site (workspace Brand.site)."""
        return f"{site}{self.path}"

    def as_json(self, *, site: str = "") -> dict[str, Any]:
        """site  of the brand whose readers are told; the house's own without"""
        url = self.url_at(site or settings.BASE_URL)
        shown = {"article": self.article or None, "title": self.title, "url": url, "locale": self.locale}
        return shown | {
            "product": self.product,
            "version": self.version,
            "confidence": round(self.confidence, 4),
        }


def likely(hits: list[Hit], *, at_least: int) -> list[Hit]:
    """The first three of these, and beyond `at_least` none whose chance is told as 0.00."""
    return [hit for at, hit in enumerate(hits[:CHOICES]) if at < at_least or round(hit.confidence, 2) > 0]


@dataclass(frozen=True)
class Part:
    """One of several things that were asked at once, with its own answer."""

    question: str
    answer: Hit


@dataclass(frozen=True)
class Result:
    """An answer, a few choices, or neither: then a person takes over.

    outcome         "answer", "choices" or "handover"
    parts           where several things were asked at once: each with its answer, and `answer` is the first; else none
    choices         for "choices" two or three, for "answer" what else may be meant
    is_provisional  the site has not yet measured how often it is right; what is answered must say so
    repaired        the question as it was meant, where the keyboard layout was the wrong one; else ""
    missing         codes of models that could not be asked: "morphs", "vectors", "embeddings"
    ask             key of the stored question; "" where it was not to be remembered, or could not be
    considered      what was looked at, best first, for the person who takes over
    wants_person    the words ask for a person, so offer the way to one before anything else
    is_starting     the models were still being loaded, so that it was found by its words alone
    explored        the article among the choices that came from further down (exploring.py); else None
    thing           in a chat: id of the product, no service, that the question names or is answered about; else 0
    hours           when people are there, where that was asked; then it is what `answer` says, or the first of `parts`
    drawn           what the question was compared with, for who shows more of a choice than its title
    """

    outcome: str
    locale: str
    answer: Hit | None = None
    choices: list[Hit] = field(default_factory=list)
    is_provisional: bool = True
    repaired: str = ""
    missing: tuple[str, ...] = ()
    ask: str = ""
    milliseconds: float = 0.0
    considered: list[Hit] = field(default_factory=list)
    phrasing: Phrased | None = None
    parts: list[Part] = field(default_factory=list)
    wants_person: bool = False
    hours: str = ""
    is_starting: bool = False
    explored: int | None = None
    thing: int = 0
    drawn: Candidates | None = field(default=None, repr=False, compare=False)

    @property
    def contact_url(self) -> str:
        """Where the asker writes to a person; tests/answers holds it to the portal's addresses."""
        return self.contact_at(settings.BASE_URL)

    def contact_at(self, site: str) -> str:
        """The same at a brand's site."""
        return f"{site}/hc/{self.locale}/requests/new"

    @property
    def answers(self) -> list[Hit]:
        """What is quoted, in the order it was asked for; none unless the outcome is an answer."""
        if self.parts:
            return [part.answer for part in self.parts]
        return [self.answer] if self.answer else []

    @property
    def offered(self) -> list[Hit]:
        """The articles it stands by, best first: what is quoted, then the choices, without those that are noise beside a first
        that stands far out; none where a person takes over."""
        named = {hit.article for hit in self.worth_naming()}
        choices = [hit for hit in self.choices if hit.article in named or not hit.confidence]
        return list({hit.article: hit for hit in [*self.answers, *choices] if hit.article}.values())

    @property
    def text(self) -> str:
        """The quoted words one below the other, for windows that show words alone."""
        return "\n\n".join(hit.text for hit in self.answers)

    def asked_back(self, hits: list[Hit]) -> Result:
        """Choices among these in place of an answer for one of them."""
        first = {hit.article for hit in hits}
        considered = [*hits, *(hit for hit in self.considered if hit.article not in first)]
        considered = considered[: max(len(hits), len(self.considered))]
        choices = likely(considered, at_least=len(hits))
        return replace(self, outcome="choices", answer=None, choices=choices, considered=considered)

    def worth_naming(self) -> list[Hit]:
        """What may be meant, best first: as many as hold together `CHOICES_KEPT` of all the chance there is.

        Where one stands far out, the others are noise. For places such as a mail, where nobody asked to choose.
        """
        if self.parts:
            return [hit for hit in self.answers if hit.article]
        offers = [hit for hit in self.considered if hit.confidence > 0]
        enough, named, held = CHOICES_KEPT * sum(hit.confidence for hit in offers), [], 0.0
        for hit in offers:
            if held >= enough:
                break
            named.append(hit)
            held += hit.confidence
        return named

    def as_json(self, *, site: str = "") -> dict[str, Any]:
        """The probe point: outcome, answer or null, choices, ms; and what else is worth saying.

        site  of the brand whose readers are told; the house's own without
        """
        is_for_person = self.wants_person or self.outcome == "handover"
        return {
            "outcome": self.outcome,
            "answer": self._quoted(self.answer, site) if self.answer else None,
            "parts": [{"question": part.question, **self._quoted(part.answer, site)} for part in self.parts],
            "choices": [choice.as_json(site=site) for choice in self.choices],
            "ms": round(self.milliseconds, 1),
            "locale": self.locale,
            "repaired": self.repaired,
            "missing": list(self.missing),
            "starting": self.is_starting,
            "ask": self.ask,
            "wants_person": self.wants_person,
            "hours": self.hours,
            "contact": self.contact_at(site or settings.BASE_URL) if is_for_person else "",
        }

    def _quoted(self, hit: Hit, site: str) -> dict[str, Any]:
        # The house's own word is never a guess.
        is_provisional = self.is_provisional and bool(hit.article)
        said = {"text": hit.text, **hit.as_json(site=site), "provisional": is_provisional}
        return said | {"quoted": hit.quoted or hit.text}
