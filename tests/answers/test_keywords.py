"""Words an author ties to an answer: given with any particle, to those who may read it, without a model."""

from __future__ import annotations

import time

import pytest

from handrail.accounts.viewer import STRANGER, Viewer
from handrail.answers.answer import answer
from handrail.answers.asked_from import Page
from handrail.answers.keywords import KeywordAnswer, WordTaken, says
from handrail.core.actors import SYSTEM
from handrail.intake import chat
from handrail.knowledge.models import Article, Product, Topic
from tests.desk.conftest import signed_in

SAID = [
    "환불", "환불은 언제 되나요?", "환불을 받고 싶어요", "환불이요", "환불도 되나요", "환불까지 며칠 걸려요?", "환불만이라도요", "환불해 주세요", "환불받고 싶은데",
    "환불됐나요?", "혹시 환불이라도 될까요", "전액 환불로 부탁", "환불에서 수수료 빼나요", "환불과 교환", "환불때문에요",
    "환불이필요해요", "환불은언제되나요", "환불얼마나걸려요",
]  # fmt: skip


BEHIND = {
    "환불": "은 는 이 을 를 의 도 만 과 에 에서 엔 에선 에는 로 론 로서 로써 으로 으론 으로는 으로도 까지 까진 부터 부턴 보다 보단 만으로도 만이라도요 마저도 조차 밖에 밖엔 "
    "처럼 만큼은 대로 마다 더러 치고 한텐 하고는 이랑 이나 이나마 이든지 이며 이야 이야말로 은커녕 들이 이요 은요 까지요 때문에요 관련문의요 "
    "이면 이라면 이라서 이라고요 이라는데 이라던데 이라니 이란 이래요 이지만 이죠 이지요 이지 이니까 이고 이고요 이거나 이네요 이군요 이거든요 이잖아요 이므로 이에요 에요 "
    "이다 입니다 입니까 인가 인가요 인데 인데요 인지 인지도 일까 일까요 일수록 이었는데요 이었나요 이신가요 이시면 이겠죠 "
    "해 받고 됐나요 을해주세요 은안되나요 이필요해요 은언제되나요 얼마나걸려요",
    "주소": "가 는 를 와 로 로는 론 랑 나 나마 든지 야 야말로 하고 에 엔 에서는 까지 면 라면 라서 라고 죠 지만 니까 예요 네요 거든요 인데요 인가요 입니다 이면 였는데요",
}  # fmt: skip


@pytest.mark.parametrize("sentence", SAID)
def test_a_word_is_heard_with_any_particle(sentence):
    assert says(sentence, "환불")


@pytest.mark.parametrize(
    ("word", "behind"), [(word, each) for word, endings in BEHIND.items() for each in endings.split()]
)
def test_particles_and_endings_are_heard_as_they_run_together(word, behind):
    assert says(f"혹시 {word}{behind} 알려 주세요", word)


@pytest.mark.parametrize(
    ("word", "behind"),
    [
        *[("환불", each) for each in ["금", "완료", "이사", "이력", "이체", "이벤트", "자", "률", "기한", "인", "론자", "학", "도서", "은행", "엔진", "가격", "한도", "일지", "로봇", "면"]],
        *[("주소", each) for each in ["록", "록은", "지", "지를", "창", "이전", "고", "인"]],
        *[("회원", "가"), ("영어", "과"), ("만원", "이하"), ("판매", "보고서"), ("카드", "한도"), ("차", "고"), ("수취", "인"), ("업무", "일지")],
    ],
)  # fmt: skip
def test_what_makes_another_word_of_it_is_not_it(word, behind):
    assert not says(f"{word}{behind} 알려 주세요", word)


def test_a_long_run_of_particles_is_looked_through_at_once():
    began = time.perf_counter()

    assert not says(f"환불{'이나' * 400}힣", "환불")

    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("회사과 자리", "사과"),
        ("prefund it", "refund"),
        ("반품", "환불"),
    ],
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


EXCHANGE = {"words": "교환, exchange", "title.ko": "교환", "text.ko": "7일 안에 바꿔 드려요."}


def test_a_reviewer_ties_words_to_an_answer_written_there(world):
    reviewer = signed_in(world.staff("reviewer@handrail.test", "윤서진", "reviewer"))

    assert reviewer.post("/console/keywords", {"words": " , "}).status_code == 400
    reviewer.post("/console/keywords", EXCHANGE | {"topic": world.topic.pk})

    assert answer("교환하고 싶어요", STRANGER, locale="ko").answer.text == "7일 안에 바꿔 드려요."
    reviewer.post(f"/console/keywords/{KeywordAnswer.objects.get().pk}/untie")
    assert not KeywordAnswer.objects.exists()


def test_what_an_author_writes_there_answers_once_a_reviewer_published_it(world):
    author = signed_in(world.staff("author@handrail.test", "윤작가", "author"))

    told = author.post(
        "/console/keywords", EXCHANGE | {"topic": world.topic.pk}, follow=True
    ).content.decode()

    article = KeywordAnswer.objects.get().article
    text = article.translations.get()
    assert (text.stage, text.published) == ("review", None)
    assert article.pk not in [hit.article for hit in answer("교환이요", STRANGER, locale="ko").considered]
    assert "검토자에게" in told and "검토를 기다려요" in told and "교환" in told
    reviewer = signed_in(world.staff("reviewer@handrail.test", "윤서진", "reviewer"))
    assert f"/console/articles/{article.pk}/ko/difference" in reviewer.get("/console/tasks").content.decode()

    reviewer.post(f"/console/articles/{article.pk}/ko/step", {"step": "publish"})

    assert answer("교환이요", STRANGER, locale="ko").answer.text == "7일 안에 바꿔 드려요."


