"""Several conversations in one step, from the list, and the way back."""

import re
from datetime import timedelta

import pytest

from handrail.accounts.models import Role, Team
from handrail.automation.closing import close_due
from handrail.automation.macros import Macro
from handrail.automation.runs import Run
from handrail.channels.blocking import block
from handrail.channels.models import BlockedSender
from handrail.conversations.conversation import Conversation
from handrail.conversations.forms import RequestForm
from handrail.conversations.messages import Message
from handrail.core import clock
from tests.desk.conftest import signed_in


@pytest.fixture
def three(world):
    return [world.conversation(subject=f"문의 {at}") for at in range(3)]


def picks(some):
    return [str(each.number) for each in some]


def test_picked_on_the_list_changed_and_undone(world, desk, three):
    page = desk.get("/desk/views/all/").content.decode()
    assert len(re.findall(r'class="pick"', page)) == 3
    form = desk.get("/desk/bulk", {"number": picks(three[:2]), "back": "/desk/views/all/"}).content.decode()
    assert "문의 2건 바꾸기" in form

    sent = {"number": picks(three[:2]), "tag": "환불, 급함", "priority": "high", "back": "/desk/views/all/"}
    response = desk.post("/desk/bulk/run", sent)
    assert response.status_code == 302
    run = Run.objects.get()
    assert response["Location"] == f"/desk/views/all/?run={run.pk}"
    assert "문의 2건을 바꾸었어요" in desk.get(response["Location"]).content.decode()
    for each in Conversation.objects.filter(pk__in=picks(three[:2])):
        assert (each.priority, {tag.name for tag in each.tags.all()}) == ("high", {"환불", "급함"})

    desk.post(f"/desk/runs/{run.pk}/undo", {"back": "/desk/views/all/"})
    assert not Conversation.objects.exclude(priority="normal").exists()
    assert "2건을 되돌렸어요" in desk.get(f"/desk/runs/{run.pk}").content.decode()


def test_a_whole_view_with_what_narrows_it(world, desk, three):
    three[0].set_priority("urgent", by=world.agent)
    sent = {"whole": "1", "view": "all", "where": "priority=normal", "status": "solved"}
    desk.post("/desk/bulk/run", sent)
    assert sorted(Conversation.objects.filter(status="solved").values_list("pk", flat=True)) == [
        each.pk for each in three[1:]
    ]


def test_five_hundred_run_as_a_job_with_progress(world, desk):
    person = world.person()
    for at in range(25):
        world.conversation(person, subject=str(at))
    response = desk.post(
        "/desk/bulk/run", {"whole": "1", "view": "all", "tag": "묶음", "back": "/desk/views/all/"}
    )
    page = desk.get(response["Location"]).content.decode()
    assert "25건 가운데 0건을 마쳤어요" in page
    assert "<progress" in page
    world.settle()
    strip = desk.get(f"/desk/runs/{Run.objects.get().pk}/strip").content.decode()
    assert "문의 25건을 바꾸었어요" in strip
    assert "data-moving" not in strip


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"tag": "vip"}, "먼저 문의를 하나 이상 골라 주세요"),
        ({"number": "ALL"}, "무엇을 바꿀지 골라 주세요"),
        ({"number": "ALL", "merge": "#9999"}, "그 번호의 문의가 없어요"),
    ],
)
def test_what_is_unclear_is_said_and_nothing_changes(world, desk, three, sent, words):
    sent = {name: picks(three) if value == "ALL" else value for name, value in sent.items()}
    response = desk.post("/desk/bulk/run", sent)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Run.objects.exists()


def test_numbers_of_a_private_team_are_not_even_counted(world, desk, three):
    hr = Team.objects.create(slug="hr", name_ko="인사팀", name_en="HR", is_private=True)
    three[0].hand_to_team(hr, by=world.agent)
    form = desk.get("/desk/bulk", {"number": picks(three)}).content.decode()
    assert "문의 2건 바꾸기" in form
    assert desk.post("/desk/bulk/run", {"number": picks(three), "team": str(hr.pk)}).status_code == 404


