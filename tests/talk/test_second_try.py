"""What did not help is not offered again, the product stays, and after a second try a person is offered in words."""

from __future__ import annotations

import pytest

from handrail.answers import jobs
from handrail.answers.labels import Evidence, Label
from handrail.answers.resolutions import question_before
from handrail.answers.results import Hit, Part, Result
from handrail.conversations.conversation import Conversation
from handrail.core.actors import SYSTEM
from handrail.intake import respond, second_try
from handrail.knowledge.articles import Article
from handrail.knowledge.products import Product, Topic

TEXTS = {
    ("wind", "바람 에어", "조용한 공기청정기예요.", "product"): (
        ("공기청정기 소리가 클 때", "필터의 비닐을 벗겼는지 보세요."),
        ("공기청정기 필터 알림 초기화", "버튼을 5초 눌러 알림을 초기화해요."),
        ("공기청정기 필터 청소", "한 달에 한 번 먼지를 털어요."),
    ),
    ("pods", "소리 버즈", "소음을 줄이는 무선 이어폰이에요.", "product"): (
        ("이어폰 초기화하기", "케이스의 버튼을 10초 눌러 초기화해요."),
        ("이어폰 소리가 작을 때", "귀에 맞는 팁으로 바꿔 보세요."),
    ),
    ("parcels", "주문·배송", "배송을 도와 드려요.", "service"): (("배송비 안내", "배송비는 3,000원이에요."),),
}
NOISE = "공기청정기 소리가 클 때"
IN_VAIN = ["이미 해봤는데 안돼요", "그거 말고 다른 거요", "tried that, doesnt work", "도움이 안 됐어요"]


@pytest.fixture
def shop(world, models):
    made = {}
    for (slug, name, said, kind), articles in TEXTS.items():
        product = Product.objects.create(brand=world.brand, slug=slug, kind=kind)
        product.texts.create(locale="ko", name=name, description=said)
        topic = Topic.objects.create(product=product, slug=f"{slug}-use")
        topic.texts.create(locale="ko", name="쓰는 법")
        for title, body in articles:
            article = Article.start(topic, by=SYSTEM)
            article.write("ko", title=title, html=f"<p>{body}</p>", aliases=[], by=SYSTEM)
            article.translations.get(locale="ko").publish(by=SYSTEM)
            made[title] = article
    jobs.catch_up.func()
    jobs.encode_wanting()
    return made


@pytest.fixture
def quoted(visitor, world, shop):
    """The chat in which the article about noise was picked and stands quoted."""
    visitor.says("공기청정기 소리가 커요")
    world.settle()
    chat = Conversation.objects.get()
    visitor.presses("chat/choice", _json=True, c=chat.public_id, article=shop[NOISE].pk)
    world.settle()
    assert told(chat)["answer"]["title"] == NOISE
    return chat


def told(chat):
    return chat.messages.filter(author_kind="bot").last().data


def says(visitor, world, chat, text):
    visitor.says(text, c=chat.public_id)
    world.settle()
    chat.refresh_from_db()
    return chat.messages.filter(author_kind="bot").last()


def titles(message):
    return [choice["title"] for choice in message.data["choices"]]


@pytest.mark.parametrize("text", IN_VAIN)
def test_what_failed_is_not_offered_again_and_the_product_stays(visitor, world, quoted, text):
    message = says(visitor, world, quoted, text)

    assert message.data["code"] == "choices"
    assert set(titles(message)) <= {"공기청정기 필터 알림 초기화", "공기청정기 필터 청소"}
    assert titles(message)


@pytest.mark.parametrize(
    ("text", "is_failure"),
    [
        ("이어폰 소리가 안 나요", False),
        ("my lamp wont turn on", False),
        ("여전히 소리가 커요", True),
        ("아니요 안 돼요", True),
    ],
)
def test_after_thanks_a_fault_that_is_named_is_another_matter(visitor, world, quoted, text, is_failure):
    says(visitor, world, quoted, "고마워요")
    message = says(visitor, world, quoted, text)

    assert (second_try.IN_VAIN in message.data) is is_failure


def test_beside_the_next_choices_a_person_is_offered_as_a_button(visitor, world, quoted):
    message = says(visitor, world, quoted, "이미 해봤는데 안돼요")

    assert message.data["code"] == "choices"
    assert message.data[second_try.OFFERS_PERSON]
    html = visitor.snapshot(quoted)["lines"][-1]["html"]
    assert "/chat/choice" in html and "/chat/person" in html


def test_after_the_second_try_in_words_a_person_has_it_and_no_third_guess(visitor, world, quoted):
    says(visitor, world, quoted, "이미 해봤는데 안돼요")
    message = says(visitor, world, quoted, "그것도 안돼요")

    assert quoted.held_by == "people"
    assert message.data["code"] == "handed_over"
    assert "choices" not in message.data


