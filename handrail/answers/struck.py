"""Letters struck at random mean nothing, so that nothing of ours is near them: "asdfqwer zxcv", "ㅁㄴㅇㄹ ㅋㅋㅋㅋ".

A permutation test (Fisher, The Design of Experiments, 1935), with no threshold in it: if the same letters in another
order come as near to our articles as those that were typed, then their order said nothing. It is asked only where not
one word is known here, so words that stand in no article of this site, as of another language, are found by their meaning.
Single jamo need no test: no word is written so, and initials (ㅎㅂ for 환불) are known here or stand for nothing.
"""

from __future__ import annotations

import random
import re

from handrail.accounts.viewer import Viewer
from handrail.answers.candidates import Candidates
from handrail.answers.features import COVERED, Measured
from handrail.answers.model_client import current
from handrail.knowledge.models import Product

ORDERS = 19  # and the one that was typed: to be the nearest of all by chance is one in twenty
SINGLE_JAMO = re.compile(r"[ㄱ-ㅣ\W\d_]*[ㄱ-ㅣ][ㄱ-ㅣ\W\d_]*")
# Scripts of letters. A syllable of Hangul or a Chinese character means something wherever it stands.
LETTERS = re.compile(r"[a-zㄱ-ㅣ\W\d_]*[a-zㄱ-ㅣ][a-zㄱ-ㅣ\W\d_]*")


def says_nothing(candidates: Candidates, measured: Measured, viewer: Viewer, product: Product | None) -> bool:
    """Whether a question is letters struck at random, as far as its meaning could be read."""
    text = candidates.question.text
    if not LETTERS.fullmatch(text) or not candidates.has_meaning:
        return False
    if len(measured.articles) and measured.table[:, COVERED].max() > 0.0:
        return False
    if SINGLE_JAMO.fullmatch(text):
        return True
    others = other_orders(text)
    vectors = current().read([], others).vectors if others else None
    if vectors is None:
        return not others
    near = candidates.near
    ours = near.snapshot.articles != 0
    nearest = float(near.best[ours].max(initial=-1.0))
    within = product.pk if product else None
    asked = (near.snapshot.near(vector, viewer=viewer, product=within).best[ours] for vector in vectors)
    return any(float(best.max(initial=-1.0)) >= nearest for best in asked)


def other_orders(text: str) -> list[str]:
    """The letters of a text in at most ORDERS other orders, the same ones each time; spaces and digits stay in their places."""
    places = [at for at, letter in enumerate(text) if letter.isalpha()]
    shuffled = random.Random(text)
    found: dict[str, None] = {}
    for _each in range(2 * ORDERS):
        letters = list(text)
        moved = list(places)
        shuffled.shuffle(moved)
        for to, at in zip(places, moved, strict=True):
            letters[to] = text[at]
        found["".join(letters)] = None
    found.pop(text, None)
    return list(found)[:ORDERS]
