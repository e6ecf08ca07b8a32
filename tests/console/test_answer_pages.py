"""The pages of thresholds and of last month asked again."""

from __future__ import annotations

import pytest

from handrail.accounts.models import Role, Team
from handrail.answers import learn
from handrail.answers.fittings import Fitting
from handrail.answers.labels import Label
from handrail.answers.replays import Replay
from handrail.answers.thresholds import Threshold
from handrail.channels.models import Inbox
from handrail.core.actors import SYSTEM
from handrail.core.events.models import Event
from handrail.core.jobs.models import Job
from handrail.web.console.replay import curve_of
from handrail.workspace.models import Brand
from tests.desk.conftest import signed_in

THRESHOLDS, HISTORY = "/console/answers/thresholds", "/console/answers/history"


@pytest.fixture
def manager(world):
    return signed_in(world.staff("manager@handrail.test", "최관리", Role.MANAGER))


@pytest.fixture
def agent(world):
    return signed_in(world.agent)


@pytest.mark.parametrize("page", [THRESHOLDS, HISTORY])
def test_a_manager_may_and_an_agent_may_not(manager, agent, page):
    assert manager.get(page).status_code == 200
    assert agent.get(page).status_code in {403, 404}
    assert agent.post(f"{THRESHOLDS}/keep", {"chat": "0.9"}).status_code in {403, 404}
    assert agent.post(f"{HISTORY}/again").status_code in {403, 404}
    assert not Threshold.objects.exists()
    assert not Job.objects.filter(task__contains="replay").exists()


def test_a_manager_sets_a_channel_and_takes_it_back(manager):
    manager.post(f"{THRESHOLDS}/keep", {"brand": "", "chat": "0.9", "mail": "1.0"})
    assert dict(Threshold.objects.values_list("channel", "target")) == {"chat": 0.9, "mail": 1.0}

    manager.post(f"{THRESHOLDS}/keep", {"brand": "", "chat": "", "mail": "1.0"})
    assert dict(Threshold.objects.values_list("channel", "target")) == {"mail": 1.0}
    assert Event.objects.filter(verb="threshold.dropped", actor_kind="staff").count() == 1


def test_each_brand_has_its_own_where_there_are_several(manager, world):
    assert "회사" not in manager.get(THRESHOLDS).content.decode()
    other = Brand.objects.create(slug="two", name_ko="둘째 회사", name_en="Two")
    assert "둘째 회사" in manager.get(THRESHOLDS).content.decode()

    manager.post(f"{THRESHOLDS}/keep", {"brand": other.pk, "chat": "0.99"})
    assert Threshold.objects.get().brand == other


def test_a_mailbox_has_its_own_share_shown_beside_its_help_centres_with_what_both_come_to(manager, world):
    Threshold.put("mail", 0.9, by=SYSTEM, brand=world.brand)
    page = manager.get(THRESHOLDS).content.decode()
    assert "help@handrail.test" in page and "도움말 센터와 같게 (100개 가운데 90개)" in page
    assert page.count("확신도가 ") == 1  # what came with the product proves ninety

    manager.post(f"{THRESHOLDS}/mailboxes", {f"inbox-{world.mail.pk}": "0.99"})
    assert Threshold.objects.get(inbox=world.mail).target == 0.99
    page = manager.get(THRESHOLDS).content.decode()
    assert "아직 증명하지 못해요" in page
    # The help centre's own form leaves it alone.
    manager.post(f"{THRESHOLDS}/keep", {"brand": "", "mail": ""})
    assert Threshold.objects.filter(inbox=world.mail).exists()

    admin = signed_in(world.staff("admin@handrail.test", "관리자", Role.ADMIN))
    assert "100개 가운데 99개" in admin.get(f"/console/mailboxes/{world.mail.pk}").content.decode()
    manager.post(f"{THRESHOLDS}/mailboxes", {f"inbox-{world.mail.pk}": ""})
    assert not Threshold.objects.filter(inbox=world.mail).exists()
    assert "100개 가운데 90개" in admin.get(f"/console/mailboxes/{world.mail.pk}").content.decode()


def test_a_private_teams_mailbox_is_nobody_elses_to_set(manager, agent, world):
    private = Team.objects.create(slug="law", name_ko="법무", name_en="Law", is_private=True)
    secret = Inbox.objects.create(
        kind="mail", brand=world.brand, address="law@handrail.test", name="law", team=private
    )
    assert "law@handrail.test" not in manager.get(THRESHOLDS).content.decode()
    manager.post(f"{THRESHOLDS}/mailboxes", {f"inbox-{secret.pk}": "0.9", f"inbox-{world.mail.pk}": "0.5"})
    assert agent.post(f"{THRESHOLDS}/mailboxes", {f"inbox-{world.mail.pk}": "0.9"}).status_code in {403, 404}
    assert not Threshold.objects.exists()


@pytest.mark.parametrize(
    "sent", [{"chat": "0.5"}, {"chat": "high"}, {"chat": "nan"}, {"portal": "0.9", "chat": "7"}]
)
def test_what_is_not_offered_changes_nothing(manager, sent):
    page = manager.post(f"{THRESHOLDS}/keep", {"brand": "", **sent}, follow=True)
    assert "바뀐 것은 없어요" in page.content.decode()
    assert not Threshold.objects.exists()


