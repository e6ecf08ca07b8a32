"""An article that nothing was learned of is worth a choice here where it would be one on a new site.

What a site has fitted tells apart the articles whose questions it knows. Of a manual imported since, its classifier says
that nobody means it, and its bound for choices was placed where that counts. So where the site's own coefficients would
hand over, those that come with the product are asked, at their own bound; they lead to choices and never to an answer.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from handrail.answers.coefficients import shipped, together
from handrail.answers.features import ARTICLE, Floats, Measured
from handrail.answers.gate import Gate
from handrail.answers.labels import Label

CLASSED = ARTICLE.index("classed")


def worth_a_choice(measured: Measured, scores: Floats, confidence: float, gate: Gate) -> tuple[Floats, float]:
    """Scores and confidence, or those of a new site where the first by these was never learned of and is worth a choice."""
    is_fitted = gate.fitting is not None and not gate.is_provisional
    if not is_fitted or not len(scores) or together(confidence, scores) >= gate.choices_from:
        return scores, confidence
    start, bare = shipped(), _without_classes(measured)
    anew = start.scores(bare)
    first = measured.articles[int(np.argmax(anew))]
    is_worth_it = together(start.confidence(bare, anew), anew) >= start.bounds["choices"]
    if not is_worth_it or Label.objects.standing().filter(article=first).exists():
        return scores, confidence
    return anew, min(gate.choices_from, float(np.nextafter(gate.answer_from, 0.0)))


def _without_classes(measured: Measured) -> Measured:
    table = measured.table.copy()
    table[:, CLASSED] = 0.0
    return replace(measured, table=table, none_classed=0.0)
