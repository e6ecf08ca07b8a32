"""Which words of an article are quoted, and that the address leads to the place where they stand."""

from __future__ import annotations

import pytest

from handrail.accounts.viewer import STRANGER
from handrail.answers import jobs
from handrail.answers.candidates import draw
from handrail.answers.chosen import chosen
from handrail.answers.entries import Vector
from handrail.answers.published import published_texts
from handrail.answers.question import understand
from handrail.answers.quotation import glimpse
from handrail.answers.quoted_tables import with_their_tables

FEES = (
    "<p>배송비는 3,000원이고 30,000원부터 무료예요. 오후 2시 전에 결제하면 그날 출고해요.</p>"
    "<h2>출고하는 날</h2><p>토요일, 일요일, 공휴일에는 출고하지 않아요. 토요일에는 배달만 해요.</p>"
    "<h2>늦어지면</h2><p>도착 예정일에서 3영업일이 지나도 오지 않으면 적립금 2,000점을 드려요.</p>"
)
LAMP = (
    "<p>Most flicker comes from the adapter. Plug it straight into a wall socket.</p>"
    "<h2>When you film it</h2><p>That's not a fault. A camera with a very quick shutter can catch it.</p>"
    "<h2>When you film it</h2><p>Ask us if the picture is still striped.</p>"
)


@pytest.fixture
def fees(help_centre):
    return _written(help_centre, "ko", "배송 기간과 배송비", FEES)


@pytest.fixture
def lamp(help_centre):
    return _written(help_centre, "en", "If the lamp flickers", LAMP)


def _written(help_centre, locale, title, html):
    made = help_centre.write({locale: (title, html, [])})
    jobs.encode_wanting()
    return made


def said(article, question, locale):
    return chosen(article.pk, question, STRANGER, locale=locale).answer


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("배송비가 얼마인가요", "배송비는 3,000원"),
        ("주말에도 보내 주나요", "토요일, 일요일"),
        ("예정일이 지났는데 안 와요, 보상 있나요", "도착 예정일에서"),
    ],
)
def test_what_answers_is_quoted_though_it_says_it_in_other_words(fees, question, begins):
    assert said(fees, question, "ko").text.startswith(begins)


def test_a_question_that_asks_nothing_beyond_the_title_gets_the_beginning(lamp):
    assert said(lamp, "lamp flickers", "en").text.startswith("Most flicker")


def test_one_that_asks_something_beyond_it_gets_that_passage_too(lamp):
    passage = said(lamp, "the lamp flickers when I film", "en").text.split("\n\n")[1]

    assert passage.startswith("When you film it\nThat's not a fault")


def test_the_address_leads_to_the_heading_above_the_words(fees, client):
    hit = said(fees, "주말에도 보내 주나요", "ko")

    assert hit.spot == "출고하는-날"
    assert f'id="{hit.spot}"' in client.get(hit.path.partition("#")[0]).content.decode()


def test_the_beginning_of_an_article_has_the_plain_address(lamp):
    assert "#" not in said(lamp, "lamp flickers", "en").path


ASKED_FOR = (
    "<p>배송비는 3,000원이고 30,000원부터 무료예요. 오후 2시 전에 결제하면 그날 출고해요.</p>"
    "<h2>출고하는 날</h2><p>평일 오후 2시까지 결제한 주문은 그날 출고해요. 토요일, 일요일, 공휴일에는 출고하지 않아요. 토요일에는 배달만 해요.</p>"
    "<h2>나눠서 보내는 경우</h2><p>공기청정기는 크기가 커서 따로 보내요. 배송비는 한 번만 받아요. 예약 상품을 함께 주문하면 예약 상품의 출고일에 "
    "모두 보내요. 먼저 받고 싶다면 따로 주문해 주세요.</p>"
)


def test_the_words_of_asking_a_favour_are_not_what_is_asked_for(help_centre):
    article = _written(help_centre, "ko", "배송 기간과 배송비", ASKED_FOR)

    assert "\n\n출고하는 날\n평일 오후 2시까지" in said(article, "주말에도 배송해 주나요?", "ko").text


def test_without_vectors_the_words_decide(fees):
    Vector.objects.all().delete()

    assert said(fees, "공휴일에 출고하나요", "ko").text.startswith("토요일, 일요일")


HOURS = (
    "<p>한 번 충전하면 여섯 시간을 들어요. 오래 쓰면 짧아질 수 있어요.</p><h2>사용 시간과 충전 시간</h2>"
    "<table><tr><th>무엇을</th><th>시간</th></tr><tr><td>음악</td><td>6시간</td></tr>"
    "<tr><td>통화</td><td>4시간 30분</td></tr></table><p>소리를 크게 하면 짧아져요.</p>"
)