def test_mail_below_chat_is_pointed_out(manager):
    manager.post(f"{THRESHOLDS}/keep", {"brand": "", "mail": "0.9", "chat": "0.99"})
    assert "메일" in manager.get(THRESHOLDS).content.decode()
    assert "되돌리기 어려워요" in manager.get(THRESHOLDS).content.decode()


def report(article, *, first_right=92.0, examples=1):
    worst = [{"text": "배송 언제 와요", "said": article.pk, "confidence": 0.91, "right": []}] * examples
    then, now = ["handover", None], ["answer", article.pk]
    return {
        "days": 30,
        "until": "2026-11-27T04:00:00+00:00",
        "asked": {
            "questions": 120,
            "asked_again": 100,
            "then": {"answer": 40, "choices": 50, "handover": 10},
            "now": {"answer": 47, "choices": 45, "handover": 8},
            "changed": examples,
            "examples": [{"text": "환불 며칠 걸려요", "locale": "ko", "then": then, "now": now}] * examples,
        },
        "proved": {
            "ko": {
                "questions": 130,
                "first_right": first_right,
                "precision": 96.1,
                "coverage": 61.0,
                "rejected": 94.0,
                "answered": 80,
                "precision_at_least": 91.0,
                "ECE": 1.9,
                "answer_from": 0.83,
                "curve": [[10.0, 100.0, 0.99], [61.0, 96.1, 0.83], [92.0, 81.0, 0.1]],
                "worst": worst,
            }
        },
    }


@pytest.fixture
def replayed(world):
    article = world.article("환불 신청하는 방법", "<p>주문 내역에서 신청해요.</p>")
    versions = [
        Fitting.objects.create(coefficients={}, learned_from=1, measured_with=1, index_stamp="") for _ in "ab"
    ]
    Replay.objects.create(report=report(article, first_right=88.0), fitting=versions[0])
    Replay.objects.create(report=report(article), fitting=versions[1])
    return article


def test_the_page_shows_the_curve_the_mistakes_and_what_changed(manager, replayed):
    text = manager.get(HISTORY).content.decode()
    for shown in (
        "92.0 %",
        "88.0 %",
        "배송 언제 와요",
        "환불 며칠 걸려요",
        "환불 신청하는 방법",
        "<polyline",
    ):
        assert shown in text
    assert 'aria-label="' in text.split('<svg viewBox="0 0 100 100"')[1][:200]


def test_a_mistake_is_put_right_where_it_stands(manager, world):
    article = world.article("환불 신청하는 방법", "<p>주문 내역에서 신청해요.</p>")
    other = world.article("배송 조회하는 방법", "<p>운송장으로 봐요.</p>")
    verdict = learn.Verdict("배송 언제 와요", other, "ko", is_held_out=True)
    [label] = learn.confirm_all([verdict], by=SYSTEM)
    said = report(article)
    said["proved"]["ko"]["worst"][0] |= {"label": label.pk, "right": [other.pk]}
    Replay.objects.create(report=said)
    assert f"/console/answers/learned/{label.pk}/article" in manager.get(HISTORY).content.decode()

    manager.post(f"/console/answers/learned/{label.pk}/article", {"article": article.pk})

    [now] = Label.objects.standing()
    assert (now.article, now.is_held_out, now.is_remembered) == (article, True, True)
    assert f"/console/answers/learned/{label.pk}/article" not in manager.get(HISTORY).content.decode()


def test_an_article_the_reader_may_not_read_is_not_named(manager, replayed):
    replayed.translations.get().withdraw(by=SYSTEM)
    assert "환불 신청하는 방법" not in manager.get(HISTORY).content.decode()


def test_it_costs_the_same_for_one_mistake_and_for_twenty(manager, world, django_assert_max_num_queries):
    article = world.article("환불 신청하는 방법", "<p>주문 내역에서 신청해요.</p>")
    for count in (1, 20):
        Replay.objects.create(report=report(article, examples=count))
        with django_assert_max_num_queries(18):
            manager.get(HISTORY)


def test_asking_again_is_a_workers_work_and_one_at_a_time(manager):
    for _ in range(2):
        manager.post(f"{HISTORY}/again")
    assert Job.objects.filter(task__contains="replay").count() == 1


def test_before_the_first_night_the_page_says_what_will_come(manager):
    assert "아직 재지 않았어요" in manager.get(HISTORY).content.decode()


def test_a_version_that_did_worse_says_so(manager, world):
    trial = {"cases": 40, "first_before": 36, "first_after": 31, "is_passed": False}
    Fitting.objects.create(
        coefficients={}, learned_from=1, measured_with=1, index_stamp="", trial=trial, is_withdrawn=True
    )
    text = manager.get("/console/answers").content.decode()
    assert "31" in text
    assert "쓰지 않았어요" in text


def test_the_curve_fits_its_field_however_low_it_falls():
    curve = curve_of([[5.0, 100.0, 0.9], [50.0, 20.0, 0.1]])
    assert curve.floor == 20.0
    assert curve.points == "5,0.0 50,100.0"
    assert 0 < curve.target < 10
