"""The articles of a macro as they are typed into its form: one address or number a line."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _

from handrail.accounts.viewer import Viewer
from handrail.automation.macros import ENCLOSED_MOST
from handrail.knowledge.linking import linked
from handrail.knowledge.models import Article


def numbers_in(text: str, *, viewer: Viewer) -> list[int]:
    """Numbers of the articles the lines name, in their order, each once.

    Raises ValidationError for a line that names none the viewer may see, and for more than ENCLOSED_MOST.
    """
    wanted: dict[int, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        plain = line.removeprefix("#")
        number = next(iter(linked(line)), 0) or (int(plain) if plain.isdecimal() and len(plain) < 10 else 0)
        wanted.setdefault(number, line)
    there = set(Article.objects.visible_to(viewer).filter(pk__in=wanted).values_list("pk", flat=True))
    for number, line in wanted.items():
        if number not in there:
            words = _("“%(line)s” is no article. Put in the address of an article's page, or its number.")
            raise forms.ValidationError(words % {"line": line[:120]})
    if len(wanted) > ENCLOSED_MOST:
        raise forms.ValidationError(_("At most %(most)d articles.") % {"most": ENCLOSED_MOST})
    return list(wanted)


def addresses_of(numbers: Sequence[int]) -> str:
    return "\n".join(f"{settings.BASE_URL}/hc/ko/articles/{number}" for number in numbers)


def titles_of(numbers: Sequence[int], *, viewer: Viewer) -> list[str]:
    """What the articles are called, for the viewer; one they may not see by its number."""
    seen = Article.objects.visible_to(viewer).with_published().filter(pk__in=numbers)
    texts = {each.pk: each.published(viewer.locale) for each in seen}
    return [text.title if (text := texts.get(number)) else f"#{number}" for number in numbers]