def test_a_choice_pressed_in_between_is_a_try_too(visitor, world, quoted, shop):
    says(visitor, world, quoted, "안돼요")
    other = shop["공기청정기 필터 청소"]
    visitor.presses("chat/choice", _json=True, c=quoted.public_id, article=other.pk)
    world.settle()
    says(visitor, world, quoted, "그것도 이미 해봤어요")

    assert quoted.held_by == "people"
    tried = [entry["title"] for entry in quoted.tried if entry["kind"] == "no_help"]
    assert tried == [NOISE, "공기청정기 필터 청소"]


@pytest.mark.parametrize("text", ["네", "네 연결해 주세요", "yes please"])
def test_a_yes_to_the_offer_brings_a_person(visitor, world, quoted, text):
    says(visitor, world, quoted, "이미 해봤는데 안돼요")
    says(visitor, world, quoted, text)

    assert quoted.held_by == "people"


@pytest.mark.parametrize("text", ["아니요", "no", "ㄴㄴ"])
def test_a_bare_no_to_choices_says_that_it_is_none_of_them(visitor, world, quoted, text):
    says(visitor, world, quoted, "이미 해봤는데 안돼요")
    says(visitor, world, quoted, text)

    assert quoted.held_by == "people"


def test_none_of_these_after_a_failure_offers_a_person_in_the_same_words(visitor, world, quoted):
    says(visitor, world, quoted, "이미 해봤는데 안돼요")
    visitor.presses("chat/choice", _json=True, c=quoted.public_id, none="1")
    world.settle()
    message = quoted.messages.filter(author_kind="bot").last()

    assert message.data[second_try.OFFERS_PERSON]
    assert "찾지 못했어요" not in message.text
    assert "/chat/person" in visitor.snapshot(quoted)["lines"][-1]["html"]
    says(visitor, world, quoted, "네")
    assert quoted.held_by == "people"


def test_a_yes_without_an_offer_does_not_bring_a_person(visitor, world, quoted):
    says(visitor, world, quoted, "네")

    assert quoted.held_by == "bot"


def test_the_agent_reads_what_was_tried_and_not_the_words_that_it_failed(visitor, world, quoted):
    says(visitor, world, quoted, "이미 해봤는데 안돼요")

    kinds = [(entry["kind"], entry.get("title") or entry.get("text")) for entry in quoted.tried]
    assert ("no_help", NOISE) in kinds
    assert ("asked", "이미 해봤는데 안돼요") not in kinds


def test_what_is_told_besides_is_looked_up_without_what_failed(visitor, world, quoted):
    message = says(visitor, world, quoted, "이미 해봤는데 안돼요. 필터 알림도 켜져 있어요")

    first = (message.data["answer"] or message.data["choices"][0])["title"]
    assert first == "공기청정기 필터 알림 초기화"
    assert ("asked", "이미 해봤는데 안돼요. 필터 알림도 켜져 있어요") in [
        (entry["kind"], entry.get("text")) for entry in quoted.tried
    ]


def test_another_matter_after_that_word_is_answered_as_such(visitor, world, quoted):
    message = says(visitor, world, quoted, "그거 말고 배송비 안내요")

    assert (message.data["answer"] or message.data["choices"][0])["title"] == "배송비 안내"
    # It turned away from the article and says nothing of it.
    assert not Label.objects.filter(evidence=Evidence.UNHELPFUL).exists()
    assert "no_help" not in [entry["kind"] for entry in quoted.tried]
    assert not second_try.failed(quoted.messages.filter(direction="in").last()).is_for_a_person


def test_choices_none_of_which_is_it_are_not_listed_again(visitor, world, shop):
    visitor.says("이어폰이나 공기청정기 소리")
    world.settle()
    chat = Conversation.objects.get()
    first = chat.messages.filter(author_kind="bot").last()
    assert first.data["code"] == "choices"
    before = titles(first)
    message = says(visitor, world, chat, "이 중에는 없어요")

    assert not set(before) & set(titles(message))


def test_said_first_it_is_a_question_like_any(visitor, world, shop):
    visitor.says("이미 해봤는데 안돼요")
    world.settle()

    assert second_try.IN_VAIN not in told(Conversation.objects.get())


def test_it_is_a_vote_against_the_article_and_no_wording_of_a_question(visitor, world, quoted):
    says(visitor, world, quoted, "이미 해봤는데 안돼요")

    votes = Label.objects.filter(evidence=Evidence.UNHELPFUL)
    assert [(vote.text, str(vote.article_id)) for vote in votes] == [
        ("공기청정기 소리가 커요", str(told_article(quoted)))
    ]


def told_article(chat):
    answers = [data["answer"] for data in chat.messages.values_list("data", flat=True) if data.get("answer")]
    return answers[0]["article"]


