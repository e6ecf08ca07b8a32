"""Words that were taken out of a conversation leave what was asked and learned from it, too."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db import transaction

from handrail.answers.asks import Ask
from handrail.answers.labels import Label
from handrail.answers.learn import take_back
from handrail.core.actors import CanAct

GONE = "[removed]"


@transaction.atomic
def forget_words(asks: Iterable[str], pattern: re.Pattern[str], *, by: CanAct) -> int:
    """Take what `pattern` finds out of these questions, by their keys, and forget the verdicts on them.

    Returns how many questions held it.
    """
    held = [ask for ask in Ask.objects.filter(key__in=list(asks)) if pattern.search(ask.text)]
    for ask in held:
        for label in Label.objects.filter(text=ask.text):
            if label.withdrawn_at is None:
                take_back(label, by=by)
            label.text = pattern.sub(GONE, label.text)
            label.save(update_fields=["text"])
        ask.text = pattern.sub(GONE, ask.text)
        ask.parts = [[article, pattern.sub(GONE, part), *rest] for article, part, *rest in ask.parts]
        ask.save(update_fields=["text", "parts"])
    return len(held)