def test_a_macro_on_several_sends_and_changes(world, desk, three):
    from handrail.automation.changes import Change

    macro = Macro.make(
        "배송 안내",
        by=world.agent,
        texts={"ko": "{{고객}}, 확인했어요."},
        changes=[Change("status", "pending")],
    )
    desk.post("/desk/bulk/run", {"number": picks(three), "macro": str(macro.pk)})
    assert Message.objects.filter(text="김민지 님, 확인했어요.").count() == 3
    assert Conversation.objects.filter(status="pending").count() == 3


def test_somebody_elses_macro_or_run_does_not_exist(world, desk, three):
    two = world.staff("two@handrail.test", "정해결", Role.AGENT)
    macro = Macro.make("남의 것", by=two, texts={"ko": "가"})
    assert desk.post("/desk/bulk/run", {"number": picks(three), "macro": str(macro.pk)}).status_code == 404
    desk.post("/desk/bulk/run", {"number": picks(three), "tag": "vip"})
    theirs = signed_in(two)
    pk = Run.objects.get().pk
    for path in (f"/desk/runs/{pk}", f"/desk/runs/{pk}/strip"):
        assert theirs.get(path).status_code == 404
    assert theirs.post(f"/desk/runs/{pk}/undo").status_code == 404


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example/", "/hc/ko/", "javascript:alert(1)"]
)
def test_the_way_back_leads_only_into_the_desk(world, desk, three, back):
    response = desk.post("/desk/bulk/run", {"number": picks(three), "tag": "vip", "back": back})
    assert response["Location"].startswith("/desk/?run=")


def test_a_merge_is_taken_back_on_its_page(world, desk, three):
    desk.post(f"/desk/conversations/{three[0].number}/merge", {"into": f"#{three[1].number}"})
    page = desk.get(f"/desk/conversations/{three[0].number}?stay").content.decode()
    assert "합치기 되돌리기" in page
    desk.post(f"/desk/conversations/{three[0].number}/unmerge")
    three[0].refresh_from_db()
    assert three[0].merged_into is None
    assert desk.post(f"/desk/conversations/{three[0].number}/unmerge").status_code == 422


def test_a_wave_of_spam_is_put_away_and_comes_back_by_one_press(world, desk, three):
    form = desk.get("/desk/bulk", {"number": picks(three), "back": "/desk/views/all/"}).content.decode()
    assert 'value="spam_block"' in form and 'value="delete"' not in form
    desk.post("/desk/bulk/run", {"number": picks(three), "away": "spam_block", "back": "/desk/views/all/"})
    assert not Conversation.objects.visible_to(world.viewer()).exists()
    assert BlockedSender.objects.get().sender == three[0].requester.email
    run = Run.objects.get()
    desk.post(f"/desk/runs/{run.pk}/undo", {"back": "/desk/views/all/"})
    assert Conversation.objects.visible_to(world.viewer()).count() == 3
    assert not BlockedSender.objects.exists()


def test_only_managers_delete_several(world, desk, three):
    sent = {"number": picks(three), "away": "delete", "back": "/desk/views/all/"}
    assert desk.post("/desk/bulk/run", sent).status_code == 422
    manager = signed_in(world.staff("lead@handrail.test", "오팀장", Role.MANAGER))
    manager.post("/desk/bulk/run", sent)
    assert not Conversation.objects.visible_to(world.viewer()).exists()
    manager.post(f"/desk/runs/{Run.objects.get().pk}/undo")
    assert Conversation.objects.visible_to(world.viewer()).count() == 3


def test_a_block_of_somebody_else_stays_when_spam_comes_back(world, desk, three):
    block(three[0].requester.email, by=world.staff("lead@handrail.test", "오팀장", Role.MANAGER))
    desk.post("/desk/bulk/run", {"number": picks(three), "away": "spam_block"})
    desk.post(f"/desk/runs/{Run.objects.get().pk}/undo")
    assert BlockedSender.objects.exists()


