"""Words that say that what was shown did not help, apart from questions that only sound like them."""

from __future__ import annotations

import time

import pytest

from handrail.answers.in_vain import ends_in_vain, in_vain
from handrail.answers.says_yes import says_yes

NOTHING_ELSE = (
    "Already tried it, no dice",
    "tried that, doesnt work",
    "그거 말고 다른 거요",
    "이미 해봤는데 안돼요",
    "did not help",
    "안돼요",
    "안 돼요 ㅠㅠ",
    "그래도 안 되네요",
    "해봤어요",
    "다 해봤는데 똑같아요",
    "도움이 안 됐어요",
    "소용없어요",
    "다른 방법 없어요?",
    "그게 아니에요",
    "아니요 그거 아니고요",
    "이미 봤어요",
    "시키는대로 다 했는데 그대로에요",
    "여전히 안됩니다",
    "그건 이미 해봤어요",
    "다른 거 없나요",
    "해봐도 안돼요",
    "already did that",
    "still not working",
    "no luck",
    "nope, same problem",
    "that didn't help",
    "it still doesn't work",
    "not what I asked",
    "something else please",
    "anything else I can try?",
    "I've tried all of that already",
    "none of these",
    "none of those help",
    "Didn't work.",
    "that's not it",
    "I already tried this and it did not work",
    "wrong article",
    "that's the same article again",
    "thanks but that doesn't help",
    "didnt help at all",
    "tried everything, nothing works",
    "그거 벌써 다 해봤거든요",
    "똑같아요 안돼요",
    "그 방법은 이미 써봤어요",
    "아까 그 글 말고 딴 거 없어요?",
    "전혀 도움 안 되네요",
    "그렇게 해도 안 되던데요",
    "말씀하신 대로 했는데 변화가 없네요",
    "아닌데요 그거",
    "다 읽어봤는데 해결이 안 됐어요",
    "이거 말고요",
    "그대로 따라 했는데 실패했어요",
    "ㄴㄴ 그거 아님",
    "안되는데...",
    "다시 해봐도 마찬가지네요",
    "제가 물어본 거랑 다른데요",
    "이미 해봤고 소용없었어요. 다른 방법 알려주세요",
    "해결 안됨",
    "또 같은 글이네요 ㅡㅡ",
    "그건 아까 해봤어요",
    "해봤자 안 돼요",
    "아무리 해도 안 되네요",
    "여전히 똑같은 증상이에요",
    "안 통하네요",
    "이 방법으론 해결이 안 되네요",
    "다른 답변 없을까요?",
    "그 글은 이미 봤는데요",
    "아뇨 딴 거요",
    "도움이 전혀 안 됐습니다",
    "그거 해봤는데 소용 없던데요",
    "벌써 세 번이나 해봤어요",
    "이건 제 질문이랑 상관없는데요",
    "시도해봤지만 실패했습니다",
    "그래도 계속 안 되는데요",
    "아니 그거 말고",
    "효과 없었어요",
    "진짜 하나도 도움 안돼요 ㅠ",
    "Yeah I already did all of that",
    "nah that's not working either",
    "this didn't fix it",
    "that isn't what I was asking about",
    "I did what it says and it's still not charging",
    "no good, got anything else?",
    "doesnt work lol",
    "I've read that one already",
    "still the same :(",
    "Not helpful.",
    "It didn't do anything",
    "Different answer please",
    "that article is useless",
    "nope. any other ideas?",
    "I followed the steps but nothing happened",
    "none of them are right",
    "You just told me that",
    "tried it twice already and it still fails",
    "no that's for a different product",
    "I already did that three times",
    "Nope, still dead",
    "that was no help at all",
    "Tried. Doesn't work.",
    "it is not working still",
    "we tried everything in there already",
    "not really helpful",
    "hmm no, something different",
    "I've done all these steps",
    "That's not my problem",
    "same result unfortunately",
    "Sorry, that didn't solve my issue",
    "that doesnt answer my question",
    "no, none of that worked",
    "already read this page, thanks",
    "got anything else",
    "still doesn't work after that",
    "wrong thing",
)
AND_MORE = (
    ("그거 말고 리모컨 연결하는 방법이요", "리모컨 연결하는 방법이요"),
    ("이미 해봤는데 안 돼요. 빨간 불이 들어와요", "빨간 불이 들어와요"),
    ("안돼요. 빨간불만 들어와요", "빨간불만 들어와요"),
    ("해봤는데 빨간 불이 깜빡여요", "빨간 불이 깜빡여요"),
    ("tried that. The light is red now", "The light is red now"),
    ("I did that but now the light is red", "the light is red"),
    ("didn't help, how do I reset it?", "how do I reset it?"),
    ("Doesn't work. The LED blinks red", "The LED blinks red"),
    ("해봤는데도 안 고쳐져요", "안 고쳐져요"),
    ("그건 해봤는데 여전히 전원이 안 켜져요", "전원이 안 켜져요"),
    ("그거 말고 필터 교체 주기요", "필터 교체 주기요"),
    ("이미 다 따라 해봤는데 아직도 불이 깜빡거려요", "불이 깜빡거려요"),
    ("didnt work, screen is still black", "screen is still black"),
    ("I did but it won't connect", "it won't connect"),
    ("didn't help. what now?", "what now?"),
    (
        "It doesn't work, the app shows error 5 when I pair my earbuds",
        "the app shows error 5 when I pair my earbuds",
    ),
)
QUESTIONS = (
    "리모컨이 안 돼요",
    "공기청정기 소리가 커요",
    "환불 안 되나요?",
    "이어폰 한쪽이 안 들려요",
    "초기화는 어떻게 해요?",
    "다른 색상으로 교환되나요",
    "my lamp doesn't work",
    "it doesn't work with my iphone",
    "does this work abroad?",
    "I tried to pay but my card was declined",
    "how do I return something else",
    "연결이 안 돼요 어떻게 하나요",
    "did that order ship?",
    "안 되면 환불돼요?",
    "배송비 얼마예요",
    "그건 얼마예요?",
    "그거 방수 돼요?",
    "how long does it take?",
    "is it waterproof?",
    "다른 제품도 있나요?",
    "안돼요 환불이요, 배송도 안 왔는데",
    "이어폰 충전이 안 돼요",
    "앱에서 로그인이 안 되는데 어떻게 하나요",
    "다른 색상도 있나요?",
    "다른 방법으로 결제할 수 있나요",
    "그거 언제 와요?",
    "주문한 거 말고 다른 게 왔어요",
    "안 되는 기능이 뭐예요?",
    "이거 방수되나요",
    "해외에서도 사용해도 되나요",
    "결제를 했는데 확인 메일이 안 와요",
    "리뷰 다 봤는데 소음이 크다던데 사실인가요",
    "두 개 다 교환하고 싶어요",
    "필터 교체했는데 알림이 안 꺼져요",
    "취소가 안 되면 어떡해요?",
    "똑같은 제품으로 교환돼요?",
    "도움이 필요해요",
    "이미 결제했는데 취소 가능한가요?",
    "배송 조회가 안 돼요",
    "비밀번호를 바꿨는데 로그인이 안 돼요",
    "이어폰이 한쪽만 안 들려요",
    "안 되는 나라도 있나요?",
    "다른 주소로 보내 주실 수 있나요",
    "같은 제품으로 다시 받고 싶어요",
    "쿠폰을 썼는데 할인이 안 됐어요",
    "교환 말고 환불로 해 주세요",
    "그거 얼마예요?",
    "이거 반품되나요?",
    "해외 배송도 해 주나요",
    "도움말은 어디에 있어요?",
    "충전을 해도 금방 꺼져요",
    "아까 주문한 거 취소하고 싶어요",
    "다른 제품 추천해 주세요",
    "My earbuds don't work after the update",
    "do you have another colour?",
    "I have tried to return it but the label is missing",
    "is there something else in the box?",
    "what else comes with the purifier?",
    "can I use a different address?",
    "the discount code doesn't work",
    "I did not receive my order",
    "did my payment work?",
    "how do I fix the same problem on the left earbud",
    "The wrong article arrived",
    "I already paid, can I cancel?",
    "That looks nice, how much is it?",
    "it's not charging any more, is it under warranty?",
    "The lamp has no light at all",
    "I've read that you ship abroad, is it true?",
    "not this week, can you deliver next Monday?",
    "nothing arrived yet",
    "my remote isn't working anymore",
    "I can't log in to my account",
    "will it work in Japan?",
    "does it help against pollen?",
    "I tried paying twice and was charged twice",
    "are there other colours?",
    "I want to return the other one",
    "do you ship the same day?",
    "is this the same as the old model?",
    "nothing is shown under my orders",
    "my order says delivered but I have nothing",
    "the filter light is still on after I changed it",
    "do you have something for dry skin?",
    "how long until it works?",
    "I need another cable",
)
# Long and nearly such a word: read at once all the same.
LONG = (
    "아니 " * 100,
    "이미 " * 99 + "x",
    "그거 " * 99 + "ㅌ",
    "해봤는데 " * 60 + "x",
    "안돼요." * 70 + "x",
    "but still " * 30 + "x",
    "tried that " * 27 + "q?",
    "all of " * 42,
    "already " * 37 + "x",
)


