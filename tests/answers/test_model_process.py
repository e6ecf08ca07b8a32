"""The model process: the same readings as in this process, and honesty where it is away."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from threading import Thread

import numpy as np
import pytest

from handrail.accounts.viewer import STRANGER
from handrail.answers.answer import answer
from handrail.answers.model_client import ModelClient, using
from handrail.answers.model_server import Server
from handrail.answers.turns import Turns
from handrail.core.actors import SYSTEM
from handrail.knowledge.models import Article

TEXTS = ["환불 방법을 알려 주세요", "where is my package"]


@pytest.fixture
def running(tmp_path, loaded_models):
    path = tmp_path / "run" / "models.sock"
    server = Server(path, loaded_models)
    Thread(target=server.serve_forever, daemon=True).start()
    yield path
    server.shutdown()
    server.server_close()


def test_the_process_reads_what_this_process_reads(running, loaded_models):
    asked = ModelClient(running).read(TEXTS, TEXTS)
    here = loaded_models.read(TEXTS, TEXTS)
    assert asked.morphs == here.morphs
    assert np.allclose(asked.vectors, here.vectors)
    assert [each.tolist() for each in asked.pieces] == [each.tolist() for each in here.pieces]
    assert [bool(len(each)) for each in asked.pieces] == [False, True]


def test_only_this_user_may_ask(running):
    assert running.stat().st_mode & 0o077 == 0


def test_the_models_say_their_names(running, loaded_models):
    client = ModelClient(running)
    assert (client.morph_model, client.vector_model) == (
        loaded_models.morph_model,
        loaded_models.vector_model,
    )
    assert client.vector_model.startswith("use3-")


def test_without_the_process_nothing_is_read_and_nothing_waits(tmp_path):
    client = ModelClient(tmp_path / "models.sock")
    began = time.perf_counter()
    assert client.read(TEXTS, TEXTS).morphs is None
    assert client.read(TEXTS, TEXTS).vectors is None
    assert client.vector_model == ""
    assert time.perf_counter() - began < 0.2


@pytest.fixture
def hanging(tmp_path):
    """A socket that takes connections and never says a word."""
    path = tmp_path / "models.sock"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(str(path))
        listener.listen(8)
        yield path


def test_a_process_that_hangs_costs_one_question_a_second_and_the_next_ones_nothing(hanging):
    client = ModelClient(hanging)
    began = time.perf_counter()
    assert client.read(["환불"], ["환불"]).vectors is None
    assert time.perf_counter() - began < 2.0

    began = time.perf_counter()
    for _ in range(20):
        assert client.read(["환불"], ["환불"]).vectors is None
    assert time.perf_counter() - began < 0.1
    assert client.breaker.is_open


def test_a_question_is_answered_by_words_while_the_model_process_hangs(hanging, world):
    article = Article.start(world.topic, by=SYSTEM, kind=Article.Kind.FAQ)
    article.write("ko", title="환불 신청하는 방법", html="<p>내 주문에서 환불을 누르세요.</p>", by=SYSTEM)
    with using(ModelClient(hanging)):
        article.translations.get(locale="ko").publish(by=SYSTEM)

        began = time.perf_counter()
        result = answer("환불 신청하는 방법", STRANGER, locale="ko")

    assert time.perf_counter() - began < 2.5
    assert [hit.article for hit in result.considered] == [article.pk]
    assert set(result.missing) == {"morphs", "vectors"}


def test_a_question_does_not_wait_behind_a_batch():
    turns, order = Turns(), []

    def long_work():
        for _ in range(5):
            with turns.turn(is_short=False):
                order.append("batch")
                time.sleep(0.05)

    batch = Thread(target=long_work)
    batch.start()
    time.sleep(0.02)
    with turns.turn(is_short=True):
        order.append("question")
    batch.join()
    assert order[:2] == ["batch", "question"]


def test_a_batch_of_passages_is_cut_shorter_than_one_of_titles(loaded_models, monkeypatch):
    turns = []
    whole = loaded_models._piece
    monkeypatch.setattr(loaded_models, "_piece", lambda texts: turns.append(texts) or whole(texts))
    titles = [f"환불 방법 {number}" for number in range(20)]
    passages = ["주문 내역에서 환불 신청을 누르면 돼요. " * 30 + str(number) for number in range(4)]

    found = loaded_models.read([], [*titles, *passages]).vectors

    assert [len(texts) for texts in turns] == [16, 6, 2]
    assert max(sum(map(len, texts)) for texts in turns) <= 1_500
    assert found[-1] == pytest.approx(loaded_models.read([], passages[-1:]).vectors[0], abs=1e-5)


def test_the_process_says_how_it_is(running):
    client = ModelClient(running)
    client.read(TEXTS[:1], TEXTS[:1])
    health = client.health()
    assert health["texts"] == 1
    assert health["ms_p95"] > 0
    assert health["megabytes"] > 100


def test_many_threads_ask_at_once(running):
    client, found = ModelClient(running), []

    def read(number):
        found.append((number, client.read([f"주문 {number}번 환불"], []).morphs[0]))

    threads = [Thread(target=read, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(str(number) in morphs for number, morphs in found)


def test_a_client_outlives_the_process_and_finds_it_again(tmp_path, loaded_models):
    path = tmp_path / "models.sock"
    client = ModelClient(path)
    for _ in range(2):
        server = Server(path, loaded_models)
        Thread(target=server.serve_forever, daemon=True).start()
        client.breaker.worked()
        assert client.read(["환불"], []).morphs == [["환불"]]
        client._hang_up()
        server.shutdown()
        server.server_close()
        path.unlink()
        assert client.read(["환불"], []).morphs is None


def test_a_second_process_takes_nothing_from_the_first(running, loaded_models):
    with pytest.raises(RuntimeError, match="Another model process"):
        Server(running, loaded_models)
    assert ModelClient(running).read(["환불"], []).morphs == [["환불"]]


def test_a_socket_left_by_one_that_was_killed_is_replaced(tmp_path, loaded_models):
    path = tmp_path / "models.sock"
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(path))
    server = Server(path, loaded_models)
    server.server_close()
    server.leave()
    assert not path.exists()


def test_on_leaving_it_takes_only_its_own_socket_away(tmp_path, loaded_models):
    path = tmp_path / "models.sock"
    old = Server(path, loaded_models)
    path.unlink()
    new = Server(path, loaded_models)
    old.server_close()
    old.leave()
    assert path.exists()
    new.server_close()
    new.leave()
    assert not path.exists()


def test_handrail_models_serves_until_it_is_told_to_stop(tmp_path):
    command = [sys.executable, "-m", "handrail", "models"]
    environment = os.environ | {"HANDRAIL_DATA": str(tmp_path)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert "models ready" in process.stdout.readline()
            client = ModelClient(tmp_path / "run" / "models.sock")
            assert client.read(["환불 방법"], []).morphs == [["환불", "방법"]]
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
    assert not (tmp_path / "run" / "models.sock").exists()


def test_a_question_has_one_meaning_however_it_is_spaced(loaded_models):
    spaced, run_together = "환불은 어떻게 신청하나요", "환불은어떻게신 청하나요"

    def nearness(**how):
        one, other = (loaded_models.read([], [text], **how).vectors[0] for text in (spaced, run_together))
        return float(one @ other)

    assert nearness(as_asked=True) > max(nearness(), 0.9)
    assert loaded_models.read([], [spaced, "refund"], as_asked=True).vectors.shape[0] == 2
    assert (
        loaded_models.read([], ["refund"], as_asked=True).vectors
        == loaded_models.read([], ["refund"]).vectors
    ).all()
