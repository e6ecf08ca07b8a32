"""The product's measuring instrument: it measures the engine, and says what it measured."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from handrail.answers.coefficients import Coefficients, shipped
from handrail.answers.evaluation import measure, metrics, site
from handrail.answers.features import ARTICLE, Measured
from handrail.answers.fit import Example, Judged
from handrail.answers.noise import KINDS, noisy
from tests.tables import tables_at

THINGS = ["환불", "배송", "비밀번호", "이어폰", "필터", "영수증", "쿠폰", "회원 탈퇴", "교환", "충전"]


def example(scores, right):
    table = np.zeros((len(scores), len(ARTICLE)))
    table[:, 0] = scores
    return Example(Measured(list(range(len(scores))), table, 0.0, 1.0), frozenset(right))


def by_first_feature():
    start = shipped()
    return Coefficients(
        np.eye(len(ARTICLE))[0], start.list_mean, start.list_scale, start.confide, start.bounds
    )


def test_a_tie_is_a_miss_and_so_is_an_empty_list():
    found = metrics.ranks(
        by_first_feature(), [example([1.0, 1.0], {0}), example([2.0, 1.0], {0}), example([], {0})]
    )
    assert list(found) == [2, 1, metrics.NOT_FOUND]
    assert metrics.ranking(found) == {"R@1": 33.3, "R@3": 66.7, "R@5": 66.7, "MRR@10": 50.0}


def test_out_of_scope_questions_are_not_ranked():
    assert len(metrics.ranks(by_first_feature(), [example([1.0], set())])) == 0


def test_whatever_is_answered_out_of_scope_is_wrong():
    judged = Judged(
        np.array([0.9, 0.9, 0.2, 0.1]),
        np.array([0.9, 0.9, 0.2, 0.1]),
        np.array([True, False, True, False]),
        np.array([True, False, True, False]),
        np.array([True, False, True, False]),
    )
    counted = metrics.answered(judged, 0.5)
    assert counted.as_json() == {"precision": 50.0, "coverage": 50.0, "rejected": 50.0, "answered": 2}


def test_a_confidence_that_is_as_often_right_as_it_says_has_no_error():
    assert metrics.calibration_error(np.full(100, 0.75), np.arange(100) < 75) == 0.0
    assert metrics.calibration_error(np.full(100, 0.95), np.arange(100) < 45) == 50.0


@pytest.mark.parametrize("kind", KINDS)
def test_noise_is_the_same_for_the_same_seed_and_another_for_another(kind):
    text = "환불은 언제쯤 계좌로 들어오는지 궁금해요"
    assert noisy(text, kind, seed=3) == noisy(text, kind, seed=3) != text


@pytest.fixture
def folder(tmp_path):
    items = [
        {
            "id": f"i{at}",
            "locale": "ko",
            "title": f"{thing} 방법",
            "body": "",
            "aliases": [f"{thing} 어떻게 해요"],
        }
        for at, thing in enumerate(THINGS)
    ]
    far = ["날씨", "맛집", "주식", "기차", "영화", "숙제", "고양이", "등산"]
    questions = [
        {
            "id": f"q-in-{at:02}{number}",
            "locale": "ko",
            "question": f"{thing} {ending}",
            "answers": [f"i{at}"],
            "split": "train" if number == 3 else "dev",
        }
        for at, thing in enumerate(THINGS)
        for number, ending in enumerate(["하고 싶어요", "언제 돼요", "안 돼요", "알려 주세요"])
    ] + [
        {
            "id": f"q-far-{at:02}{number}",
            "locale": "ko",
            "question": f"{thing} {ending}",
            "answers": [],
            "split": "dev",
        }
        for at, thing in enumerate(far)
        for number, ending in enumerate(["어때요", "알려줘"])
    ]
    for name, rows in (("knowledge", items), ("questions", questions)):
        lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        (tmp_path / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return tmp_path


@pytest.fixture
def at_once(loaded_models, monkeypatch):
    """With the models this run has loaded and tables that were migrated before; the first test does both itself."""

    def put_there(command, **options):
        assert command == "migrate"
        tables_at(Path(connection.settings_dict["NAME"]))

    monkeypatch.setattr(measure, "ModelsHere", lambda: loaded_models)
    monkeypatch.setattr(site, "call_command", put_there)


@pytest.mark.only_on("sqlite")  # what is measured lies in a database of its own
@pytest.mark.django_db(transaction=True)
def test_eval_prints_one_object_with_every_metric_and_leaves_the_site_alone(folder):
    it_is_measured(folder)


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db(transaction=True)
def test_a_site_on_postgresql_is_left_alone_too(folder, at_once):
    it_is_measured(folder)


@pytest.mark.only_on("sqlite")  # what is measured lies in a database of its own
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("options", [["--learn"], ["--noise", "layout"]])
def test_so_it_does_of_what_was_learned_and_of_noise(folder, options, at_once):
    it_is_measured(folder, *options)


def it_is_measured(folder, *options):
    before = dict(connection.settings_dict)
    out = StringIO()
    call_command("eval", "answers", str(folder), "--json", *options, stdout=out)

    (line,) = out.getvalue().strip().splitlines()
    said = json.loads(line)
    assert {
        "R@1",
        "R@5",
        "MRR@10",
        "threshold_95",
        "gate_95",
        "ECE",
        "ms_p50",
        "ms_p95",
        "peak_memory_mb",
    } <= set(said)
    assert {"precision", "coverage", "rejected"} <= set(said["threshold_95"])
    assert said["questions"] == {"items": 10, "in_scope": 30, "out_of_scope": 16, "past": 10}
    assert said["R@5"] > 90
    assert connection.settings_dict["NAME"] == before["NAME"]


@pytest.mark.only_on("sqlite")
@pytest.mark.django_db(transaction=True)
def test_a_folder_of_three_questions_is_measured_as_far_as_that_goes(folder, at_once):
    (folder / "knowledge.jsonl").write_text(
        '{"id": "a", "locale": "en", "title": "Refunds", "body": "Press Refund."}\n'
    )
    asked = [
        {"id": f"q{at}", "locale": "en", "question": text, "answers": ["a"][:right], "split": "dev"}
        for at, (text, right) in enumerate([("refund", 1), ("how to refund", 1), ("weather", 0)])
    ]
    (folder / "questions.jsonl").write_text("\n".join(map(json.dumps, asked)))
    out = StringIO()

    call_command("eval", "answers", str(folder), "--json", stdout=out)

    said = json.loads(out.getvalue())
    assert [said[name] for name in ("threshold_95", "gate_95", "ECE")] == [None] * 3
    assert (said["R@1"], said["R@5"], said["MRR@10"], said["ranked_by"]) == (100.0, 100.0, 100.0, "shipped")
    assert "questions" in said["not_measured"]
    assert said["questions"]["in_scope"] == 2 and said["shipped"]["R@1"] == 100.0 and said["ms_p50"] > 0


def test_a_question_whose_answer_is_no_item_is_named(folder):
    row = {"id": "odd-1", "locale": "ko", "question": "?", "answers": ["i99"], "split": "dev"}
    (folder / "questions.jsonl").write_text(json.dumps(row))
    with pytest.raises(CommandError, match=r"odd-1.*i99"):
        call_command("eval", "answers", str(folder), "--json")


@pytest.mark.parametrize("broken", ["", '{"id": 1', '{"id": "a"}'])
def test_a_folder_that_cannot_be_read_is_refused_in_a_sentence(tmp_path, broken):
    (tmp_path / "knowledge.jsonl").write_text(broken)
    with pytest.raises(CommandError, match=r"knowledge|questions"):
        call_command("eval", "answers", str(tmp_path), "--json")
