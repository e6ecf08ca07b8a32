"""The labelled past questions of the demo: what they are made of, and that none is there twice."""

from __future__ import annotations

import re
from collections import Counter
from unicodedata import normalize

import pytest

from demo.data import load

each_language = pytest.mark.parametrize("locale", ("ko", "en"))


@each_language
def test_a_third_of_them_is_not_ours_and_half_only_measures(locale):
    """Counted as labels are: a question with two right articles is two."""
    counted = [
        (one["kind"] == "in", one["half"] == "held")
        for one in load(f"questions.{locale}.yaml")
        for _ in one["answers"] or [None]
    ]
    outside = sum(not is_ours for is_ours, _ in counted) / len(counted)
    held = sum(is_held for _, is_held in counted) / len(counted)
    assert 0.32 <= outside <= 0.35
    assert 0.48 <= held <= 0.52


@each_language
def test_none_is_there_twice_however_it_is_spaced_or_written(locale):
    texts = Counter(_plain(one["text"]) for one in load(f"questions.{locale}.yaml"))
    assert [text for text, times in texts.items() if times > 1] == []


@each_language
def test_what_is_ours_has_an_answer_and_the_rest_has_none(locale):
    for one in load(f"questions.{locale}.yaml"):
        assert one["kind"] in ("in", "near", "far"), one["text"]
        assert one["half"] in ("fit", "held"), one["text"]
        assert bool(one["answers"]) == (one["kind"] == "in"), one["text"]


def _plain(text: str) -> str:
    """The letters and digits alone, of one width and one case."""
    return re.sub(r"[\W_]+", "", normalize("NFKC", text).casefold())