def test_running_a_turn_twice_says_nothing_twice(visitor, world, quoted):
    says(visitor, world, quoted, "이미 해봤는데 안돼요")
    count = quoted.messages.count()
    respond.respond(quoted.messages.filter(direction="in").last())

    assert quoted.messages.count() == count
    assert Label.objects.filter(evidence=Evidence.UNHELPFUL).count() == 1


def hit(number):
    return Hit(number, "t", "t", "ko", "ko", 0.5, text="words")


def test_without_leaves_what_is_not_gone_and_a_person_where_nothing_is_left():
    result = Result("answer", "ko", answer=hit(1), choices=[hit(2)], considered=[hit(1), hit(2)])

    assert second_try.without(result, {9}) is result
    assert [one.article for one in second_try.without(result, {2}).choices] == []
    other = second_try.without(result, {1})
    assert (other.outcome, other.answer, [one.article for one in other.choices]) == ("choices", None, [2])
    assert second_try.without(result, {1, 2}).outcome == "handover"
    parts = Result(
        "answer", "ko", answer=hit(3), parts=[Part("", hit(3)), Part("", hit(1))], considered=[hit(3), hit(1)]
    )
    assert [one.article for one in second_try.without(parts, {1}).choices] == [3]


def test_an_article_that_failed_is_no_answer_to_a_later_question(visitor, world, quoted):
    says(visitor, world, quoted, "이미 해봤는데 안돼요")
    message = says(visitor, world, quoted, "공기청정기 소리가 클 때 어떻게 해요")

    assert not message.data["answer"] or message.data["answer"]["title"] != NOISE


@pytest.mark.parametrize("text", ["아니요 괜찮아요", "no thanks", "아직요"])
def test_a_no_to_the_offer_brings_nobody(visitor, world, quoted, text):
    says(visitor, world, quoted, "이미 해봤는데 안돼요")
    message = says(visitor, world, quoted, text)

    assert quoted.held_by == "bot"
    assert message.data["code"] == "pleasantry"
    says(visitor, world, quoted, "네")
    assert quoted.held_by == "bot"


def test_a_choice_that_was_pressed_is_no_question(visitor, world, quoted):
    assert [entry["text"] for entry in quoted.tried if entry["kind"] == "asked"] == ["공기청정기 소리가 커요"]


def test_what_an_agent_sends_then_answers_the_question_and_not_the_words_that_it_failed(
    visitor, world, quoted
):
    says(visitor, world, quoted, "이미 해봤는데 안돼요")
    reply = quoted.reply("필터를 보내 드릴게요.", by=world.agent)

    assert question_before(quoted, reply) == "공기청정기 소리가 커요"


def test_with_nothing_sure_to_say_to_what_is_asked_besides_a_person_has_it(visitor, world, quoted):
    says(visitor, world, quoted, "이미 해봤는데 안돼요")
    message = says(visitor, world, quoted, "그것도 해봤는데 안돼요. 이어폰이나 공기청정기 소리요")

    assert message.data["code"] in {"answer", "handed_over"}
    assert message.data["code"] == "answer" or quoted.held_by == "people"


SAID = ["여전히 소리가 안나요", "10초 눌러도 그대로에요", "아직도 시끄러워요", "답답하네", "아니요", "so what now?", "still noisy", "i tried the 10 seconds thing and nothing", "no", "this is so annoying"]  # fmt: skip


@pytest.mark.parametrize("text", SAID)
def test_however_it_is_said_that_it_failed_it_is_understood(visitor, world, quoted, text):
    message = says(visitor, world, quoted, text)

    assert message.data["code"] == "choices"
    assert NOISE not in titles(message)
    assert message.data[second_try.OFFERS_PERSON]
    assert ("no_help", NOISE) in [(entry["kind"], entry.get("title")) for entry in quoted.tried]


@pytest.mark.parametrize("text", ["필터는 얼마나 자주 갈아요?", "where is the filter?"])
def test_a_question_after_an_answer_is_no_failure(visitor, world, quoted, text):
    message = says(visitor, world, quoted, text)

    assert second_try.IN_VAIN not in message.data


@pytest.mark.parametrize(
    "text", ["이제 잘 돼요", "이제 조용하게 잘 돼요", "됐어요", "ok", "it works now", "got it"]
)
def test_words_that_it_worked_get_a_word_back(visitor, world, quoted, text):
    message = says(visitor, world, quoted, text)

    assert (message.data["code"], message.data["kind"]) == ("pleasantry", "thanks")


def test_words_that_ask_nothing_stand_for_no_question_later(visitor, world, quoted):
    says(visitor, world, quoted, "여전히 시끄러워요")
    reply = quoted.reply("필터를 보내 드릴게요.", by=world.agent)

    assert question_before(quoted, reply) == "공기청정기 소리가 커요"