def test_what_a_search_found_is_picked_and_changed_too(world, desk, three):
    page = desk.get("/desk/search", {"query": "문의 1"}).content.decode()
    assert 'id="bulk"' in page and 'name="whole"' not in page
    back = "/desk/search?query=%EB%AC%B8%EC%9D%98"
    sent = {"number": picks(three[:1]), "tag": "환불", "back": back}
    answer = desk.post("/desk/bulk/run", sent)
    assert answer["Location"].startswith(f"{back}&run=")
    assert "문의 1건을 바꾸었어요" in desk.get(answer["Location"]).content.decode()


def test_closing_is_said_before_and_after_and_can_be_taken_back(world, desk, three):
    form = desk.get("/desk/bulk", {"number": picks(three)}).content.decode()
    assert '<option value="closed">' in form
    sent = {"number": picks(three), "status": "closed", "back": "/desk/views/all/"}
    answer = desk.post("/desk/bulk/run", sent)
    run = Run.objects.get()
    strip = desk.get(f"/desk/runs/{run.pk}/strip").content.decode()
    assert f"/desk/runs/{run.pk}/undo" in strip
    assert run.closes_at.isoformat() in strip
    assert answer.status_code == 302
    with clock.at(run.closes_at):
        close_due()
        strip = desk.get(f"/desk/runs/{run.pk}/strip").content.decode()
    assert "/undo" not in strip
    assert set(Conversation.objects.values_list("status", flat=True)) == {"closed"}


def test_snoozed_typed_and_given_a_form_in_one_press(world, desk, three):
    form = RequestForm.make("returns", by=world.agent, name_ko="반품", name_en="Returns")
    page = desk.get("/desk/bulk", {"number": picks(three)}).content.decode()
    hour = re.search(r'name="snooze".*?<option value="(2[^"]+)"', page, re.S)[1]
    sent = {"number": picks(three), "snooze": hour, "type": "incident", "form": str(form.pk)}
    desk.post("/desk/bulk/run", sent)
    for each in Conversation.objects.all():
        assert (each.type, each.form, each.is_snoozed) == ("incident", form, True)


@pytest.mark.parametrize(
    "sent",
    [
        {"own_hour": "2020-01-01T09:00"},
        {"own_hour": "tomorrow"},
        {"snooze": "2999-01-01T09:00"},
        {"status": "solved", "own_hour": "LATER"},
    ],
)
def test_an_hour_that_cannot_be_is_said_and_nothing_changes(world, desk, three, sent):
    later = (clock.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    sent = {name: later if value == "LATER" else value for name, value in sent.items()}
    answer = desk.post("/desk/bulk/run", {"number": picks(three), **sent})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not Run.objects.exists()


def test_a_form_that_is_not_in_use_does_not_exist(world, desk, three):
    form = RequestForm.make("old", by=world.agent, name_ko="옛것", name_en="Old", is_active=False)
    assert desk.post("/desk/bulk/run", {"number": picks(three), "form": str(form.pk)}).status_code == 404


def test_tags_are_completed_those_to_take_off_from_what_is_on_the_ones_picked(world, desk, three):
    three[0].tag("환불", by=world.agent)
    three[2].tag("배송", by=world.agent)

    form = desk.get("/desk/bulk", {"number": picks(three[:2])}).content.decode()

    def offered(id: str) -> list[str]:
        return re.findall(
            r'<option value="([^"]+)"', form.split(f'<datalist id="{id}">')[1].split("</datalist>")[0]
        )

    assert re.search(r'name="tag"[^>]* list="b-tags"', form) and re.search(
        r'name="untag"[^>]* list="b-tags-on"', form
    )
    assert offered("b-tags") == ["배송", "환불"]
    assert offered("b-tags-on") == ["환불"]
