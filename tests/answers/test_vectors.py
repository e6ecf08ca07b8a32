"""Looking through many vectors: by files that processes share, about right first, exactly right where it matters."""

from __future__ import annotations

import numpy as np
import pytest

from handrail.accounts.viewer import STRANGER
from handrail.answers import vector_rows
from handrail.answers.encoder import DIMENSIONS
from handrail.answers.entries import Entry, IndexState, Vector
from handrail.answers.vector_store import VectorStore
from handrail.answers.vectors import AUDIENCES, InMemory, OnDisk, Snapshot

PUBLIC, AGENTS = AUDIENCES.index("public"), AUDIENCES.index("agents")


def unit(rows):
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def clustered(count, dice):
    """Vectors as texts give them: a few hundred themes with variations."""
    themes = dice.standard_normal((300, DIMENSIONS)) * np.linspace(1.0, 0.1, DIMENSIONS)
    return unit(themes[dice.integers(300, size=count)] + 0.4 * dice.standard_normal((count, DIMENSIONS)))


def filled(folder, vectors):
    store = VectorStore(folder, DIMENSIONS)
    store.append(np.arange(1, len(vectors) + 1, dtype=np.uint64), vectors.astype(np.float16))
    return store


def snapshot_of(meanings, count, *, audience=None):
    article = np.arange(count) // 3 + 1
    articles, starts = np.unique(article, return_index=True)
    numbers = np.arange(count, dtype=np.int64)
    return Snapshot(
        entry=numbers,
        article=article.astype(np.int64),
        product=np.zeros(count, np.int64),
        audience=np.full(count, PUBLIC, np.int32) if audience is None else audience,
        like_question=np.ones(count, np.bool_),
        hashes=np.arange(1, count + 1, dtype=np.uint64),
        meanings=meanings,
        entries_sorted=numbers,
        places=numbers,
        starts=starts.astype(np.int64),
        articles=articles.astype(np.int64),
        questions=np.full(len(articles), 3.0, np.float32),
        sum_length=np.full(len(articles), 3.0, np.float32),
    )


def test_what_is_looked_through_in_short_finds_what_is_found_in_whole(tmp_path):
    dice = np.random.default_rng(3)
    vectors = clustered(12_000, dice)
    whole = snapshot_of(InMemory(vectors), len(vectors))
    store = filled(tmp_path, vectors)
    short = snapshot_of(OnDisk(store.view(), np.arange(len(vectors))), len(vectors))
    lost = 0
    for question in unit(vectors[::600] + 0.3 * dice.standard_normal((20, DIMENSIONS)) / 4):
        exact = whole.near(question, viewer=STRANGER, product=None)
        rough = short.near(question, viewer=STRANGER, product=None)
        wanted = np.argsort(-exact.best)[:40]
        lost += len(set(wanted) - set(np.argsort(-rough.best)[:40]))
        assert np.allclose(exact.best[wanted[:10]], rough.best[wanted[:10]], atol=2e-3)
        assert np.abs(exact.votes - rough.votes).sum() < 0.15  # the fifteenth may be another that is as near
        assert np.allclose(exact.centre[wanted[:10]], rough.centre[wanted[:10]], atol=5e-3)
    assert lost <= 16  # of 800


def test_rows_a_viewer_may_not_see_count_for_nothing(tmp_path):
    vectors = clustered(3_000, np.random.default_rng(4))
    audience = np.full(len(vectors), PUBLIC, np.int32)
    audience[30:33] = AGENTS
    store = filled(tmp_path, vectors)
    short = snapshot_of(OnDisk(store.view(), np.arange(len(vectors))), len(vectors), audience=audience)
    near = short.near(vectors[31], viewer=STRANGER, product=None, also=[31])
    assert near.best[10] == -1.0
    assert near.votes[10] == 0.0
    assert near.centre[10] == 0.0
    assert near.parts_of([31]) == {}


