"""The bell, the list behind it, and the page where a colleague chooses."""

import pytest

from handrail.accounts.models import Role, Team
from handrail.conversations.notices.choices import NoticeChoices
from handrail.conversations.notices.notice import Notice
from handrail.core import bus
from handrail.core.actors import SYSTEM
from tests.desk.conftest import signed_in


@pytest.fixture
def two(world):
    return world.staff("two@handrail.test", "정해결", Role.AGENT)


@pytest.fixture
def given(world, two):
    conversation = world.conversation(subject="<img src=x onerror=alert(1)>")
    conversation.assign(to=two, by=world.agent)
    world.settle()
    Notice.objects.exclude(kind="assigned").delete()
    return conversation


def count_of(client):
    page = client.get("/desk/profile").content.decode()
    return page.split('data-count="notices">')[1].split("<")[0]


def test_the_bell_counts_and_the_list_says_what_happened_as_text(world, given, two):
    theirs = signed_in(two)
    assert count_of(theirs) == "1"
    page = theirs.get("/desk/notices").content.decode()
    assert f"이서준 님이 #{given.number} 문의를 나에게 배정했어요" in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page and "<img src=x" not in page
    assert f"/desk/conversations/{given.number}" in page
    assert theirs.get("/desk/counts").json()["unread"]["notices"] == "1"


def test_opening_the_conversation_reads_it_and_other_windows_hear(world, given, two, monkeypatch):
    heard = []
    publish = bus.publish
    monkeypatch.setattr(
        bus, "publish", lambda topic, **said: (heard.append(said.get("event")), publish(topic, **said))
    )
    theirs = signed_in(two)
    theirs.post(f"/desk/conversations/{given.number}/presence", {"typing": "0"})
    assert count_of(theirs) == "" and "noticed" in heard


def test_one_is_read_and_then_all(world, given, two):
    theirs = signed_in(two)
    notice = Notice.objects.get()
    signed_in(world.agent).post("/desk/notices/read", {"notice": notice.pk})
    assert count_of(theirs) == "1", "another's is not mine to read"
    theirs.post("/desk/notices/read", {"notice": "x"})
    assert count_of(theirs) == ""
    Notice.objects.update(read_at=None)
    theirs.post("/desk/notices/read", {"notice": notice.pk})
    assert "다 읽었어요" in theirs.get("/desk/notices?only=unread").content.decode()


def test_what_one_may_no_longer_see_is_gone_from_list_and_count(world, given, two):
    hr = Team.objects.create(slug="hr", name_ko="인사팀", name_en="HR", is_private=True)
    given.hand_to_team(hr, by=SYSTEM)
    theirs = signed_in(two)
    assert count_of(theirs) == ""
    assert f"conversations/{given.number}" not in theirs.get("/desk/notices").content.decode()


def test_an_empty_list_teaches_the_next_step(desk):
    page = desk.get("/desk/notices").content.decode()
    assert "아직 알릴 것이 없어요" in page and "/desk/notices/choices" in page


def test_choices_are_kept_and_shown_and_count(world, desk):
    page = desk.get("/desk/notices/choices").content.decode()
    assert page.count('type="checkbox"') == 8 * 3, "an agent is not asked about mailboxes"
    said = {
        "assigned-mail": "on",
        "quiet_from": "22:00",
        "quiet_until": "07:30",
        "digest": "hourly",
        "contents": "show",
    }
    assert desk.post("/desk/notices/choices", said).status_code == 302
    mine = NoticeChoices.objects.get(user=world.agent)
    assert mine.ways_for("assigned") == ("mail",) and mine.ways_for("replied") == ()
    assert mine.ways_for("mailbox") == ("app", "push"), "what was not asked stays"
    assert (f"{mine.quiet_until:%H:%M}", mine.digest, mine.hides_contents) == ("07:30", "hourly", False)
    page = desk.get("/desk/notices/choices").content.decode()
    assert 'value="07:30"' in page
    assert "저장했어요." in page and "저장했어요." not in desk.get("/desk/notices/choices").content.decode()
    assert page.count(" checked") == 3, "one box and two radios"


def test_half_of_quiet_hours_is_refused_in_a_sentence_and_nothing_is_lost(desk):
    said = {"mentioned-push": "on", "quiet_from": "22:00", "digest": "once", "contents": "hide"}
    refused = desk.post("/desk/notices/choices", said)
    page = refused.content.decode()
    assert refused.status_code == 422 and "시작과 끝" in page and 'value="22:00"' in page
    assert page.count('type="checkbox"') == 24 and page.count(" checked") == 3
    assert not NoticeChoices.objects.exists()


def test_an_administrator_is_asked_about_mailboxes_too(admin):
    assert admin.get("/desk/notices/choices").content.decode().count('type="checkbox"') == 13 * 3 + 1


def test_the_list_costs_the_same_for_one_and_for_twenty(world, given, two, django_assert_max_num_queries):
    theirs = signed_in(two)
    theirs.get("/desk/notices")
    with django_assert_max_num_queries(20) as one:
        theirs.get("/desk/notices")
    for at in range(20):
        Notice.objects.create(user=two, kind="replied", key=f"x{at}", conversation=given, who="김민지")
    with django_assert_max_num_queries(len(one)):
        theirs.get("/desk/notices")
