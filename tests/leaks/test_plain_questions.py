"""A plain question whose best answer is for other people: never quoted, named, led to or counted, wherever it is asked.

Whoever may read the article is given it by the very same question, so that what is tried here would be found.
"""

from __future__ import annotations

import pytest
from django.core.cache import cache

from handrail.accounts.viewer import Viewer
from handrail.knowledge.audiences import Audience
from handrail.web import limits
from tests.leaks.plain import CLOSED, Plain
from tests.leaks.plain_surfaces import SURFACES, Surface, counts
from tests.leaks.readers import Reader, readers

QUESTIONS = {audience: text for audience, (text, _title, _words) in CLOSED.items()}


class Asking:
    """Everybody before a help centre where the best answer to each question is written for one audience."""

    def __init__(self, world) -> None:
        limits.forget_all()
        cache.clear()
        self.readers, segment = readers(world)
        self.plain = Plain(world, segment).open_up()

    def said(self, reader: Reader) -> dict[tuple[str, str], str]:
        """(surface, audience) -> what this reader is told to the question about the article of that audience."""
        return {
            (surface.name, audience): surface.ask(reader, self.plain, question)
            for surface in SURFACES
            for audience, question in QUESTIONS.items()
        }

    def wrong(self) -> list[str]:
        """Where an answer was not right: shown to whom it is not for, or not shown to whom it is for."""
        return [
            told
            for surface, reader in self._pairs()
            for asked, text in QUESTIONS.items()
            for told in self._judged(surface, reader, asked, surface.ask(reader, self.plain, text))
        ]

    def _judged(self, surface: Surface, reader: Reader, asked: str, said: str) -> list[str]:
        told = [
            f"{surface.name} shows what is for {each.audience} to {reader.name}"
            for each in self.plain.questions.values()
            if each.is_in(said) and not surface.may_show(reader, each.audience)
        ]
        one = self.plain.questions[asked]
        is_given = one.word in said if surface.quotes else one.is_in(said)
        if surface.may_show(reader, asked) and not is_given:
            told.append(f"{surface.name} hides what is for {asked} from {reader.name}")
        return told

    def _pairs(self) -> list[tuple[Surface, Reader]]:
        # What is the same for everybody is asked once.
        first = next(iter(self.readers.values()))
        return [
            (surface, reader)
            for surface in SURFACES
            for reader in ([first] if surface.is_public else self.readers.values())
            if surface.asks(reader)
        ]


@pytest.fixture
def asking(world, models, settings, tmp_path) -> Asking:
    settings.MEDIA_ROOT = tmp_path
    return Asking(world)


@pytest.mark.only_on("sqlite")  # the same engine and conditions on both; test_leaks asks them of PostgreSQL
def test_the_best_answer_is_quoted_to_whom_it_is_for_and_to_nobody_else(asking):
    asking.plain.fill()

    assert asking.wrong() == []


@pytest.mark.only_on("sqlite")
def test_nothing_tells_a_stranger_that_there_is_an_article_they_may_not_read(asking):
    """As many results, choices and links as there were before it was written, and the same outcome."""
    stranger = asking.readers["stranger"]
    before = asking.said(stranger)
    asking.plain.fill()
    after = asking.said(stranger)

    assert [key for key, said in after.items() if counts(said) != counts(before[key])] == []
    # What they may read is counted, so that what is compared is not nothing at all.
    assert all(counts(after[name, "public"]) for name in {surface.name for surface in SURFACES})


@pytest.mark.only_on("sqlite")  # a test of the test: once is enough
def test_every_surface_would_notice_a_leak(asking, monkeypatch):
    """With the rule broken where all that ask it look: one place alone would hide what another lets through."""
    asking.plain.fill()
    monkeypatch.setattr(Viewer, "audiences", property(lambda viewer: tuple(Audience.values)))
    told = asking.wrong()

    silent = [
        each.name for each in SURFACES if not any(line.startswith(f"{each.name} shows") for line in told)
    ]
    assert silent == []