def test_a_row_of_a_table_is_quoted_below_the_heading_it_stands_under(help_centre):
    hit = said(_written(help_centre, "ko", "배터리는 얼마나 가나요?", HOURS), "통화", "ko")

    assert hit.text == "사용 시간과 충전 시간\n통화 — 시간: 4시간 30분"
    assert hit.spot == "사용-시간과-충전-시간"


def test_words_beside_a_table_say_themselves_what_they_are_about(help_centre):
    hit = said(_written(help_centre, "ko", "배터리는 얼마나 가나요?", HOURS), "오래 쓰면 짧아지나요", "ko")

    assert hit.text.startswith("한 번 충전하면")


RULES = (
    "<p>Within 7 days you can return or exchange for any reason.</p><h2>By product</h2><table>"
    "<tr><th>Condition</th><th>Changed mind</th></tr><tr><td>Unopened</td><td>Yes</td></tr>"
    "<tr><td>Cosmetics with the seal broken</td><td>No</td></tr>"
    "<tr><td>Electronics, only the box opened</td><td>Yes</td></tr></table>"
    "<h2>If you disagree</h2><p>Tell us, and someone else will look again from the start.</p>"
)


@pytest.fixture
def rules(help_centre):
    return _written(help_centre, "en", "Return rules", RULES)


@pytest.mark.parametrize("question", ["can I return it for any reason", "can I return opened cream"])
def test_a_table_that_says_otherwise_of_some_comes_with_the_words_above_it(rules, question):
    answer = said(rules, question, "en")

    assert answer.text.startswith("Within 7 days")
    assert "Cosmetics with the seal broken — Changed mind: No" in answer.text
    assert answer.text.count("By product") == 1


def test_a_table_that_begins_the_next_section_belongs_to_how_the_article_begins():
    found = with_their_tables(
        [0], ["Delivery is ₩3,000.", "Jeju — Fee: 5\nUlleung — Fee: 7"], ["", "Far away"]
    )

    assert found == [0, 1]


def test_a_table_that_was_cut_comes_whole_or_not_at_all():
    rows = ["Jeju — Fee: 5\nUlleung — Fee: 7", "Sokcho — Fee: 6\nOnly by day.", "Ask us."]
    headings = ["", "Far away", "Far away", "Far away"]

    assert with_their_tables([0], ["Delivery is ₩3,000.", *rows], headings) == [0, 1, 2]
    assert with_their_tables(
        [0], ["Delivery.", rows[0], f"Sokcho — Fee: {'6' * 700}", rows[2]], headings
    ) == [0]


@pytest.mark.parametrize(
    ("passages", "headings"),
    [
        (["One thing.", "Another.", "Jeju — Fee: 5\nUlleung — Fee: 7"], ["", "", "Far away"]),
        (["One thing.", "Jeju — Fee: 5\nUlleung — Fee: 7"], ["Elsewhere", "Far away"]),
        (["One thing.", "\n".join(f"Place {n} — Fee: {n}" for n in range(99))], ["", "Far away"]),
        (["Jeju — Fee: 5\nSokcho — Fee: 6", "Jeju — Days: 5\nUlleung — Days: 7"], ["", "Far away"]),
    ],
)
def test_a_table_elsewhere_a_long_one_or_one_after_another_does_not_come_along(passages, headings):
    assert with_their_tables([0], passages, headings) == [0]


def glimpsed(article, question):
    texts = published_texts([article.pk], STRANGER, "en")
    return glimpse(texts[article.pk], draw(understand(question), STRANGER), STRANGER)


def test_a_card_to_choose_from_shows_the_passage_that_comes_near(fees):
    drawn = draw(understand("주말에도 보내 주나요"), STRANGER)
    text = published_texts([fees.pk], STRANGER, "ko")[fees.pk]

    assert glimpse(text, drawn, STRANGER).startswith("토요일, 일요일")


def test_a_card_does_not_say_yes_where_a_table_says_no_to_some(rules):
    row, about = glimpsed(rules, "broken seal cosmetics"), glimpsed(rules, "can I return opened cream")

    assert "Cosmetics with the seal broken — Changed mind: No" in row
    first, told = about.split("\n")
    assert first == "Within 7 days you can return or exchange for any reason."
    assert told == "By product: Unopened, Cosmetics with the seal broken, Electronics, only the box opened"


def test_a_card_of_a_page_without_words_of_its_own_shows_nothing(help_centre):
    assert glimpsed(_written(help_centre, "en", "Nothing here", ""), "nothing here") == ""