def test_another_process_reads_what_one_added_and_its_own_view_stays(tmp_path):
    vectors = clustered(400, np.random.default_rng(5))
    one = filled(tmp_path, vectors[:300])
    other = VectorStore(tmp_path, DIMENSIONS)
    before = other.view()
    one.append(np.arange(301, 401, dtype=np.uint64), vectors[300:].astype(np.float16))
    assert len(before.scan(vectors[0])) == 300
    other.append(np.array([350], np.uint64), vectors[349:350].astype(np.float16))  # known already: kept once
    assert len(other.view().scan(vectors[0])) == 400
    assert other.places(np.array([400, 999], np.uint64)).tolist() == [399, -1]


def test_a_record_that_a_crash_left_half_written_is_written_over(tmp_path):
    vectors = clustered(300, np.random.default_rng(6))
    filled(tmp_path, vectors[:200])
    with (tmp_path / "whole.f2").open("ab") as file:
        file.write(b"half a record")
    again = VectorStore(tmp_path, DIMENSIONS)
    again.append(np.arange(201, 301, dtype=np.uint64), vectors[200:].astype(np.float16))
    assert np.allclose(again.view().whole(np.array([250])), vectors[250:251], atol=1e-3)


@pytest.fixture
def large(monkeypatch, tmp_path, settings):
    """Every index is a large one, in files below this test's folder."""
    settings.DATA = tmp_path
    monkeypatch.setattr(vector_rows, "WHOLE_UP_TO", 0)
    monkeypatch.setattr(vector_rows, "IN_MEMORY_UP_TO", 0)
    monkeypatch.setattr(vector_rows, "_kept", {})
    monkeypatch.setattr(vector_rows, "_read_whole_behind", lambda stamp, model: None)


def encoded(article, dice):
    """Give the wordings of an article vectors, as the worker does."""
    for text_hash in Entry.objects.filter(article=article).values_list("text_hash", flat=True):
        numbers = unit(dice.standard_normal((1, DIMENSIONS)))[0].astype("<f2").tobytes()
        Vector.objects.get_or_create(text_hash=text_hash, model="m", defaults={"numbers": numbers})
    IndexState.move()


def found(article):
    return article.pk in vector_rows.snapshot(IndexState.now().stamp, "m").articles


def test_a_large_index_learns_of_a_new_article_without_being_read_again(world, large):
    dice = np.random.default_rng(7)
    first = world.article("환불 신청하는 방법", "<p>주문에서 누르세요.</p>")
    encoded(first, dice)
    assert found(first)

    second = world.article("배송지 바꾸는 방법", "<p>주소를 고치세요.</p>")
    assert not found(second)
    encoded(second, dice)

    assert found(second)
    assert found(first)


def test_the_rows_an_article_had_before_go_when_new_ones_come(world, large):
    dice = np.random.default_rng(8)
    article = world.article("환불 신청하는 방법", "<p>주문에서 누르세요.</p>")
    encoded(article, dice)
    assert found(article)
    article.write("ko", title="환불 받는 방법", html="<p>주문에서 누르세요.</p>", by=world.agent)
    article.translations.get(locale="ko").publish(by=world.agent)
    encoded(article, dice)

    rows = vector_rows.snapshot(IndexState.now().stamp, "m")

    assert set(rows.entry) == set(Entry.objects.with_meaning("m").values_list("pk", flat=True))


def test_an_index_that_lost_many_of_its_rows_is_read_anew(world, large):
    dice = np.random.default_rng(11)
    gone, stays = (
        world.article(f"{what} 방법", "<p>주문에서.</p>") for what in ("환불하는", "배송지 바꾸는")
    )
    for article in (gone, stays):
        encoded(article, dice)
    assert found(gone) and found(stays)

    gone.translations.get(locale="ko").withdraw(by=world.agent)
    world.settle()

    assert not found(gone)
    assert found(stays)


def test_a_large_index_without_a_single_vector_is_empty_and_not_an_error(world, large):
    """As after a change of models, before the worker came by."""
    article = world.article("환불 신청하는 방법", "<p>주문에서 누르세요.</p>")
    assert not found(article)
    encoded(article, np.random.default_rng(9))
    assert found(article)


def test_few_vectors_of_a_large_index_stay_in_memory(world, large, monkeypatch):
    monkeypatch.setattr(vector_rows, "_is_worth_files", lambda model: False)
    article = world.article("환불 신청하는 방법", "<p>주문에서 누르세요.</p>")
    encoded(article, np.random.default_rng(10))
    assert found(article)
