"""Which questions a reply leaves open. Measured on written messages; a right list is one with exactly these questions."""

from __future__ import annotations

import pytest

from handrail.answers.addressed import not_addressed
from handrail.answers.parts import asked_in

# (message, reply, how many of its questions it leaves open)
KOREAN = [
    ("배송비는 얼마인가요? 환불은 언제 들어오나요?", "배송비는 3,000원이에요.", 1),
    ("배송비는 얼마인가요? 환불은 언제 들어오나요?", "배송비는 3,000원이고 환불은 3일 안에 들어와요.", 0),
    ("배송비는 얼마고 환불은 어떻게 해요?", "환불은 주문 내역에서 신청하세요.", 1),
    ("배송비는 얼마고 환불은 어떻게 해요?", "환불은 주문 내역에서 신청하시고, 배송비는 무료예요.", 0),
    ("보증 기간이 얼마나 되나요?", "구입일부터 2년이에요.", 0),
    ("보증 기간이 얼마나 되나요?", "", 1),
    ("영수증을 받을 수 있나요? 주소도 바꾸고 싶은데 어디서 하나요?", "네, 영수증은 메일로 보내 드렸어요.", 1),
    ("영수증을 받을 수 있나요? 주소도 바꾸고 싶은데 어디서 하나요?", "주소는 프로필에서 바꾸실 수 있어요.", 1),
    ("영수증을 받을 수 있나요? 주소도 바꾸고 싶은데 어디서 하나요?", "영수증은 메일로 보냈고, 주소는 프로필에서 바꾸세요.", 0),
    ("안녕하세요. 이어폰이 한쪽만 들려요. 교환되나요?", "네, 교환해 드릴게요.", 0),
    ("안녕하세요. 이어폰이 한쪽만 들려요. 교환되나요?", "확인해 보겠습니다.", 1),
    ("필터는 얼마나 자주 갈아야 하나요?\n필터 가격은 얼마예요?\n어디서 사나요?", "필터는 6개월마다 갈아 주세요. 가격은 25,000원이에요. 공식 몰에서 사실 수 있어요.", 0),
    ("택배는 언제 도착해요? 경비실에 맡길 수 있나요?", "내일 도착해요.", 1),
    ("택배는 언제 도착해요? 경비실에 맡길 수 있나요?", "내일 도착하고, 경비실에 맡겨 달라고 전했어요.", 0),
    ("제품이 마음에 들어요. 감사합니다.", "고맙습니다.", 0),
    ("비밀번호를 어떻게 바꾸나요? 탈퇴는 어떻게 하나요?", "비밀번호는 설정에서 바꾸세요.", 1),
]  # fmt: skip
ENGLISH = [
    ("How much is delivery? When will my refund arrive?", "Delivery is 3,000 won.", 1),
    ("How much is delivery? When will my refund arrive?", "Delivery is free, and your refund arrives in 3 days.", 0),
    ("How much is delivery and how do I get a refund?", "Ask for the refund in your orders.", 1),
    ("How much is delivery and how do I get a refund?", "Ask for the refund in your orders; delivery costs 3,000 won.", 0),
    ("How long is the warranty?", "Two years from the day you bought it.", 0),
    ("How long is the warranty?", "", 1),
    ("Can I get an invoice? Where do I change my address?", "Yes, the invoice is on its way.", 1),
    ("Can I get an invoice? Where do I change my address?", "You change your address in the profile.", 1),
    ("Can I get an invoice? Where do I change my address?", "The invoice is on its way, and the address is in your profile.", 0),
    ("Hello. One earbud is silent. Can I exchange it?", "Yes, we will exchange it.", 0),
    ("Hello. One earbud is silent. Can I exchange it?", "Let me look into that.", 1),
    ("How often should I change the filter?\nWhat does a filter cost?", "Change the filter every six months. It costs 25,000 won.", 0),
    ("When does the parcel arrive? Can you leave it with a neighbour?", "The parcel arrives tomorrow.", 1),
    ("I like it. Thank you!", "You're welcome.", 0),
    ("How do I change my password? How do I delete my account?", "Change the password in the settings.", 1),
]  # fmt: skip
# Written after the rules were made, and not looked at while making them.
HELD_OUT = [
    ("주문한 조명이 깜빡거려요. 불량인가요? 수리하면 며칠 걸리나요?", "조명 불량일 수 있어요. 받아서 확인해 볼게요.", 1),
    ("주문한 조명이 깜빡거려요. 불량인가요? 수리하면 며칠 걸리나요?", "불량으로 보여요. 수리는 5일쯤 걸려요.", 0),
    ("포인트는 언제 적립되나요? 선물 포장도 가능한가요?", "선물 포장은 주문할 때 고르실 수 있어요.", 1),
    ("포인트는 언제 적립되나요? 선물 포장도 가능한가요?", "포인트는 구매 확정 다음 날 적립되고 선물 포장은 주문할 때 고르시면 돼요.", 0),
    ("해외 배송 되나요?", "아쉽지만 해외로는 보내 드리지 못해요.", 0),
    ("회원 등급은 어떻게 정해지나요? 쿠폰 유효 기간은 얼마나 되나요?", "회원 등급은 지난 1년 구매 금액으로 정해져요.", 1),
    ("제 주문이 취소됐나요? 돈은 카드로 돌아오나요?", "네, 주문은 취소됐어요.", 1),
    ("크림 유통기한이 어떻게 되나요? 개봉하면 얼마나 쓸 수 있나요?", "유통기한은 제조일부터 2년이고, 개봉하면 12개월 안에 쓰세요.", 0),
    ("기사님 방문은 몇 시인가요? 비용도 드나요?", "방문은 내일 오후 2시예요. 비용은 없어요.", 0),
    ("기사님 방문은 몇 시인가요? 비용도 드나요?", "방문은 내일 오후 2시예요.", 1),
    ("The lamp flickers. Is it faulty? How long would a repair take?", "It may be faulty; please send it in.", 1),
    ("The lamp flickers. Is it faulty? How long would a repair take?", "It looks faulty. A repair takes about five days.", 0),
    ("When are points added? Is gift wrapping possible?", "Choose gift wrapping at the checkout.", 1),
    ("When are points added? Is gift wrapping possible?", "Points are added the day after; choose gift wrapping at the checkout.", 0),
    ("Do you ship abroad?", "Unfortunately we cannot ship abroad yet.", 0),
    ("How are tiers decided? How long are coupons valid?", "Tiers follow what you bought within a year.", 1),
    ("Was my order cancelled? Does the money go back to the card?", "Yes, the order is cancelled.", 1),
    ("Does the case charge wirelessly and how long does the battery last?", "The battery lasts six hours.", 1),
    ("What time does the technician come? Is there a charge?", "The technician comes at 2 pm tomorrow and the visit is free.", 0),
    ("What time does the technician come? Is there a charge?", "The technician comes at 2 pm tomorrow.", 1),
]  # fmt: skip
RIGHT_LEAST = 0.9
RIGHT_LEAST_UNSEEN = 0.8


