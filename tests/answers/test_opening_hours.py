"""When people are there is asked like any question, and answered from the opening hours the workspace keeps."""

from __future__ import annotations

import pytest
from django.utils import translation

from handrail.accounts.models import Team
from handrail.accounts.viewer import STRANGER
from handrail.answers import jobs
from handrail.answers.answer import answer
from handrail.answers.asks import Ask
from handrail.answers.opening_hours import asks_hours
from handrail.channels.reached import hours_of, teams_of
from handrail.conversations.expect import expect
from handrail.workspace.models import BusinessHours


def plain(text: str) -> str:
    """Without what holds a line together."""
    return text.replace("\u2060", "").replace("\u00a0", " ")


@pytest.mark.parametrize(
    "text",
    [
        "몇 시까지 해요?",
        "지금 상담 되나요",
        "지금 상담 가능한가요?",
        "상담 시간이 어떻게 되나요?",
        "상담 시간 알려 주세요",
        "고객센터 몇 시까지 하나요?",
        "고객센터 운영시간",
        "영업시간 궁금해요",
        "주말에도 상담하나요?",
        "토요일에 문의 되나요",
        "공휴일에도 운영하나요",
        "오늘 쉬나요?",
        "지금 통화 가능해요?",
        "상담은 몇 시부터예요?",
        "점심시간에도 상담 되나요",
        "언제까지 상담해요?",
        "What are your opening hours?",
        "opening hours",
        "What time do you close?",
        "Are you open on Saturday?",
        "Are you open now",
        "Is anyone there right now?",
        "When are you open?",
        "Is support available on weekends?",
        "How late are you open today?",
        "When can I reach a person? What are the hours?",
    ],
)
def test_a_question_about_opening_hours_is_known(text):
    assert asks_hours(text)


@pytest.mark.parametrize(
    "text",
    [
        "배송은 몇 시까지 해요?",
        "몇 시까지 주문하면 오늘 출발하나요?",
        "충전 시간이 얼마나 걸려요",
        "통화 시간이 궁금해요",
        "상담한 내용은 언제 답변되나요",
        "지금 주문 되나요",
        "오늘 배송 되나요",
        "환불 언제 돼요",
        "언제까지 해요?",
        "시간",
        "이어폰이 지금 안 돼요",
        "램프 자동 꺼짐 시간은 몇 시까지 되나요",
        "When can I open the case?",
        "What time does delivery start?",
        "Is the app available now?",
        "When is it available?",
        "How long is the battery available?",
        "hours of talk time",
        "I want to talk to a person",
        "",
    ],
)
def test_a_question_that_names_something_else_is_none(text):
    assert not asks_hours(text)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("question", "locale", "line"),
    [
        ("몇 시까지 해요?", "ko", "상담 시간: 월–금 오전 9시–오후 6시"),
        ("what are your opening hours", "en", "Opening hours: Mon–Fri 9 am–6 pm"),
    ],
)
def test_it_is_answered_from_the_workspace_in_the_words_of_the_rail(world, question, locale, line):
    result = answer(question, STRANGER, locale=locale, brand=world.brand.pk)

    with translation.override(locale):
        now = expect(world.team, channel="chat").sentence(locale=locale, zone="Asia/Seoul")
    kept = hours_of(teams_of(world.brand), locale=locale)
    said = result.as_json()
    assert said["outcome"] == "answer" and said["answer"]["text"] == result.text == said["hours"]
    assert said["answer"]["text"].split("\n")[0] == now
    assert line in plain(said["answer"]["text"])
    assert "\u2060" not in said["answer"]["text"] + said["hours"]
    assert (said["answer"]["article"], said["answer"]["provisional"]) == (None, False)
    assert said["answer"]["url"].endswith(f"/hc/{locale}/requests/new")
    assert len(kept) == 1


@pytest.mark.django_db
def test_it_changes_with_the_hours_and_is_silent_where_none_are_kept(world):
    world.hours.weekly = {"5": [["10:00", "14:00"]]}
    world.hours.save()
    assert "토 오전 10시–오후 2시" in plain(answer("영업시간", STRANGER, locale="ko").text)

    world.team.hours = None
    world.team.save()
    assert answer("영업시간", STRANGER, locale="ko").hours == ""


@pytest.mark.django_db
def test_teams_with_hours_of_their_own_are_named(world):
    night = BusinessHours.objects.create(name="night", weekly={"0": [["18:00", "22:00"]]}, holidays="")
    world.mail.team = Team.objects.create(slug="night", name_ko="야간팀", name_en="Night", hours=night)
    world.mail.save()

    lines = plain(answer("상담 시간", STRANGER, locale="ko").text).split("\n")

    assert lines[1].startswith("고객지원팀: ") and lines[2] == "야간팀: 월 오후 6시–오후 10시"


def test_an_article_about_it_is_quoted_beside_the_hours(help_centre, world):
    article = help_centre.write(
        {
            "ko": (
                "상담 시간 안내",
                "<p>전화 상담은 하지 않고 채팅과 메일로만 받아요.</p>",
                ["상담 시간이 어떻게 되나요"],
            )
        }
    )
    jobs.encode_wanting()

    result = answer("상담 시간이 어떻게 되나요", STRANGER, locale="ko")

    assert [part.answer.article for part in result.parts] == [0, article.pk]
    assert "오전 9시" in plain(result.text) and "채팅과 메일로만" in result.text
    assert Ask.objects.get(key=result.ask).parts == [[article.pk, ""]]


@pytest.mark.django_db
def test_no_article_takes_the_credit_or_the_blame_for_it(world):
    result = answer("영업시간 알려 주세요", STRANGER, locale="ko")

    kept = Ask.objects.get(key=result.ask)
    assert (kept.outcome, kept.offered, kept.parts) == ("answer", [], [])


@pytest.mark.django_db
def test_a_colleague_at_the_desk_is_not_told_when_colleagues_are_there(world):
    assert answer("영업시간", STRANGER, locale="ko", channel="desk").hours == ""
