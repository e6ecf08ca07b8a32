"""A chat question that leans on the one before it is read together with it, and one that stands alone is left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handrail.answers.chosen import quoted_for
from handrail.answers.models import Ask
from handrail.answers.results import Hit, Part, Result
from handrail.conversations.models import Conversation
from handrail.core.actors import BOT
from handrail.intake import follow_up
from handrail.intake.follow_up import joined
from handrail.intake.leaning import leans, names_nothing
from handrail.intake.respond import viewer_of


@pytest.mark.parametrize(
    ("before", "text", "whole"),
    [
        ("배송비 얼마예요?", "그럼 해외는요?", "해외 배송비 얼마예요"),
        ("배송비 얼마예요?", "제주도는요", "제주도 배송비 얼마예요"),
        ("환불 되나요?", "교환도 돼요?", "교환 환불 되나요"),
        ("환불 언제 되나요?", "그러면 카드로 낸 경우는요?", "카드로 낸 경우 환불 언제 되나요"),
        ("환불 언제 되나요?", "그건 어디서 봐요?", "환불 언제 되나요 그건 어디서 봐요?"),
        ("How much is delivery?", "and abroad?", "How much is delivery abroad"),
        ("How do I return it?", "What about earbuds?", "How do I return it earbuds"),
        ("Can I get a refund?", "how long does it take?", "Can I get a refund how long does it take"),
        (
            "I want my money back",
            "and when do I get the money?",
            "I want my money back when do I get the money",
        ),
        ("Nothing came", "how long will you search for it?", "Nothing came how long will you search for it"),
        ("환불하고 싶은데요", "언제 들어와요?", "환불하고 싶은데요 언제 들어와요?"),
        ("인증번호가 안 와요", "해외에 있으면요?", "인증번호가 안 와요 해외에 있으면요?"),
    ],
)
def test_what_leans_is_put_together_with_what_it_leans_on(before, text, whole):
    assert leans(text)
    assert joined(text, before) == whole


@pytest.mark.parametrize(
    "text",
    [
        "환불은 언제 되나요?",
        "배송 조회는 어떻게 하나요",
        "그쪽은 국악이랑 뉴스 중에 어떤 채널이 더 좋으세요?",
        "환불",
        "",
        "how do I get a refund",
        "it appears my top-ups have been canceled",
        "is there an auto top up option",
        "what about the calories for this chicken salad",
        "please tell me what time it is right now",
    ],
)
def test_what_names_its_own_matter_does_not_lean(text):
    assert not leans(text)


@pytest.mark.parametrize(
    "text",
    [
        "and how long does it take?",
        "how much does it cost",
        "ok, and for how long?",
        "그럼 얼마나 걸려요?",
        "며칠 걸리나요",
        "언제 되나요?",
    ],
)
def test_what_is_asked_of_anything_names_nothing(text):
    assert names_nothing(text)
    assert leans(text)


@pytest.mark.parametrize(
    "text",
    ["and how long does delivery take?", "how do points work", "그럼 배송은 얼마나 걸려요?", "환불은 언제 되나요?", "언제 들어와요?", "네", "ok", ""],
)  # fmt: skip
def test_what_names_a_matter_does_not_name_nothing(text):
    assert not names_nothing(text)


def said(outcome, confidence, text="", article=1):
    hit = Hit(article, "t", "t", "ko", "ko", confidence, text=text)
    return Result(outcome=outcome, locale="ko", answer=hit if text else None, considered=[hit])


@pytest.mark.parametrize(
    ("alone", "together", "is_joined"),
    [
        (said("handover", 0.1), said("choices", 0.4), True),
        (said("choices", 0.3), said("answer", 0.9, "해외는 9,000원"), True),
        (said("choices", 0.3), said("choices", 0.6), True),
        (said("choices", 0.7), said("choices", 0.8), False),
        (said("choices", 0.3), said("choices", 0.2), False),
        (said("choices", 0.3), said("handover", 0.1), False),
        (said("answer", 0.9, "해외"), said("answer", 0.99, "배송비"), False),
    ],
)
def test_the_joined_one_is_taken_only_where_it_finds_more(
    visitor, world, monkeypatch, alone, together, is_joined
):
    message = last_of(visitor, world, "배송비 얼마예요?", "그럼 해외는요?")
    found = follow_up.meant(message, lambda text: alone if text == message.text else together)
    assert found == ("해외 배송비 얼마예요" if is_joined else message.text)


@pytest.mark.parametrize(
    ("alone", "is_joined"), [(said("choices", 0.1), False), (said("handover", 0.1), True)]
)
def test_the_words_the_bot_said_last_are_said_again_only_where_nothing_else_is_found(
    visitor, world, alone, is_joined
):
    message = last_of(visitor, world, "배송비 얼마예요?", "그럼 해외는요?")
    told = message.conversation.messages.filter(author_kind="bot", seq__lt=message.seq).last().text

    def ask(text):
        return alone if text == message.text else said("answer", 0.9, told)

    assert (follow_up.meant(message, ask) != message.text) is is_joined


def test_what_names_nothing_is_never_answered_by_another_matter(visitor, world):
    message = last_of(visitor, world, "I want my money back", "and how long does it take?")
    alone, together = said("answer", 0.9, "Delivery takes two days"), said("choices", 0.6)
    ask = {message.text: alone}.get
    assert (
        follow_up.meant(message, lambda text: ask(text, together))
        == "I want my money back how long does it take"
    )

    nothing = said("handover", 0.1)
    assert follow_up.meant(message, lambda text: ask(text, nothing)) == message.text
    assert follow_up.offered(message, alone, lambda _text: nothing).outcome == "choices"


def test_a_short_question_that_may_lean_is_offered_both_its_own_choices_and_what_answers_it_with_the_one_before(
    visitor, world
):
    message = last_of(visitor, world, "색상 다른 걸로 교환되나요", "배송비는 누가 내요?")
    own = [Hit(number, "t", "t", "ko", "ko", 0.5) for number in (1, 2, 3)]
    alone = Result(outcome="choices", locale="ko", choices=own, considered=own)

    both = follow_up.offered(message, alone, lambda _text: said("answer", 0.9, "왕복 6,000원", article=9))
    assert [hit.article for hit in both.choices] == [1, 9, 2]
    assert [hit.article for hit in both.considered] == [1, 9, 2, 3]
    assert follow_up.offered(message, alone, lambda _text: said("choices", 0.9)) is alone
    assert follow_up.offered(message, alone, lambda _text: said("answer", 0.9, "t", article=2)) is alone


def test_the_first_question_of_a_chat_has_only_its_own_choices(visitor, world):
    message = last_of(visitor, world, "배송비는 누가 내요?")
    alone = said("choices", 0.5)
    assert follow_up.offered(message, alone, lambda _text: pytest.fail("nothing to join")) is alone


def test_what_is_answered_together_is_quoted_by_the_words_asked_last(visitor, world):
    article = world.article(
        "교환 신청하는 방법",
        "<p>주문 내역에서 [교환 신청]을 누르면 돼요.</p><h2>비용</h2><p>왕복 배송비 6,000원은 보내는 분이 내요.</p>",
    )
    world.settle()
    message = last_of(visitor, world, "교환 신청하는 방법", "배송비는 얼마예요?")
    hit = Hit(
        article.pk,
        "교환 신청하는 방법",
        "exchange",
        "ko",
        "ko",
        0.9,
        text="주문 내역에서 [교환 신청]을 누르면 돼요.",
    )
    found = Result(outcome="answer", locale="ko", answer=hit)

    quoted = quoted_for(found, message.text, viewer_of(message.conversation)).answer
    assert quoted.text == "왕복 배송비 6,000원은 보내는 분이 내요."
    assert quoted.spot
    parts = replace(found, parts=[Part("", hit), Part("", hit)])
    assert quoted_for(parts, message.text, viewer_of(message.conversation)) is parts


def test_what_was_told_already_is_offered_as_its_article_and_not_in_the_same_words():
    result = follow_up.not_again(said("answer", 0.9, "해외는 9,000원"))

    assert (result.outcome, result.answer, [hit.article for hit in result.choices]) == ("choices", None, [1])


def test_what_the_last_turn_did_not_say_comes_first(visitor, world):
    message = last_of(visitor, world, "해외 배송 되나요", "그럼 얼마나 걸려요?")
    first = "해외로도 보내 드려요."
    message.conversation.reply(first, by=BOT, is_automatic=True, mail=False)
    asked = message.conversation.messages.filter(direction="in").last()
    asked.seq = message.conversation.messages.last().seq + 1
    said_too = said("answer", 0.9, f"{first}\n\n나라별 기간\n일본 — 기간: 3~5일")

    assert follow_up.new_first(asked, said_too).text == f"나라별 기간\n일본 — 기간: 3~5일\n\n{first}"
    other = said("answer", 0.9, "주문 내역에서 취소해요.\n\n카드 취소는 3일 걸려요.")
    assert follow_up.new_first(asked, other) == other


def test_the_same_passages_in_another_order_are_told_already(visitor, world):
    message = last_of(visitor, world, "해외 배송 되나요", "그럼 얼마나 걸려요?")
    message.conversation.reply(
        "일본은 3~5일.\n\n해외로도 보내 드려요.", by=BOT, is_automatic=True, mail=False
    )
    asked = message.conversation.messages.filter(direction="in").last()
    asked.seq = message.conversation.messages.last().seq + 1

    assert follow_up.is_told(asked, said("answer", 0.9, "해외로도 보내 드려요.\n\n일본은 3~5일."))
    assert not follow_up.is_told(asked, said("answer", 0.9, "해외로도 보내 드려요."))


def test_a_second_follow_up_may_ask_something_else_of_what_the_last_turns_were_about(visitor, world):
    message = last_of(visitor, world, "배송 며칠 걸려요?", "그럼 해외는요?", "비용은요?")
    found = {
        "해외 배송 비용": said("choices", 0.9, article=2),
        "비용 해외 배송 며칠 걸려요": said("choices", 0.5),
    }

    assert follow_up.meant(message, lambda text: found.get(text, said("handover", 0.0))) == "해외 배송 비용"


def test_several_in_a_row_reach_back_to_the_question_and_greetings_are_passed_over(visitor, world):
    message = last_of(visitor, world, "배송비 얼마예요?", "그럼 해외는요?", "감사합니다", "제주도는요?")
    assert follow_up.before(message) == "해외 배송비 얼마예요"


def test_the_first_question_leans_on_nothing(visitor, world):
    message = last_of(visitor, world, "그럼 해외는요?")
    assert follow_up.before(message) == ""
    assert follow_up.meant(message, lambda _text: pytest.fail("nothing to compare")) == message.text


def test_in_a_chat_the_follow_up_finds_the_article_of_both(visitor, world):
    for title in (
        "국내 배송비 안내",
        "해외 결제 카드 등록",
        "해외 배송비 안내",
        "해외 여행 중 고객센터",
        "환불 방법",
    ):
        world.article(title, "<p>안내해 드려요.</p>")
    world.settle()
    visitor.says("배송비 얼마예요?")
    world.settle()
    visitor.says("그럼 해외는요?")
    world.settle()

    data = Conversation.objects.get().messages.filter(author_kind="bot").last().data
    assert data["choices"][0]["title"] == "해외 배송비 안내"
    assert Ask.objects.order_by("-pk").first().text == "해외 배송비 얼마예요"


def last_of(visitor, world, *words):
    for each in words:
        visitor.says(each)
        world.settle()
    return Conversation.objects.get().messages.filter(direction="in").last()