@pytest.mark.parametrize("pairs", [KOREAN, ENGLISH], ids=["ko", "en"])
def test_nine_of_ten_lists_of_open_questions_are_right(pairs):
    wrong = [
        (message, reply) for message, reply, left in pairs if len(not_addressed([message], reply)) != left
    ]
    assert 1 - len(wrong) / len(pairs) >= RIGHT_LEAST, wrong


def test_eight_of_ten_are_right_that_the_rules_were_not_made_on():
    wrong = [message for message, reply, left in HELD_OUT if len(not_addressed([message], reply)) != left]
    assert 1 - len(wrong) / len(HELD_OUT) >= RIGHT_LEAST_UNSEEN, wrong


def test_the_open_question_is_named_in_the_customers_words():
    assert not_addressed(["배송비는 얼마인가요? 환불은 언제 들어오나요?"], "배송비는 3,000원이에요.") == [
        "환불은 언제 들어오나요?"
    ]
    assert not_addressed(
        ["How much is delivery? When will my refund arrive?"], "It is 3,000 won for delivery."
    ) == ["When will my refund arrive?"]


def test_several_messages_are_one_list_and_none_is_asked_twice():
    assert not_addressed(
        ["영수증을 받을 수 있나요?", "영수증을 받을 수 있나요?", "주소는 어디서 바꾸나요?"], ""
    ) == [
        "영수증을 받을 수 있나요?",
        "주소는 어디서 바꾸나요?",
    ]


def test_a_letter_without_questions_or_of_many_stays_bounded():
    assert asked_in("주문을 취소합니다. 감사합니다.") == []
    assert len(asked_in("".join(f"상품{n} 가격은 얼마인가요? " for n in range(400)))) <= 12
