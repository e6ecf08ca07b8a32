"""Asking the questions of a gap again: once they are answered, it is closed."""

from __future__ import annotations

from handrail.answers.answer import answer
from handrail.answers.asks import Ask
from handrail.core.actors import CLOCK
from handrail.insights.cases import Case
from handrail.insights.drafting import asker_of, examples
from handrail.insights.gaps import Gap
from handrail.knowledge.models import Article

ASKED_AGAIN = 5  # questions of a gap
FOUND = 0.5  # share of them that the article in work must be offered to
ANSWERED = 0.8  # share of them that some article answers, for a gap nobody works at
LOOKED_AT = 100  # gaps in one run
IN_VAIN = {Case.Source.NOTHING, Case.Source.ABSTAINED}


def close_answered() -> int:
    """Close gaps whose questions are answered now. Returns how many."""
    closed = 0
    for gap in Gap.objects.filter(state=Gap.State.IN_WORK).select_related("article")[:LOOKED_AT]:
        if gap.article and is_published(gap.article, gap) and share_found(gap, gap.article) >= FOUND:
            gap.close(gap.article, by=CLOCK)
            closed += 1
    waiting = Gap.objects.filter(state=Gap.State.OPEN, kind=Gap.Kind.QUESTION)
    for gap in waiting.worth_showing().ranked()[:LOOKED_AT]:
        if article := answering(gap):
            gap.close(article, by=CLOCK)
            closed += 1
    return closed


def is_published(article: Article, gap: Gap) -> bool:
    return Article.objects.visible_to(asker_of(gap)).filter(pk=article.pk).exists()


def share_found(gap: Gap, article: Article) -> float:
    """To which share of its questions the article is the answer or among the choices; replies have no questions: 1."""
    if gap.kind == Gap.Kind.REPLY:
        return 1.0
    asked = examples(gap, most=ASKED_AGAIN)
    found = 0
    for case in asked:
        result = answer(case.text, asker_of(gap), locale=gap.locale, remember=False)
        hits = [*([result.answer] if result.answer else []), *result.choices]
        found += article.pk in {hit.article for hit in hits}
    return found / len(asked) if asked else 0.0


def answering(gap: Gap) -> Article | None:
    """The article that answers nearly all of its questions now; None where none does, or where answers did not help."""
    asked = examples(gap, most=ASKED_AGAIN)
    if not asked or any(case.source not in IN_VAIN for case in asked):
        return None
    results = [answer(case.text, asker_of(gap), locale=gap.locale, remember=False) for case in asked]
    answers = [each.answer for each in results if each.outcome == Ask.Outcome.ANSWER and each.answer]
    if len(answers) < ANSWERED * len(asked):
        return None
    return Article.objects.filter(pk=answers[0].article).first()
