"""Who asks for a person gets the way to one, wherever they ask; initial consonants find what they begin."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command

from handrail.accounts.viewer import STRANGER
from handrail.answers.answer import answer
from handrail.answers.asks import Ask
from handrail.answers.keywords import KeywordAnswer
from handrail.answers.wants_person import wants_person
from handrail.core.actors import SYSTEM

PERSON = [
    "상담사 연결해 주세요",
    "상담원",
    "사람이랑 얘기하고 싶어요",
    "talk to a human",
    "I need an agent",
    "0",
    "고객센터 전화번호",
    "고객센터 번호 알려 주세요",
    "전화번호가 뭐예요?",
    "어떻게 연락하나요?",
    "전화 상담 되나요?",
    "도와주세요",
    "contact phone number",
    "what's your phone number?",
    "can i call you",
    "How do I contact customer service?",
    "help",
    "tkdekadnjs",
    "ㅅㅏ람 연결해주세요",
    "Is there anybody I can actually chat with?",
    "operator please, my lamp is dead",
]


@pytest.mark.parametrize("words", PERSON)
def test_the_wish_for_a_person_is_said_and_not_kept(help_centre, words):
    result = answer(words, STRANGER, locale="ko")
    assert (result.outcome, result.wants_person, result.ask) == ("handover", True, "")
    assert (result.answer, result.choices) == (None, [])
    assert Ask.objects.count() == 0


@pytest.mark.parametrize(
    "words",
    [
        *("상담 시간이 어떻게 되나요?", "환불 신청하는 방법", "agent mode of the earbuds", "환불"),
        *("ghksqnf", "ㅎㅘㄴ불 어떻게 해요", "sharon", "can anybody actually use it in the bath"),
        *(
            "전화번호 바꾸는 방법",
            "고객센터 전화번호를 잘못 저장했어요",
            "전화번호가 바뀌었어요",
            "통화할 때 소리가 안 들려요",
        ),
        *(
            "change my phone number",
            "how do I contact the courier",
            "help with a refund",
            "can I call my order back",
        ),
    ],
)
def test_a_question_is_none(help_centre, words):
    assert not wants_person(words)
    assert not answer(words, STRANGER, locale="ko").wants_person


def test_a_long_message_that_begins_so_is_read_at_once():
    assert not wants_person("고객센터 " + "요 " * 900 + "가나다")


def test_typed_in_the_wrong_layout_it_is_understood_too(help_centre):
    help_centre.write({"ko": ("상담 시간 안내", "<p>상담사는 9시부터 있어요. 연결은 채팅에서.</p>", [])})
    assert answer("tkdekatk dusruf", STRANGER, locale="ko").wants_person


@pytest.mark.parametrize("channel", ["mail", "form", "desk"])
def test_where_a_person_reads_it_anyway_the_articles_stay(help_centre, channel):
    result = answer(
        "환불 신청하는 방법, 안 되면 상담사 연결 부탁해요", STRANGER, locale="ko", channel=channel
    )
    assert not result.wants_person
    assert result.answers or result.choices


def test_what_an_author_tied_to_the_word_stands_beside_it(help_centre):
    KeywordAnswer.tie(["상담사"], help_centre.articles["refund"], by=SYSTEM)
    result = answer("상담사 연결해 주세요", STRANGER, locale="ko")
    assert result.wants_person
    assert result.answer.article == help_centre.id_of("refund")


def test_the_command_says_where(help_centre, capsys):
    call_command("ask", "상담사 연결해 주세요", "--json")
    said = json.loads(capsys.readouterr().out)
    assert (said["outcome"], said["wants_person"]) == ("handover", True)
    assert said["contact"].endswith("/hc/ko/requests/new")

    call_command("ask", "talk to a human", "--locale", "en")
    assert "/hc/en/requests/new" in capsys.readouterr().out


def test_the_address_is_the_portals(db):
    from handrail.answers.results import Result
    from handrail.web.portal import addresses

    for locale in ("ko", "en"):
        assert Result(outcome="handover", locale=locale).contact_url.endswith(addresses.contact(locale))
    assert Result(outcome="answer", locale="ko").as_json()["contact"] == ""


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ㅎㅂ", "refund"),
        ("ㅎㅂ?", "refund"),
        ("ㅂㅅ ㅈㅎ", "track"),
        ("ㅂㅅㅈㅎ", "track"),
        ("ㅂㅁㅂㅎ", "password"),
    ],
)
def test_initial_consonants_offer_what_they_begin(help_centre, typed, name):
    result = answer(typed, STRANGER, locale="ko")
    assert result.outcome == "choices"
    assert result.choices[0].article == help_centre.id_of(name)
    assert Ask.objects.get(key=result.ask).offered[0][0] == help_centre.id_of(name)


@pytest.mark.parametrize("typed", ["ㅎ", "ㅎㅎㅎ", "ㅋㅋ", "ㅋㅎㅋㅎ", "ㅉㅉㅉㅉ", "ㅠㅠ"])
def test_laughter_and_single_letters_offer_nothing(help_centre, typed):
    assert answer(typed, STRANGER, locale="ko").choices == []


def test_initials_show_nothing_that_may_not_be_read(help_centre):
    help_centre.articles["refund"].show_to("agents", by=SYSTEM)
    assert help_centre.id_of("refund") not in [
        hit.article for hit in answer("ㅎㅂ", STRANGER, locale="ko").considered
    ]
