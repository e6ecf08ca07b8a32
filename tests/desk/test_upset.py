"""Which words say that somebody is upset: told by those of the message, and kept nowhere."""

from __future__ import annotations

import pytest
from django.apps import apps

from handrail.conversations.upset import upset_words
from handrail.core.events.models import Event

UPSET = [
    ("벌써 세 번째 문의인데 정말 답답하네요.", "답답하네요"),
    ("도대체 언제 보내 주시나요?", "도대체"),
    ("정말 화가 나네요. 환불해 주세요.", "화가 나네요"),
    ("너무 화나요", "너무 화나요"),
    ("이렇게 불친절한 곳은 처음이에요.", "불친절한"),
    ("어이가 없어서 말이 안 나와요", "어이가 없어서"),
    ("몇 번을 말해야 알아들으세요?", "몇 번을 말해야"),
    ("소비자원에 신고하겠습니다", "신고하겠습니다"),
    ("이게 말이 됩니까?", "말이 됩니까"),
    ("언제까지 기다려야 해요?", "언제까지 기다려야"),
    ("사기 아니에요?", "사기 아니에요"),
    ("실망이에요. 다시는 안 사요.", "실망이에요"),
    ("짜증나 죽겠어요", "짜증나"),
    ("장난하세요? 일주일째예요", "장난하세요"),
    ("This is ridiculous, I have written twice.", "ridiculous"),
    ("I'm really frustrated with your service", "frustrated"),
    ("This is the third time I am asking.", "third time"),
    ("Still no reply after a week!", "Still no reply"),
    ("What a waste of money", "waste of money"),
    ("The worst service I ever had", "worst"),
    ("I am fed up with waiting", "fed up"),
    ("Is this a joke?", "Is this a joke"),
    ("I will talk to my lawyer", "my lawyer"),
]
CALM = [
    "화면이 안 켜져요",
    "전화나 메일로 알려 주세요",
    "사기 전에 여쭤볼게요",
    "화장품 유통기한이 궁금해요",
    "몇 번째 줄에 있나요?",
    "환불은 언제 들어오나요?",
    "책임자 연락처를 알려 주세요",
    "실망하지 않았어요, 천천히 주세요.",
    "답답하지 않고 가벼워요",
    "화나지 않았어요",
    "주문을 취소하고 싶어요",
    "신고서 양식은 어디 있나요?",
    "기다리고 있을게요. 감사합니다.",
    "How do I return it?",
    "In the worst case I will come by.",
    "I'm not angry, just asking.",
    "The screen stays black.",
    "Is it still under warranty?",
    "Please call me a second time tomorrow.",
    "It works, nothing urgent.",
    "Which time suits you?",
    "how many times can I refill the same jar",
    "I need a divorce lawyer",
    "Took it out of the case, still nothing.",
]


@pytest.mark.parametrize(("text", "words"), UPSET)
def test_upset_words_are_named_as_they_stand(text, words):
    assert words in upset_words(text)


@pytest.mark.parametrize("text", CALM)
def test_calm_words_raise_no_flag(text):
    assert upset_words(text) == []


def page_of(desk, conversation) -> str:
    return desk.get(f"/desk/conversations/{conversation.number}").content.decode()


def test_the_desk_shows_the_words_and_offers_openings_in_both_languages_until_somebody_answers(world, desk):
    conversation = world.conversation(text="벌써 세 번째 문의예요. 정말 답답하네요!")
    before = page_of(desk, conversation)
    conversation.reply("바로 확인할게요.", by=world.agent)

    assert "‘벌써 세 번째’, ‘답답하네요’" in before
    assert "기다리시게 해서 죄송해요" in before and "I am sorry you had to wait" in before
    assert 'data-part="upset">\n</div>' in page_of(desk, conversation).replace("  ", "")


def test_a_calm_conversation_shows_nothing_and_the_site_may_switch_it_off(world, desk, settings):
    calm = world.conversation(text="환불은 언제 들어오나요?")
    upset = world.conversation(text="정말 화가 나네요")
    assert "polite-openings" not in page_of(desk, calm)
    assert "polite-openings" in page_of(desk, upset)
    settings.SHOW_UPSET = False
    assert "polite-openings" not in page_of(desk, upset)


def test_no_score_or_mark_of_the_person_is_kept(world, desk):
    conversation = world.conversation(text="정말 화가 나네요")
    facts = Event.objects.count()
    rows = {model: list(model.objects.values()) for model in apps.get_app_config("contacts").get_models()}

    page_of(desk, conversation)

    assert Event.objects.count() == facts
    assert rows == {model: list(model.objects.values()) for model in rows}
    columns = {field.name for model in apps.get_models() for field in model._meta.get_fields()}
    assert not [name for name in columns if "upset" in name or "mood" in name or "sentiment" in name]
