"""Questions that name no thing: asked back where the words are said of any, and of the page's or the talk's thing where there is one."""

from __future__ import annotations

import pytest

from handrail.accounts.viewer import STRANGER
from handrail.answers import jobs
from handrail.answers.answer import answer
from handrail.answers.asked_from import Page
from handrail.knowledge.products import Product, Topic

PRODUCT, SERVICE = Product.Kind.PRODUCT, Product.Kind.SERVICE
NAMES = {
    "sun": (PRODUCT, "햇 선크림", "가볍게 발리는 선크림이에요."),
    "buds": (PRODUCT, "소리 버즈", "소음을 줄여 주는 무선 이어폰이에요."),
    "air": (PRODUCT, "바람 에어", "조용한 공기청정기예요."),
    "account": (SERVICE, "회원·계정", "가입, 로그인, 비밀번호를 도와 드려요."),
}
TEXTS = {
    "keeps": ("sun", "선크림 사용 기한과 보관", "개봉한 뒤 12개월 안에 써 주세요. 50 mL 튜브는 기내에 들고 탈 수 있어요.", ["비행기 들고 타도 되나요", "유효기간 어디 있어요"]),
    "again": ("sun", "선크림 덧바르는 방법", "2시간마다 덧바르세요. 햇볕에 타지 않게 귀 뒤도 발라요.", ["얼마나 자주 발라요"]),
    "noise": ("buds", "소음 줄이기", "비행기처럼 낮게 울리는 소음을 줄여요. 길게 누르면 바뀌어요.", ["노이즈 캔슬링 켜는 법"]),
    "reset": ("buds", "소리 버즈 초기화하기", "케이스에 넣고 버튼을 10초 누르면 처음으로 돌아가요.", ["초기화는 어떻게 해요", "공장 초기화"]),
    "bag": ("buds", "케이스와 함께 들고 다니기", "케이스를 주머니에 들고 다니면 충전이 돼요. 차에 타면 자동으로 이어져요.", ["케이스 없이 들고 다녀도 돼요"]),
    "filter": ("air", "필터는 언제 바꾸나요", "12개월마다 필터를 갈아 주세요.", ["필터 언제 갈아요"]),
    "change": ("air", "필터 교체하는 방법", "덮개를 열고 필터를 갈아요. 필터 알림은 버튼을 5초 눌러 초기화해요.", ["필터 알림 초기화"]),
    "loud": ("air", "소리가 크거나 덜컹거릴 때", "필터의 비닐을 벗겼는지 보세요. 바닥이 고른지도 보세요. 물을 부었다면 꺼 주세요.", ["너무 시끄러워요", "공기청정기 소리가 커요"]),
    "red": ("sun", "피부가 빨갛게 부었을 때", "물로 씻어 내고 더 쓰지 마세요.", ["빨갛게 부었어요"]),
    "light": ("air", "표시등 색의 뜻", "빨갛게 켜지면 공기가 나빠요.", ["빨간불이 켜져요"]),
    "password": ("account", "비밀번호를 잊었을 때", "로그인 화면에서 비밀번호 찾기를 누르세요.", ["비밀번호를 잊어버렸어요"]),
}  # fmt: skip


@pytest.fixture
def shop(help_centre, world):
    """Name of an article or product -> it. What else the help centre holds stands under orders, a service."""
    Product.objects.filter(pk=world.product.pk).update(kind=SERVICE)
    made = {}
    for slug, (kind, name, said) in NAMES.items():
        made[slug] = Product.objects.create(brand=world.brand, slug=slug, kind=kind)
        made[slug].texts.create(locale="ko", name=name, description=said)
    for name, (slug, title, body, aliases) in TEXTS.items():
        topic, is_new = Topic.objects.get_or_create(product=made[slug], slug=f"{slug}-use")
        if is_new:
            topic.texts.create(locale="ko", name="쓰는 법")
        made[name] = help_centre.write({"ko": (title, f"<p>{body}</p>", aliases)}, topic=topic)
    jobs.catch_up.func()
    jobs.encode_wanting()
    return made


def told(question, **more):
    return answer(question, STRANGER, locale="ko", channel="chat", **more)


def said_of(product):
    return Page(product.pk, is_said=True)


def test_words_that_are_said_of_any_thing_are_asked_back_though_one_article_has_them_all(shop):
    result = told("비행기에 들고 타도 되나요")

    assert (result.outcome, result.answer, result.thing) == ("choices", None, 0)
    assert result.choices[0].article == shop["keeps"].pk
    assert len({hit.product for hit in result.choices[:2]}) == 2


def test_an_article_whose_own_wordings_hold_all_that_is_asked_is_meant_where_no_others_do(shop):
    result = told("빨갛게 부었어요")

    assert (result.outcome, result.answer.article) == ("answer", shop["red"].pk)


@pytest.mark.parametrize("where", [lambda product: Page(product.pk), said_of], ids=["page", "talk"])
def test_the_page_or_the_talk_says_which_thing_is_meant(shop, where):
    of_the_sunscreen = told("비행기에 들고 타도 되나요", page=where(shop["sun"]))
    of_the_buds = told("비행기에 들고 타도 되나요", page=where(shop["buds"]))

    assert of_the_sunscreen.considered[0].article == shop["keeps"].pk
    assert of_the_sunscreen.outcome == "answer"
    assert of_the_buds.considered[0].product == "소리 버즈"
    assert shop["keeps"].pk not in [hit.article for hit in of_the_buds.answers]


@pytest.mark.parametrize(
    ("question", "article"), [("필터 언제 갈아요", "filter"), ("비밀번호를 잊어버렸어요", "password")]
)
def test_a_part_that_one_thing_has_tells_it_and_a_service_needs_no_thing(shop, question, article):
    plain = told(question)
    after_another = told(question, page=said_of(shop["sun"]))

    assert (plain.outcome, plain.answer.article) == ("answer", shop[article].pk)
    assert (after_another.outcome, after_another.answer.article) == ("answer", shop[article].pk)


def test_what_the_talk_was_about_is_meant_by_a_question_that_names_nothing(shop):
    alone, after_the_purifier = (
        told("초기화는 어떻게 해요"),
        told("초기화는 어떻게 해요", page=said_of(shop["air"])),
    )

    assert alone.considered[0].article == shop["reset"].pk
    assert after_the_purifier.considered[0].article == shop["change"].pk
    assert shop["reset"].pk not in [hit.article for hit in after_the_purifier.answers]


def test_another_product_that_is_named_is_meant_whatever_the_talk_was_about(shop):
    result = told("이어폰 초기화는 어떻게 해요", page=said_of(shop["air"]))

    assert (result.considered[0].article, result.thing) == (shop["reset"].pk, shop["buds"].pk)


@pytest.mark.parametrize(
    ("question", "thing"),
    [("공기청정기 소리가 커요", "air"), ("비밀번호를 잊어버렸어요", None), ("너무 시끄러워요", "air")],
)
def test_the_thing_a_question_names_or_is_answered_about_is_kept(shop, question, thing):
    assert told(question).thing == (shop[thing].pk if thing else 0)
