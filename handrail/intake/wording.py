"""An administrator's own words for the automatic mail a new enquiry gets, by brand and language; without them the built-in ones."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.db import models, transaction

from handrail.conversations.placeholders import WRITTEN, filled_with
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.workspace.models import Brand

LETTERS_MAX = 2_000
# Nothing here repeats what was sent to us: it may have been sent in somebody else's name.
KOREAN = {"번호": "number", "답변예정": "expected", "도움글": "articles", "브랜드": "brand"}
NAMES = (*KOREAN.values(), *KOREAN)


class UnknownPlaceholder(ValueError):
    """The text holds a placeholder that nothing stands in for; the message is the placeholder as it was written."""


class AcknowledgementText(models.Model):
    """`text` with placeholders: number, expected (when a person answers), articles (a list, or nothing), brand."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+")
    locale = models.CharField(max_length=5)
    text = models.CharField(max_length=LETTERS_MAX)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["brand", "locale"], name="one_acknowledgement_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.brand_id} {self.locale}"

    @classmethod
    def of(cls, brand: Brand, locale: str) -> str:
        """The brand's own text, "" where the built-in one goes out."""
        found = cls.objects.filter(brand=brand, locale=locale).values_list("text", flat=True).first()
        return found or ""

    @classmethod
    @transaction.atomic
    def keep(cls, brand: Brand, locale: str, text: str, *, by: CanAct) -> None:
        """Send this text from now on; the built-in one again with "". Raises UnknownPlaceholder."""
        text = checked(text)
        if text == cls.of(brand, locale):
            return
        if text:
            chosen = {"text": text, "at": clock.now()}
            cls.objects.update_or_create(brand=brand, locale=locale, defaults=chosen)
        else:
            cls.objects.filter(brand=brand, locale=locale).delete()
        record("acknowledgement.worded", brand, by=by, locale=locale, is_own=bool(text))


def names_in(locale: str) -> dict[str, str]:
    """The placeholders as somebody who writes in this language calls them -> their English names."""
    return KOREAN if locale.startswith("ko") else {name: name for name in KOREAN.values()}


def checked(text: str) -> str:
    """The text as it is kept. Raises UnknownPlaceholder, and ValueError for one that is too long."""
    text = text.replace("\r\n", "\n").replace("\0", "").strip()
    for found in WRITTEN.finditer(text):
        if found[1].lower() not in NAMES:
            raise UnknownPlaceholder(found[0])
    if len(text) > LETTERS_MAX:
        raise ValueError(f"At most {LETTERS_MAX} letters.")
    return text


def worded(text: str, values: Mapping[str, str]) -> str:
    """The text with `values` by their English names; a placeholder nothing stands in for goes, with the gap it leaves."""
    named = dict(values) | {korean: values.get(name, "") for korean, name in KOREAN.items()}
    said = WRITTEN.sub("", filled_with(text, named))
    return re.sub(r"\n{3,}", "\n\n", said).strip()
