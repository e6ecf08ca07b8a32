"""What a short message says of what was shown before it: that it failed, that it worked, or neither."""

from __future__ import annotations

import time

import pytest

from handrail.answers.after_shown import failed_after, worked_after
from handrail.answers.in_vain import in_vain

FAILED = (
    "아직도 똑같은 소리가 나요",
    "버튼을 눌러도 아무 반응이 없어요",
    "그대로인데요",
    "다 해 봤다니까요",
    "그렇게 했는데 더 이상해졌어요",
    "안 들린다고요",
    "이걸로는 해결이 안 될 것 같아요",
    "노답이네",
    "아 진짜 짜증",
    "그래서 어쩌라고요",
    "다시 켜 봤지만 안 돼요",
    "똑같은데요?",
    "효과가 하나도 없네요",
    "연결이 계속 끊겨요",
    "필터 갈았는데도 시끄럽네요",
    "말도 안 돼",
    "도움 안 됨",
    "안 먹혀요",
    "왜 아직 안 되죠",
    "껐다 켰는데 안 바뀌네요",
    "nothing changed",
    "same as before",
    "it didn't do anything",
    "I've done that already",
    "and now?",
    "it is still flickering after the reset",
    "no change whatsoever",
    "I restarted it, still the same",
    "that's useless",
    "doesn't fix it",
    "tried it, didn't help",
    "the light keeps flickering",
    "it's not fixed",
    "ugh",
    "I can't get it to work",
    "hmm no",
    "didn't do the trick",
    "the problem is back",
    "you're not helping",
    "it continues to flicker",
    "still silent",
    "so what now?",
    "여전히 소리가 안나요",
    "10초 닫았다 열어도 그대로에요",
    "아직도 안나와요",
    "i tried the 10 seconds thing and nothing",
    "it's worse now",
    "no",
    "아니요",
    "답답하네",
    "ㄴㄴ",
    "this is so annoying",
    "그래도 소리 안 들려요",
    "여전히 안 켜지는데요",
    "계속 깜빡거려요",
    "해봤는데 변한 게 없네요",
    "껐다 켜도 똑같아요",
    "아뇨",
    "아니 안된다고요",
    "짜증나네요",
    "그럼 이제 어떡해요",
    "안 켜져요",
    "초기화해도 안 되네요",
    "더 심해졌어요",
    "아직 충전이 안 됩니다",
    "전혀 안 나아졌어요",
    "하라는 대로 눌러봤는데 반응이 없어요",
    "에휴 답이 없네",
    "너무 힘드네요",
    "이제 뭘 해야 되죠",
    "케이스 바꿔 봐도 마찬가지네요",
    "실패했어요",
    "still no sound",
    "it still blinks",
    "nope",
    "doesn't turn on",
    "I reset it twice but nothing happened",
    "what do I do now",
    "then what",
    "ugh, this is frustrating",
    "it got worse",
    "won't charge at all",
    "I cleaned the contacts and it's the same",
    "still the same noise after that",
    "that made no difference",
    "I followed the steps, nothing",
    "now it's even louder",
    "not really",
    "this is ridiculous",
    "I did what it says and it keeps beeping",
    "why is it still not working",
    "it just won't connect",
)
ASKED = (
    "배송비는 얼마예요",
    "그럼 오른쪽도 같은 방법이에요?",
    "초기화는 몇 초 눌러요",
    "필터 모델명이 뭐예요",
    "물로 씻어도 되나요",
    "보증서가 없어도 수리되나요?",
    "아이폰도 되나요",
    "그건 무료인가요",
    "어디에 문의해야 하나요",
    "주문을 취소하고 싶어요",
    "두 대를 같이 연결할 수 있나요",
    "사진으로 보여 주세요",
    "케이스만 따로 살 수 있나요",
    "언제까지 반품할 수 있어요?",
    "색상은요",
    "환불은 카드로 들어오나요?",
    "충전은 얼마나 걸려요",
    "비밀번호를 잊어버렸어요",
    "영수증을 다시 받고 싶어요",
    "앱이 꼭 필요한가요",
    "what is the filter model",
    "does it work with an iPhone",
    "can I wash it with water?",
    "how many seconds should I hold it",
    "is that free?",
    "what if I lost the receipt",
    "who do I contact for that",
    "do you ship to Japan",
    "I want to cancel my order",
    "how do I turn it off",
    "can two phones be connected",
    "please show me a picture",
    "my password is lost",
    "what colours are there",
    "and the right one?",
    "until when can I return it",
    "is the app needed",
    "how much is a new case",
    "what's the difference between the two",
    "I forgot my order number",
    "그럼 요금은요?",
    "왼쪽만 그럴 때는요?",
    "필터는 얼마나 자주 갈아요?",
    "비용은 누가 내요",
    "초기화하면 설정이 지워지나요",
    "다른 색으로 바꿀 수 있나요",
    "아직 보증 기간인지 어떻게 알아요?",
    "반품은 며칠 안에 해야 돼요?",
    "버튼이 어디 있어요",
    "10초 누르면 어떻게 되나요",
    "교환하고 싶어요",
    "영수증이 없으면 안 되나요?",
    "해외에서도 쓸 수 있어요?",
    "앱은 어디서 받아요",
    "그래도 환불되나요?",
    "배송은 언제 와요",
    "왜 필터를 갈아야 돼요?",
    "고객센터 시간 알려 주세요",
    "리모컨이 안 돼요",
    "주문 번호를 몰라요",
    "and what does it cost?",
    "how often should I replace the filter",
    "does resetting delete my settings?",
    "what about the left one",
    "where is the button",
    "can I still return it?",
    "is it still under warranty?",
    "and for orders from abroad?",
    "who pays for shipping",
    "why do I need to clean it",
    "how long does that take",
    "I want to exchange it instead",
    "is there a video of that",
    "do I need the receipt?",
    "my remote does not pair",
    "what happens after 10 seconds",
    "I don't have an order number",
    "could I use another charger",
    "tell me about the warranty",
    "when will it arrive",
)
WORKED = (
    "이제 잘 들려요",
    "됐어요",
    "오 되네요",
    "네 알겠습니다",
    "이제 켜져요",
    "드디어 연결됐어요",
    "잘 되네요",
    "확인했어요",
    "ok",
    "it works now",
    "that did it",
    "got it",
    "I can hear it now",
    "working again, thanks",
    "perfect",
    "yes that fixed it",
)
NEITHER = ("아직요", "no thanks", "괜찮아요", "no need", "still works fine", "문제 없어요", "", "?")