@pytest.mark.parametrize("text", NOTHING_ELSE)
def test_what_says_nothing_else(text):
    assert in_vain(text) == ""


@pytest.mark.parametrize(("text", "rest"), AND_MORE)
def test_what_asks_something_besides(text, rest):
    assert in_vain(text) == rest


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_is_none(text):
    assert in_vain(text) is None


@pytest.mark.parametrize("text", LONG)
def test_no_text_takes_long_to_read(text):
    began = time.perf_counter()
    in_vain(text[:300])
    ends_in_vain(text)
    assert time.perf_counter() - began < 0.5


@pytest.mark.parametrize(
    "text",
    [
        "필터를 청소했는데도 그대로예요",
        "초기화 해봤는데 안 돼요",
        "I cleaned the filter but it still doesn't work",
    ],
)
def test_what_names_the_deed_ends_in_its_failure(text):
    assert in_vain(text) is None
    assert ends_in_vain(text)


@pytest.mark.parametrize(
    "text", ["네", "네!", "ㅇㅇ", "네 부탁드려요", "연결해 주세요", "yes please", "ok", "Sure, go ahead"]
)
def test_a_yes(text):
    assert says_yes(text)


@pytest.mark.parametrize(
    "text", ["네 근데 배송은요?", "아니요", "no", "yes but how long does it take", "", "please help"]
)
def test_no_yes(text):
    assert not says_yes(text)
