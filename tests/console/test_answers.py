"""The page of the answer engine: what was learned, and one press to go back."""

from __future__ import annotations

import re

import pytest
from django.utils import translation

from handrail.accounts.models import Role, User
from handrail.answers import jobs
from handrail.answers.asks import Ask
from handrail.answers.bands import NEVER
from handrail.answers.coefficients import shipped
from handrail.answers.fittings import Fitting
from handrail.answers.gate import gate_for
from handrail.core.events.models import Event
from handrail.core.jobs.models import Job
from handrail.core.jobs.worker import drain
from handrail.web.console import answers
from tests.desk.conftest import signed_in


@pytest.fixture
def admin(world):
    return signed_in(world.staff("admin@handrail.test", "박운영", Role.ADMIN))


def measured(bound):
    return {"bound": bound, "answered": 240, "right": 236, "precision_at_least": 0.962, "coverage": 0.71}


@pytest.fixture
def versions(db):
    gates = {"ko": {"choices": 0.2, "answer": {"0.95": measured(0.7), "0.97": measured(NEVER)}}}
    return [
        Fitting.objects.create(
            coefficients=shipped().as_json(),
            gates=gates,
            learned_from=300,
            measured_with=280,
            index_stamp="s",
        )
        for _ in range(3)
    ]


def test_each_version_shows_what_was_measured_and_mail_is_asked_for_more(admin, versions):
    text = admin.get("/console/answers").content.decode()
    assert "96.2 %" in text
    assert "97 %" in text
    assert "아직 증명되지 않아서" in text


def test_one_press_goes_back_to_an_older_version_and_another_forward_again(admin, versions):
    old, _middle, new = versions
    assert gate_for("ko", "portal").fitting == new.pk

    admin.post(f"/console/answers/{old.pk}/choice")
    assert gate_for("ko", "portal").fitting == old.pk

    admin.post(f"/console/answers/{new.pk}/choice")
    assert gate_for("ko", "portal").fitting == new.pk
    assert Event.objects.filter(verb="fitting.chosen").count() == 2


def test_taking_back_the_last_version_leads_to_what_came_with_the_product(admin, versions):
    for version in reversed(versions):
        admin.post(f"/console/answers/{version.pk}/withdrawal")
    assert gate_for("ko", "portal").is_provisional


def test_a_step_back_says_where_it_leads_and_what_answers_then(admin, versions):
    old, middle, new = versions
    page = admin.get("/console/answers").content.decode()
    assert f"/console/answers/{new.pk}/withdrawal" in page and step_back(page) == middle.pk

    gone = admin.post(f"/console/answers/{new.pk}/withdrawal", follow=True).content.decode()
    assert step_back(gone) == old.pk
    for version in (middle, old):
        last = admin.post(f"/console/answers/{version.pk}/withdrawal", follow=True).content.decode()

    assert "/withdrawal" not in last
    shipped_row = last[last.rindex('<li class="case-card">') :]
    assert 'data-meaning="done"' in shipped_row and "/choice" not in shipped_row


def step_back(page):
    """Number of the version the one button that goes back names."""
    form = page[page.index("/withdrawal") :]
    return int(re.search(r"<span>[^<]*?(\d+)[^<]*</span>", form)[1])


def test_a_manager_reads_the_figures_and_may_not_change_the_version(world, versions):
    manager = signed_in(world.staff("manager@handrail.test", "최관리", Role.MANAGER))
    text = manager.get("/console/answers").content.decode()
    assert "/choice" not in text
    assert manager.post(f"/console/answers/{versions[0].pk}/choice").status_code in (403, 404)


def test_a_model_process_that_is_away_is_shown_as_away(admin, versions):
    assert "응답 없음" in admin.get("/console/answers").content.decode()


def test_why_the_models_words_were_not_shown_is_told(admin, settings):
    settings.PHRASING_URL = "http://model.example/v1"
    for outcome in ("said", "refused", "refused", "number", "negation", "resting"):
        Ask.objects.create(
            text="환불", locale="ko", channel="portal", outcome="answer", confidence=0.9, is_provisional=False,
            asker_kind="visitor", milliseconds=9.0, phrasing=outcome,
        )  # fmt: skip
    page = admin.get("/console/answers").content.decode()
    assert "HANDRAIL_FETCH_INTERNAL" in page
    assert page.index("다른 말을 함") < page.index("한동안 묻지 않음")


def test_a_model_process_nobody_asked_yet_has_no_speed(admin, monkeypatch):
    idle = {"names": ["kiwi"], "embeddings": "", "ms_p50": 0.0, "ms_p95": 0.0, "megabytes": 580}
    monkeypatch.setattr(answers, "model_process", lambda: idle)
    page = admin.get("/console/answers").content.decode()
    assert "0.0 ms" not in page and "580 MB" in page


def test_one_press_learns_now_once_and_says_who_asked(admin, db, monkeypatch):
    asked = []
    monkeypatch.setattr(jobs, "refit", lambda *, by: asked.append(by))
    monkeypatch.setattr(answers, "OWN_LABELS_MIN", 0)
    for _press in range(2):
        said = admin.post("/console/answers/learning", follow=True).content.decode()
    assert "새 판을 배우고" in said
    drain()
    assert [(actor.kind, User.objects.get(pk=actor.id).email) for actor in asked] == [
        ("staff", "admin@handrail.test")
    ]


def test_a_version_that_is_being_learned_is_shown_as_such(admin, db):
    words = "Look again in a few minutes"
    with translation.override("en"):
        User.objects.update(locale="en")
        assert words not in admin.get("/console/answers").content.decode()

        admin.post("/console/answers/learning")
        assert words in admin.get("/console/answers").content.decode()

        drain()
        assert words not in admin.get("/console/answers").content.decode()


def test_too_few_verdicts_teach_nothing_and_say_so(admin, db):
    said = admin.post("/console/answers/learning", follow=True).content.decode()
    assert "판정이 달린 질문이 아직 0개예요. 100개부터" in said
    drain()
    assert not Fitting.objects.exists()
    assert not Job.objects.filter(state=Job.State.DEAD).exists()
