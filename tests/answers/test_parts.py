"""A question that asks two things gets two answers, each with its source; one that asks one thing stays whole."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command

from handrail.accounts.viewer import STRANGER
from handrail.answers import evidence
from handrail.answers.answer import answer
from handrail.answers.asks import Ask
from handrail.answers.labels import Evidence, Label
from handrail.answers.parts import parts_of, told_of
from handrail.answers.results import Hit, Result
from handrail.answers.several import Said, in_parts
from handrail.core.actors import SYSTEM
from handrail.knowledge.articles import Article

TWO = "환불 신청은 어떻게 하고 필터는 언제 바꾸나요?"


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("배송비는 얼마고 환불은 어떻게 해요?", ["배송비는 얼마인가요", "환불은 어떻게 해요?"]),
        ("회원 가입은 어떻게 하고 포인트는 언제 들어와요?", ["회원 가입은 어떻게 하나요", "포인트는 언제 들어와요?"]),
        ("배송비가 얼마인지, 환불은 어떻게 하는지 알려주세요", ["배송비가 얼마인지", "환불은 어떻게 하는지 알려주세요"]),
        ("안녕하세요! 배송비는 얼마예요? 환불은 언제 되나요? 감사합니다.", ["배송비는 얼마예요?", "환불은 언제 되나요?"]),
        ("How much is delivery and how do I get a refund?", ["How much is delivery", "how do I get a refund?"]),
        ("My card was stolen. How do I block the card? What is the delivery time?",
         ["My card was stolen. How do I block the card?", "What is the delivery time?"]),
    ],
)  # fmt: skip
def test_what_asks_two_things_is_taken_apart(question, parts):
    assert parts_of(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "환불",
        "배송비가 얼마인지 알려주세요",
        "몇 시에 울리는지 알고 싶어요",
        "환불은 어떻게 하고 있는지 궁금해요",
        "환불을 하고 싶은데 어떻게 해야 하나요?",
        "주문은 어떻게 취소하고 그건 언제 환불돼요?",
        "이어폰 연결이 안 되고 소리가 안 나요",
        "오늘 비가 올까? 아니면 맑을까?",
        "오늘은 언제라고 나와요?",
        "어느 창고 물건인가요?",
        "what is a refund and how do I use it?",
        "how do i reset my password and log in",
        "Why has my card been declined? What's going on?",
        "Which one is it? Visa or Mastercard?",
        "",
    ],
)
def test_what_asks_one_thing_stays_whole(question):
    assert parts_of(question) == [question]


def test_each_part_is_answered_with_its_own_quotation_and_source(help_centre):
    result = answer(TWO, STRANGER, locale="ko")

    assert result.outcome == "answer"
    assert [part.question for part in result.parts] == ["환불 신청은 어떻게 하나요", "필터는 언제 바꾸나요?"]
    assert [hit.article for hit in result.answers] == [
        help_centre.id_of("refund"),
        help_centre.id_of("filter"),
    ]
    assert result.parts[0].answer.text.startswith("주문 내역에서 [환불 신청]")
    assert result.parts[1].answer.text.startswith("6개월마다")
    assert result.answer == result.parts[0].answer
    assert not {hit.article for hit in result.choices} & {hit.article for hit in result.answers}


def test_a_mail_names_the_article_of_every_part(help_centre):
    result = answer(TWO, STRANGER, locale="ko")

    assert [hit.article for hit in result.worth_naming()] == [
        help_centre.id_of("refund"),
        help_centre.id_of("filter"),
    ]


def test_a_part_that_nothing_answers_leaves_the_question_whole(help_centre):
    result = answer("환불 신청은 어떻게 하고 대표이사 연봉은 얼마인가요?", STRANGER, locale="ko")

    assert result.parts == []


def test_a_part_whose_article_the_asker_may_not_read_is_not_answered(help_centre):
    article = Article.objects.get(pk=help_centre.id_of("filter"))
    article.show_to("agents", by=SYSTEM)

    result = answer(TWO, STRANGER, locale="ko")

    assert result.parts == []
    assert help_centre.id_of("filter") not in [hit.article for hit in result.considered]


def test_a_question_of_one_thing_says_so_in_the_json(help_centre, capsys):
    call_command("ask", "환불 신청하는 방법", json=True)
    call_command("ask", TWO, json=True)
    one, two = (json.loads(line) for line in capsys.readouterr().out.splitlines())

    assert one["parts"] == []
    assert [part["article"] for part in two["parts"]] == [
        help_centre.id_of("refund"),
        help_centre.id_of("filter"),
    ]
    assert two["answer"]["article"] == two["parts"][0]["article"]
    assert {"question", "text", "quoted", "title", "url", "version", "confidence"} <= set(two["parts"][1])


def test_each_article_learns_its_own_part_of_the_question(help_centre):
    ask = Ask.objects.get(key=answer(TWO, STRANGER, locale="ko").ask)
    article = Article.objects.get(pk=help_centre.id_of("filter"))

    evidence.keep(ask, article, Evidence.SOLVED, by=SYSTEM)

    assert Label.objects.get().text == "필터는 언제 바꾸나요?"


def test_what_was_asked_is_kept_masked_in_its_parts(help_centre):
    asked = "kim@example.com 환불 신청은 어떻게 하고 필터는 언제 바꾸나요?"
    ask = Ask.objects.get(key=answer(asked, STRANGER, locale="ko").ask)

    assert "kim@example.com" not in json.dumps(ask.parts, ensure_ascii=False)
    assert ask.confidence == pytest.approx(min(chance for _article, chance in ask.offered[:2]), abs=1e-3)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("비밀번호도 잊어버렸고 배송도 안 와요", ["비밀번호도 잊어버렸어요", "배송도 안 와요"]),
        ("주문을 취소하고 싶고 주소도 바꾸고 싶은데요", ["주문을 취소하고 싶어요", "주소도 바꾸고 싶은데요"]),
        ("비밀번호를 잊어버렸어요. 그리고 배송이 안 와요", ["비밀번호를 잊어버렸어요", "배송이 안 와요"]),
        ("I forgot my password and my parcel has not arrived", ["I forgot my password", "my parcel has not arrived"]),
    ],
)  # fmt: skip
def test_two_needs_told_in_one_sentence_are_taken_apart(question, parts):
    assert told_of(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "이어폰 연결이 안 되고 소리가 안 나요",
        "앱을 지우고 다시 설치했는데 안 돼요",
        "환불을 하고 싶은데 어떻게 해야 하나요?",
        "어제 주문했고 그건 아직 안 왔어요",
        "I want to change my name and my address",
        "My parcel came and it is broken",
        "",
    ],
)
def test_one_need_told_at_length_stays_whole(question):
    assert told_of(question) == [question]


@pytest.mark.parametrize("question", [TWO, "비밀번호도 잊어버렸고 배송도 안 와요"])
def test_parts_that_are_clear_offer_the_choices_of_both_where_the_whole_finds_nothing(question):
    first, second, third = (Hit(at, str(at), "s", "ko", "ko", 0.5) for at in (1, 2, 3))
    found = iter([Said(None, [first, third]), Said(None, [second, third])])
    nothing = Result(outcome="handover", locale="ko", considered=[third])

    result = in_parts(question, nothing, lambda _text: next(found))

    assert result.outcome == "choices"
    assert [hit.article for hit in result.choices] == [1, 2, 3]
    assert [hit.article for hit in result.considered] == [1, 2, 3]


def test_a_part_that_finds_nothing_leaves_the_choices_of_the_other():
    first = Hit(1, "1", "s", "ko", "ko", 0.5)
    found = iter([Said(None, [first]), Said()])

    result = in_parts(TWO, Result(outcome="handover", locale="ko"), lambda _text: next(found))

    assert (result.outcome, [hit.article for hit in result.choices]) == ("choices", [1])


def test_the_choices_of_both_needs_are_offered_from_their_articles(help_centre):
    result = answer("비밀번호도 잊어버렸고 택배도 어디 있는지 모르겠어요", STRANGER, locale="ko")

    offered = {hit.article for hit in result.choices}
    assert {help_centre.id_of("password"), help_centre.id_of("track")} <= offered


def hit(article, chance=0.5):
    return Hit(article, str(article), "s", "ko", "ko", chance)


def test_the_answer_of_one_part_has_the_first_choice_of_the_other_beside_it():
    first, second, third, fourth = map(hit, (1, 2, 3, 4))
    found = iter([Said(first, [first, third]), Said(None, [second, third])])
    whole = Result(
        outcome="answer", locale="ko", answer=first, choices=[third, fourth], considered=[first, third]
    )

    result = in_parts(TWO, whole, lambda _text: next(found))

    assert (result.outcome, result.answer) == ("answer", first)
    assert [each.article for each in result.choices] == [2, 3, 4]


def test_an_answer_that_no_part_is_sure_of_is_a_choice_with_those_of_the_parts():
    first, second, third = map(hit, (1, 2, 3))
    whole = Result(outcome="answer", locale="ko", answer=first, considered=[first])

    found = iter([Said(None, [first, third]), Said(second, [second])])
    result = in_parts(TWO, whole, lambda _text: next(found))
    assert (result.outcome, result.answer) == ("choices", None)
    assert [each.article for each in result.choices] == [1, 2, 3]

    found = iter([Said(None, [third]), Said(second, [second])])
    result = in_parts(TWO, whole, lambda _text: next(found))
    assert [each.article for each in result.choices] == [1, 3, 2]


def test_an_answer_all_parts_lead_to_stands():
    first = hit(1)
    whole = Result(outcome="answer", locale="ko", answer=first, considered=[first])

    assert in_parts(TWO, whole, lambda _text: Said(None, [first])) is whole
    assert in_parts(TWO, whole, lambda _text: Said()) is whole
