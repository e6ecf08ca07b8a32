"""Embeddings from outside: used where they come, and nothing an address does wrong costs more than a moment."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import socket
import subprocess
import sys
import time

import numpy as np
import pytest

from handrail.accounts.viewer import STRANGER
from handrail.answers import jobs
from handrail.answers.answer import answer
from handrail.answers.coefficients import shipped
from handrail.answers.embeddings import Embeddings
from handrail.answers.encoder import CLOSE, WIDE, is_foreign, is_whole, width
from handrail.answers.entries import Vector, wanting
from handrail.answers.fittings import Fitting
from handrail.answers.gate import gate_for
from handrail.answers.model_here import ModelsHere
from handrail.answers.question import understand
from handrail.answers.vector_rows import snapshot

SIZE = 24


def numbers(text):
    """What the address makes of a text: letters that stand in it, so that like texts are near."""
    found = np.full(SIZE, 0.01)
    for pair in itertools.pairwise(text):
        found[int(hashlib.sha256("".join(pair).encode()).hexdigest(), 16) % SIZE] += 1.0
    return found.tolist()


def honest(asked):
    return {"data": [{"index": at, "embedding": numbers(text)} for at, text in enumerate(asked["input"])]}


@pytest.fixture
def address(httpserver, settings):
    """An address that speaks as such models do; `says` sets what it makes of a request, `asked` is what it was sent."""
    settings.FETCH_INTERNAL = [f"{httpserver.host}:{httpserver.port}"]
    httpserver.asked = []

    def says(made=honest, *, status=200):
        from werkzeug import Response

        def reply(request):
            asked = json.loads(request.data)
            httpserver.asked.append((asked, request.headers.get("authorization")))
            body = made if isinstance(made, str) else json.dumps(made(asked))
            return Response(body, status, mimetype="application/json")

        httpserver.clear_all_handlers()
        httpserver.expect_request("/v1/embeddings", method="POST").respond_with_handler(reply)

    httpserver.says = says
    says()
    return httpserver


@pytest.fixture
def embeddings(address) -> Embeddings:
    return Embeddings(address.url_for("/v1"), "bge-m3", SIZE, key="secret", seconds=1.0)


@pytest.fixture
def outside(models: ModelsHere, embeddings, monkeypatch) -> ModelsHere:
    """The models of this process, with embeddings from outside."""
    monkeypatch.setattr(models, "embeddings", embeddings)
    monkeypatch.setitem(models.__dict__, "vector_model", f"use3-1+{embeddings.name}")
    return models


def test_off_by_default_nobody_is_asked(settings):
    assert settings.EMBEDDINGS_URL == ""
    assert ModelsHere().embeddings is None


def test_the_texts_go_out_masked_and_come_back_with_length_one(embeddings, address):
    found = embeddings.read(["kim@example.com 환불", "배송 조회"], somebody_waits=True)

    (asked, key) = address.asked[0]
    assert asked["input"] == ["[mail] 환불", "배송 조회"]
    assert (asked["model"], key) == ("bge-m3", "Bearer secret")
    assert np.allclose(np.linalg.norm(found, axis=1), 1.0, atol=1e-5)
    assert embeddings.outcome == "worked"


def test_vectors_are_put_in_the_order_of_the_texts_and_not_of_the_answer(embeddings, address):
    in_order = embeddings.read(["환불", "배송 조회"], somebody_waits=True)
    address.says(lambda asked: {"data": honest(asked)["data"][::-1]})

    assert np.array_equal(embeddings.read(["환불", "배송 조회"], somebody_waits=True), in_order)


def with_first(change):
    def made(asked):
        said = honest(asked)
        said["data"][0] |= change
        return said

    return made


@pytest.mark.parametrize(
    ("made", "status", "why"),
    [
        (with_first({"embedding": [1.0] * (SIZE + 1)}), 200, "odd"),
        (with_first({"embedding": [float("nan")] * SIZE}), 200, "odd"),
        (with_first({"embedding": [float("inf")] * SIZE}), 200, "odd"),
        (with_first({"embedding": [0.0] * SIZE}), 200, "odd"),
        (with_first({"embedding": ["1"] * SIZE}), 200, "odd"),
        (with_first({"embedding": [[1.0]] * SIZE}), 200, "odd"),
        (with_first({"index": 7}), 200, "odd"),
        (with_first({"index": 1}), 200, "odd"),
        (lambda asked: {"data": honest(asked)["data"][:1]}, 200, "odd"),
        (lambda asked: {"data": "환불"}, 200, "odd"),
        ("not json", 200, "odd"),
        ("[" * 50_000, 200, "odd"),
        ("[" * 70_000 * 3, 200, "refused"),
        ('{"error": "no"}', 401, "refused"),
        ("oops", 500, "refused"),
        ("", 302, "refused"),
    ],
)
def test_an_address_that_lies_or_refuses_gives_nothing_and_is_left_alone(
    embeddings, address, made, status, why
):
    address.says(made, status=status)

    assert embeddings.read(["환불", "배송 조회"], somebody_waits=True) is None
    assert embeddings.outcome == why
    asked = len(address.asked)
    assert embeddings.read(["환불", "배송 조회"], somebody_waits=True) is None
    assert len(address.asked) == asked  # it rests


def test_an_address_inside_is_asked_only_where_the_operator_named_it(embeddings, settings):
    settings.FETCH_INTERNAL = []

    assert embeddings.read(["환불"], somebody_waits=True) is None
    assert embeddings.outcome == "refused"


def test_an_address_that_hangs_costs_its_time_once_and_the_question_is_answered(
    help_centre, outside, settings, monkeypatch
):
    jobs.encode_wanting()
    with socket.socket() as hanging:
        hanging.bind(("127.0.0.1", 0))
        hanging.listen(8)
        port = hanging.getsockname()[1]
        settings.FETCH_INTERNAL = [f"127.0.0.1:{port}"]
        monkeypatch.setattr(outside.embeddings, "url", f"http://127.0.0.1:{port}/v1")
        outside.embeddings.seconds = 0.5
        took = []
        for _time in range(3):
            began = time.perf_counter()
            result = answer("환불 신청하는 방법", STRANGER, locale="ko")
            took.append(time.perf_counter() - began)

    assert result.considered[0].article == help_centre.id_of("refund")
    assert result.missing == ("embeddings",)
    assert 0.4 < took[0] < 1.5
    assert max(took[1:]) < 0.4


def test_everything_is_encoded_anew_and_vectors_of_different_models_never_meet(help_centre, outside):
    assert not Vector.objects.by(outside.vector_model).exists()

    jobs.encode_wanting()

    mine = Vector.objects.by(outside.vector_model)
    assert mine.count() > 0
    assert {len(bytes(each)) for each in mine.values_list("numbers", flat=True)} == {2 * (512 + SIZE)}
    assert mine.count() < Vector.objects.count()
    seen = snapshot("any", outside.vector_model)
    assert seen.meanings.vectors(np.arange(2)).shape[1] == 512 + SIZE
    assert (
        not seen.passage.any() and not wanting(outside.vector_model).exists()
    )  # no passage leaves the house
    assert answer("환불 신청하는 방법", STRANGER, locale="ko").considered[0].article == help_centre.id_of(
        "refund"
    )


def test_another_address_model_or_size_is_another_encoder(embeddings):
    names = {
        embeddings.name,
        Embeddings("http://other/v1", "bge-m3", SIZE).name,
        Embeddings(embeddings.url, "bge-m4", SIZE).name,
        Embeddings(embeddings.url, "bge-m3", SIZE + 1).name,
    }

    assert len(names) == 4
    assert width(f"use3-1+{embeddings.name}") == 512 + SIZE
    assert is_foreign(f"use3-1+{embeddings.name}")
    assert not is_foreign("use3-0.2.1+minilm-1.0+e5-0.3")
    long = Embeddings("http://x/v1", "org/a very long name of a model: latest/2026", 4096).name
    assert len(f"use3-10.20.30+{long}") <= 60
    assert "/" not in long


def test_half_a_vector_answers_a_question_and_is_never_kept(help_centre, outside, address):
    address.says("oops", status=500)

    with pytest.raises(jobs.ModelsAway):
        jobs.encode_wanting()

    assert not Vector.objects.by(outside.vector_model).exists()
    question = understand("환불 방법")
    assert question.vector[WIDE].any()
    assert not question.vector[CLOSE].any()
    assert not is_whole(question.vector[None], outside.vector_model)


def test_what_nobody_has_measured_with_these_vectors_is_offered_and_never_answered(help_centre, outside):
    jobs.encode_wanting()
    result = answer("환불 신청하는 방법", STRANGER, locale="ko")

    assert result.outcome == "choices"
    assert result.choices[0].article == help_centre.id_of("refund")

    gates = {"ko": {"answer": {"0.95": {"bound": 0.0}}, "choices": 0.0}}
    Fitting.objects.create(
        coefficients=shipped().as_json(),
        gates=gates,
        learned_from=200,
        measured_with=200,
        models_used=f"kiwi {outside.vector_model}",
    )
    assert gate_for("ko", "portal", stamp="").answer_from == 0.0
    assert gate_for("en", "portal", stamp="").answer_from > 1.0


def test_a_size_must_be_said_with_the_address():
    env = os.environ | {"HANDRAIL_EMBEDDINGS_URL": "http://127.0.0.1:1/v1"}
    code = "import handrail.config.settings"
    said = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)

    assert said.returncode == 1
    assert "HANDRAIL_EMBEDDINGS_DIMENSIONS must say how many numbers" in said.stderr