@pytest.mark.parametrize("text", FAILED)
def test_it_failed(text):
    assert failed_after(text) or in_vain(text) == ""
    assert not worked_after(text)


@pytest.mark.parametrize("text", ASKED)
def test_what_asks_on_says_neither(text):
    assert not failed_after(text)
    assert not worked_after(text)


@pytest.mark.parametrize("text", WORKED)
def test_it_worked(text):
    assert worked_after(text)
    assert not failed_after(text)


@pytest.mark.parametrize("text", NEITHER)
def test_what_declines_or_is_fine_did_not_fail(text):
    assert not failed_after(text)


def test_it_is_read_quickly_however_long_it_is():
    begun = time.perf_counter()
    for text in (
        "안 " * 150,
        "no " * 150,
        "so what " * 60,
        "너무 답답 " * 60,
        "i can hear it " * 40,
        "x" * 20_000,
    ):
        failed_after(text)
        worked_after(text)
    assert time.perf_counter() - begun < 1.0


@pytest.mark.parametrize(
    "said", ["annoy" * 30 + "!?z", "annoy" * 4000, "없" * 4000 + "a", "진짜 답답 " * 6 + "z"]
)
def test_words_without_end_are_read_at_once_and_say_nothing(said):
    """A pattern that may cut a word in ever other ways would not come back from the first of them."""
    assert not failed_after(said) and not worked_after(said)
