"""While nothing can be compared by meaning there are choices by letters and words, and never a guess as an answer."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command

from handrail.accounts.viewer import STRANGER
from handrail.answers import bands, jobs, vector_rows
from handrail.answers.answer import answer
from handrail.answers.coefficients import shipped_words
from handrail.answers.encoder import NoReader
from handrail.answers.entries import Vector
from handrail.answers.fittings import Fitting
from handrail.answers.gate import gate_for
from handrail.answers.model_client import ModelClient, using
from handrail.answers.model_here import ModelsHere
from tests.answers.help_centre import TEXTS, HelpCentre

TITLES = [(locale, texts[locale][0], name) for name, texts in TEXTS.items() for locale in texts]


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch):
    """A process that never held the vectors of these words: it keeps them by their text, whatever became of their rows."""
    monkeypatch.setattr(vector_rows, "_kept", {})


@pytest.fixture
def away(tmp_path):
    """No model process: its socket was never there."""
    with using(ModelClient(tmp_path / "run" / "models.sock")):
        yield


@pytest.fixture
def centre(world, away) -> HelpCentre:
    """Written while the models were away: words cut by rule, and no vector."""
    return HelpCentre(world)


@pytest.mark.parametrize(("locale", "title", "name"), TITLES)
def test_the_very_title_of_an_article_offers_it_first(centre, locale, title, name):
    result = answer(title, STRANGER, locale=locale)

    assert result.outcome == "choices"
    assert result.choices[0].article == centre.id_of(name)
    assert "vectors" in result.missing


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("환불 어떻게 해요?", "refund"),
        ("배송조회", "track"),
        ("ghksqnf qkdqjq", "refund"),
        ("필터 교체 주기가 궁금해요", "filter"),
        ("where is my package?", "track"),
    ],
)
def test_other_words_for_it_offer_it_too(centre, question, name):
    result = answer(question, STRANGER, locale="ko")
    assert centre.id_of(name) in [hit.article for hit in result.choices]


@pytest.mark.parametrize("question", ["오늘 점심 뭐 먹지", "quantum chromodynamics lattice"])
def test_what_shares_nothing_still_goes_to_a_person(centre, question):
    assert answer(question, STRANGER, locale="ko").outcome == "handover"


@pytest.mark.parametrize(("locale", "title", "name"), TITLES)
def test_it_holds_for_what_was_read_by_the_models_before_they_went_away(help_centre, locale, title, name):
    with using(NoReader()):
        result = answer(title, STRANGER, locale=locale)
    assert result.outcome == "choices"
    assert result.choices[0].article == help_centre.id_of(name)


@pytest.mark.parametrize(("locale", "title", "name"), TITLES)
def test_and_for_a_question_that_is_read_while_the_articles_never_were(help_centre, locale, title, name):
    Vector.objects.all().delete()
    help_centre.write({"ko": ("새 글", "<p>새 글</p>", [])})  # the index has another stamp from here on

    result = answer(title, STRANGER, locale=locale)

    assert result.outcome == "choices"
    assert result.choices[0].article == help_centre.id_of(name)


def test_the_command_offers_them_too(centre, capsys, loaded_models, monkeypatch):
    monkeypatch.setattr("handrail.answers.management.commands.ask.ModelsHere", lambda: loaded_models)
    call_command("ask", "배송 조회 방법", "--json")
    said = json.loads(capsys.readouterr().out)
    assert (said["outcome"], said["choices"][0]["article"]) == ("choices", centre.id_of("track"))


def test_a_site_that_learned_with_vectors_does_not_weigh_words_by_them(help_centre):
    gates = {"ko": {"answer": {"0.95": {"bound": 0.9}}, "choices": 0.9}}
    Fitting.objects.create(
        coefficients=shipped_words().as_json(),
        gates=gates,
        learned_from=500,
        measured_with=500,
        models_used=f"{ModelsHere().morph_model} {ModelsHere().vector_model}",
    )
    with using(NoReader()):
        gate = gate_for("ko", "portal", stamp="").for_what(has_meaning=False)
        assert gate.is_provisional and gate.fitting is None
        assert answer("환불 신청하는 방법", STRANGER, locale="ko").outcome == "choices"


@pytest.mark.parametrize(
    ("models_used", "by_words"),
    [
        ("kiwi-0.24 use3-0.2", False),
        ("kiwi-0.24 custom:bge-m3", False),
        (" use3-0.2", False),
        ("kiwi-0.24 ", True),
        ("kiwi-0.24", True),
    ],
)
def test_a_version_is_by_words_when_it_names_no_encoder_whichever_that_would_be(models_used, by_words):
    assert Fitting(coefficients={"weights": {}}, models_used=models_used).is_by_words is by_words


def test_a_site_that_measured_itself_without_vectors_answers_by_that(centre):
    gates = {"ko": {"answer": {"0.95": {"bound": 0.0}}, "choices": 0.0}}
    fitting = Fitting.objects.create(
        coefficients=shipped_words().as_json(), gates=gates, learned_from=500, measured_with=500
    )
    gate = gate_for("ko", "portal", stamp="").for_what(has_meaning=False)
    assert (gate.fitting, gate.answer_from, gate.is_provisional) == (fitting.pk, 0.0, False)


def test_what_comes_with_the_product_proves_no_answer_by_words_alone(db):
    gate = gate_for("ko", "portal").for_what(has_meaning=False)
    assert gate.answer_from == bands.NEVER
    assert 0 < gate.choices_from < 1


def test_with_vectors_nothing_changes(help_centre):
    assert jobs.encode_wanting() == 0
    assert answer("환불 신청하는 방법", STRANGER, locale="ko").outcome == "answer"
