"""Words an author ties to an answer: given with any particle, to those who may read it, without a model."""

from __future__ import annotations

import pytest

from handrail.accounts.viewer import STRANGER, Viewer
from handrail.answers.answer import answer
from handrail.answers.keywords import KeywordAnswer, says
from handrail.core.actors import SYSTEM
from handrail.intake import chat
from tests.desk.conftest import signed_in

SAID = [
    "환불", "환불은 언제 되나요?", "환불을 받고 싶어요", "환불이요", "환불도 되나요", "환불까지 며칠 걸려요?", "환불만이라도요", "환불해 주세요", "환불받고 싶은데",
    "환불됐나요?", "혹시 환불이라도 될까요", "전액 환불로 부탁", "환불에서 수수료 빼나요", "환불과 교환", "환불때문에요",
]  # fmt: skip


@pytest.mark.parametrize("sentence", SAID)
def test_a_word_is_heard_with_any_particle(sentence):
    assert says(sentence, "환불")


@pytest.mark.parametrize(
    ("sentence", "word"),
    [("환불금 조회", "환불"), ("회사과 자리", "사과"), ("prefund it", "refund"), ("반품", "환불")],
)
def test_another_word_that_holds_it_is_not_it(sentence, word):
    assert not says(sentence, word)


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("배송조회가 안 돼요", "배송 조회"),
        ("배송 조회는요?", "배송조회"),
        ("Where are my refunds?", "refund"),
        ("REFUND!!", "refund"),
    ],
)
def test_spaces_and_english_endings_do_not_matter(sentence, word):
    assert says(sentence, word.replace("배송조회", "배송 조회"))


@pytest.fixture
def tied(world):
    article = world.article("환불 안내", "<p>환불은 3일 안에 돼요.</p><h2>자세히</h2><p>더 있어요.</p>")
    article.write("en", title="Refunds", html="<p>Refunds take 3 days.</p>", by=SYSTEM)
    article.translations.get(locale="en").publish(by=SYSTEM)
    world.article("반품 접수하는 법", "<p>다른 글이에요.</p>")
    KeywordAnswer.tie(["환불", "반품", "Refund"], article, by=SYSTEM)
    return article


@pytest.mark.parametrize(
    ("question", "locale", "text"),
    [
        ("반품을 하고 싶어요", "ko", "환불은 3일 안에 돼요."),
        ("ghksqnfdms djswp ehlskdy", "ko", "환불은 3일 안에 돼요."),
        ("I want a refund", "en", "Refunds take 3 days."),
    ],
)
def test_its_answer_is_given_whatever_the_engine_would_say(tied, question, locale, text):
    result = answer(question, STRANGER, locale=locale)

    assert (result.outcome, result.answer.article, result.answer.text) == ("answer", tied.pk, text)
    assert not result.is_provisional and result.ask


def test_it_is_given_in_the_chat(tied, world):
    visitor = Viewer(chat_key="browser", locale="ko")
    conversation = chat.begin(visitor, inbox=world.chat)
    chat.say(conversation, "반품이요!", by=chat.asker(visitor), client_id="one")
    world.settle()

    assert conversation.messages.get(author_kind="bot").text == "환불은 3일 안에 돼요."


def test_who_may_not_read_it_does_not_get_it(tied):
    tied.show_to("agents", by=SYSTEM)

    result = answer("반품을 하고 싶어요", STRANGER, locale="ko")

    assert tied.pk not in [hit.article for hit in result.considered]


def test_the_longest_word_decides_and_untied_words_are_the_engines_again(tied, world):
    other = world.article("해외 반품", "<p>해외는 달라요.</p>")
    longer = KeywordAnswer.tie(["해외 반품"], other, by=SYSTEM)
    assert answer("해외반품은요?", STRANGER, locale="ko").answer.article == other.pk

    longer.untie(by=SYSTEM)

    assert answer("해외 반품은요?", STRANGER, locale="ko").answer.article == tied.pk


def test_an_author_ties_words_to_an_answer_written_there(world):
    author = signed_in(world.staff("author@handrail.test", "윤작가", "author"))
    fields = {
        "words": "교환, exchange",
        "topic": world.topic.pk,
        "title.ko": "교환",
        "text.ko": "7일 안에 바꿔 드려요.",
    }

    assert author.post("/console/keywords", {"words": " , "}).status_code == 400
    author.post("/console/keywords", fields)

    assert answer("교환하고 싶어요", STRANGER, locale="ko").answer.text == "7일 안에 바꿔 드려요."
    author.post(f"/console/keywords/{KeywordAnswer.objects.get().pk}/untie")
    assert not KeywordAnswer.objects.exists()
