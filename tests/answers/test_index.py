"""The index keeps step with the articles, and proposes the same on either database."""

from __future__ import annotations

import pytest

from handrail.accounts.viewer import STRANGER
from handrail.answers.analysis.terms import FIELDS, terms_of
from handrail.answers.entries import Entry, IndexState, Within
from handrail.answers.index import choose, lexical_index
from handrail.answers.index.bm25 import Corpus
from handrail.core.actors import SYSTEM
from handrail.knowledge.audiences import Audience, keys_of

EVERYTHING = Within(frozenset(Audience.values))


def terms(text, morphs=None):
    found = terms_of(text, morphs)
    return [(field, term) for field in FIELDS for term in found[field]]


def test_sums_are_those_of_the_rows_whatever_happened(help_centre):
    article = help_centre.articles["refund"]
    article.write("ko", title="환불은 이렇게", html="<p>새로 썼어요.</p>", aliases=[], by=SYSTEM)
    article.translations.get(locale="ko").publish(by=SYSTEM)
    help_centre.articles["track"].translations.get(locale="en").withdraw(by=SYSTEM)

    from handrail.answers.analysis.terms import lengths

    sizes = [lengths(bytes(blob)) for blob in Entry.objects.values_list("terms", flat=True)]
    state = IndexState.now()
    assert state.entries == len(sizes)
    assert [state.word_terms, state.gram_terms, state.letter_terms] == [
        sum(each) for each in zip(*sizes, strict=True)
    ]


def test_terms_are_counted_by_rows(help_centre):
    lexical_index().refresh()
    wanted = terms("환불", ["환불"])
    counts = lexical_index().counts(wanted)
    rows = Entry.objects.filter(text__contains="환불").count()
    assert counts["gram", "환불"] == rows
    assert ("word", "없는낱말") not in lexical_index().counts([("word", "없는낱말")])


@pytest.mark.only_on("sqlite")
def test_a_count_that_was_kept_is_not_believed_of_another_index(help_centre, monkeypatch):
    from handrail.answers.index import sqlite

    monkeypatch.setattr(sqlite, "COMMON_FROM", 1)
    index, refund = sqlite.SqliteIndex(), ("gram", "환불")
    before = index.counts([refund])[refund]
    monkeypatch.setattr(index, "_counted", lambda wanted: {})
    assert index.counts([refund]) == {refund: before}  # kept: FTS5 would walk over all its rows

    for name in ("refund", "track", "password", "filter"):
        for text in help_centre.articles[name].translations.all():
            text.withdraw(by=SYSTEM)
    assert index.counts([refund]) == {}
    monkeypatch.undo()
    assert (
        index.counts([refund]).get(refund, 0) == Entry.objects.filter(text__contains="환불").count() < before
    )


def test_a_term_is_counted_before_the_worker_came_by(help_centre):
    help_centre.write({"ko": ("훌라후프 보관", "<p>세워요.</p>", [])})
    assert lexical_index().counts([("gram", "훌라")])["gram", "훌라"] >= 1


def test_rows_that_share_most_come_first(help_centre):
    found = lexical_index().propose(
        terms("배송 조회 방법", ["배송", "조회", "방법"]), within=EVERYTHING, limit=5
    )
    assert Entry.objects.get(pk=found[0]).text == "배송 조회 방법"


@pytest.mark.parametrize("odd", ['"', "'", "\\", "a'b", "(", "*", ":", "OR", "NEAR", '환"불'])
def test_no_character_breaks_the_query(help_centre, odd):
    asked = [("word", odd), ("gram", odd), ("letter", odd)]
    assert isinstance(lexical_index().propose(asked, within=EVERYTHING, limit=5), list)
    assert isinstance(lexical_index().counts(asked), dict)


def test_rare_terms_are_chosen_first_and_three_always():
    counts = {("word", "a"): 5000, ("word", "b"): 10, ("word", "c"): 4000, ("word", "d"): 3000}
    assert choose(counts, counts, postings_max=3500) == [("word", "b"), ("word", "d"), ("word", "c")]
    assert choose([("word", "new")], counts, postings_max=3500) == []


def test_a_rarer_word_weighs_more(help_centre):
    lexical_index().refresh()
    asked = [("word", "환불"), ("word", "누르")]
    counts = lexical_index().counts(asked)
    assert counts["word", "환불"] != counts["word", "누르"]
    rare = bytes(Entry.objects.get(text="환불 신청하는 방법").terms)
    common = bytes(Entry.objects.get(text__startswith="로그인 화면에서").terms)

    scores = Corpus.now(asked, counts).scores([rare, common, b"\x00" * 12])

    rarer_first = counts["word", "환불"] < counts["word", "누르"]
    assert (scores.share[0, 0] > scores.share[1, 0]) == rarer_first
    assert list(scores.bm25[2]) == [0, 0, 0]


def test_a_viewer_who_may_see_little_of_what_matches_still_finds_it(world):
    """The best rows all belong to others; a stranger's one article stands far behind them."""
    for number in range(70):
        world.article(f"환불 {number}", "<p>환불 환불</p>", audience="agents")
    public = world.article(
        "환불 안내와 그 밖의 여러 가지 이야기", "<p>길게 적은 본문에 환불이 한 번 나와요.</p>"
    )
    index = lexical_index()
    within = Within(keys_of(STRANGER))
    found = index.propose([("gram", "환불")], within=within, limit=10)
    assert {entry.article_id for entry in Entry.objects.filter(pk__in=found)} == {public.pk}
