"""Which passages of an article are quoted: the one worth most, and the beginning beside it where neither is sure.

"One bud is silent" asks for the article as a whole, and its beginning answers; "how long is the warranty" asks for a part
of it. How near words and meanings come does not tell one from the other (a paragraph that names the silent bud once
more, to say what to write us, comes nearest), so where they are nearly worth as much, both are quoted.
"""

from __future__ import annotations

import numpy as np

from handrail.answers.features import Floats

# How much less the beginning may be worth than the passage quoted, and a passage than the beginning; the fewest that
# reach the best of the fitted half of 208 questions (benches/README.md).
BEGINNING_WITHIN, PASSAGE_WITHIN = 1.5, 0.5
# Cosine below which no passage says anything of what is asked: the article was found by its title or another wording.
SAYS_NOTHING = 0.1


def quoted_together(worth: Floats, nearest: float, *, has_beginning: bool) -> tuple[int, list[int]]:
    """The passage worth most, and all that are quoted, in the order of the article.

    worth          (passages,) by meaning and words (`quotation.quote`)
    nearest        cosine of the question and the passage that comes nearest to it
    has_beginning  the first passage stands below the title, and is short enough to be quoted beside another
    """
    best = int(np.argmax(worth))
    if not has_beginning or len(worth) < 2:
        return best, [best]
    if best > 0:
        is_whole = nearest < SAYS_NOTHING or worth[best] - worth[0] < BEGINNING_WITHIN
        return best, [0, best] if is_whole else [best]
    second = 1 + int(np.argmax(worth[1:]))
    return best, [0, second] if worth[0] - worth[second] < PASSAGE_WITHIN else [0]