def test_an_author_ties_words_to_an_article_that_is_published(tied, world):
    author = signed_in(world.staff("author@handrail.test", "윤작가", "author"))

    author.post("/console/keywords", {"words": "돈 돌려받기", "article": tied.pk})

    assert answer("돈 돌려받기는요?", STRANGER, locale="ko").answer.article == tied.pk


def test_a_word_leads_to_one_article_of_a_product_and_language(tied, world):
    other = world.article("환불 규정", "<p>다른 글이에요.</p>")

    with pytest.raises(WordTaken) as taken:
        KeywordAnswer.tie(["교환", "환불"], other, by=SYSTEM)

    assert (taken.value.word, taken.value.article) == ("환불", tied)
    assert not KeywordAnswer.objects.filter(article=other).exists()
    with pytest.raises(WordTaken):
        KeywordAnswer.tie(["refunds"], other_in_english(world), by=SYSTEM)
    KeywordAnswer.tie(["환불", "반품"], tied, by=SYSTEM)  # its own words are its own


def other_in_english(world):
    article = Article.start(world.topic, by=world.agent, original_locale="en")
    article.write("en", title="Money back", html="<p>Money comes back.</p>", by=SYSTEM)
    article.translations.get().publish(by=SYSTEM)
    return article


def test_an_article_in_another_language_and_an_archived_one_leave_the_word_free(world):
    korean = world.article("쿠폰 쓰기", "<p>장바구니에서 써요.</p>")
    english = other_in_english(world)
    KeywordAnswer.tie(["쿠폰", "SALE10"], korean, by=SYSTEM)
    KeywordAnswer.tie(["SALE10"], english, by=SYSTEM)

    assert answer("SALE10", STRANGER, locale="en").answer.article == english.pk
    assert answer("SALE10 이요", STRANGER, locale="ko").answer.article == korean.pk
    korean.archive(by=SYSTEM)
    KeywordAnswer.tie(["쿠폰"], world.article("새 쿠폰", "<p>결제할 때 써요.</p>"), by=SYSTEM)


@pytest.fixture
def of_two_products(world):
    """(article of the first product, article of the second), both tied to one word."""
    lamp = Product.offer(world.brand, "lamp", names={"ko": "빛 램프", "en": "Lamp"}, by=SYSTEM)
    topic = Topic.offer(lamp, "use", names={"ko": "쓰기", "en": "Use"}, by=SYSTEM)
    first = world.article("첫 제품 초기화", "<p>단추를 3초 눌러요.</p>")
    second = Article.start(topic, by=world.agent)
    second.write("ko", title="램프 초기화", html="<p>전구를 다섯 번 켜고 꺼요.</p>", by=SYSTEM)
    second.translations.get().publish(by=SYSTEM)
    for article in (first, second):
        KeywordAnswer.tie(["초기화"], article, by=SYSTEM)
    return first, second


def test_the_product_in_context_decides_between_two(of_two_products):
    first, second = of_two_products
    product = second.topic.product

    assert answer("초기화요", STRANGER, locale="ko", product=product).answer.article == second.pk
    assert answer("초기화요", STRANGER, locale="ko", page=Page(product.pk)).answer.article == second.pk
    by_first = answer("초기화요", STRANGER, locale="ko", page=Page.of(first))
    assert by_first.answer.article == first.pk


def test_without_a_product_the_reader_chooses(of_two_products):
    result = answer("초기화는요?", STRANGER, locale="ko")

    assert result.outcome == "choices"
    assert [hit.article for hit in result.choices] == [article.pk for article in of_two_products]


def test_an_author_is_told_which_article_has_the_word_and_loses_nothing(tied, world):
    author = signed_in(world.staff("author@handrail.test", "윤작가", "author"))
    fields = {"words": "반품", "topic": world.topic.pk, "title.ko": "반품", "text.ko": "택배로 보내요."}

    refused = author.post("/console/keywords", fields)

    said = refused.content.decode()
    assert refused.status_code == 400 and f'href="/console/articles/{tied.pk}">환불 안내</a>' in said
    assert "택배로 보내요." in said and "“반품”" in said
    assert not Article.objects.filter(translations__published__title="반품").exists()
    clashing = author.post("/console/keywords", {"words": "refund", "article": other_in_english(world).pk})
    assert clashing.status_code == 400 and "환불 안내" in clashing.content.decode()


def test_marks_are_read_in_an_answer_written_there(world):
    reviewer = signed_in(world.staff("reviewer@handrail.test", "윤서진", "reviewer"))
    text = "**7일** 안에 바꿔 드려요. 번호는 010-****-1234예요.\n- 새 상품\n- [접수](https://a.example/x)"

    reviewer.post(
        "/console/keywords",
        {"words": "교환", "topic": world.topic.pk, "title.ko": "교환", "text.ko": text},
    )

    said = answer("교환하고 싶어요", STRANGER, locale="ko").answer.text
    assert said == "7일 안에 바꿔 드려요. 번호는 010-****-1234예요.\n새 상품\n접수"
    html = KeywordAnswer.objects.get().article.translations.get().published.html
    assert "<strong>7일</strong>" in html and 'href="https://a.example/x"' in html
