"""Past questions with their labels: what the answer engine of this site learns from and is measured on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from itertools import count

from demo.data import load
from handrail.answers import jobs, learn
from handrail.answers.jobs import ModelsAway
from handrail.answers.learn import Verdict
from handrail.answers.model_client import current, using
from handrail.answers.model_here import ModelsHere
from handrail.answers.refit import TooFewLabels, refit
from handrail.core.actors import SYSTEM
from handrail.knowledge.articles import Article
from handrail.knowledge.audiences import Audience


def models() -> AbstractContextManager[object]:
    """The model process if it runs; else the models in this process, for as long as the block lasts."""
    return nullcontext() if any((current().morph_model, current().vector_model)) else using(ModelsHere())


def label(articles: dict[str, Article]) -> int:
    """Enter every labelled question of questions.ko.yaml and questions.en.yaml. Returns how many there are."""
    verdicts = []
    labelled = 0
    for locale in ("ko", "en"):
        for said in load(f"questions.{locale}.yaml"):
            labelled += 1
            for name in said["answers"] or [None]:
                verdicts.append(_verdict(said, locale, articles[name] if name else None))
    learn.confirm_all(verdicts, by=SYSTEM)
    return labelled


def learn_from_them(say: Callable[[str], None] = lambda line: None) -> str:
    """Encode and fit, so that the site answers as one that has learned. Returns what came of it, for the screen."""
    try:
        encoded = jobs.encode_wanting()
    except ModelsAway as reason:
        return str(reason)
    say(f"      {encoded} texts encoded")
    asked = count(1)

    def told() -> None:
        if (done := next(asked)) % 200 == 0:
            say(f"      {done} labelled questions asked")

    try:
        fitting = refit(by=SYSTEM, told=told)
    except TooFewLabels as reason:
        return str(reason)
    gates = ", ".join(sorted(fitting.gates)) or "none"
    return f"{encoded} texts encoded, learned from {fitting.learned_from}, measured with {fitting.measured_with}; gates measured: {gates}"


def _verdict(said: dict[str, object], locale: str, article: Article | None) -> Verdict:
    return Verdict(
        question=str(said["text"]),
        article=article,
        locale=locale,
        audience=article.audience_key if article else Audience.PUBLIC,
        is_held_out=said["half"] == "held",
    )
