"""A translated reply is sent only after both texts were seen, and a model that lies, hangs or is away sends nothing."""

from __future__ import annotations

import json
import re

import pytest

from handrail.answers.translating import translate
from handrail.conversations.models import Conversation

WORDS = "김민지 님, 환불은 3일 안에 끝나요. https://handrail.test/help 를 봐 주세요."
ENGLISH = "Dear customer, the refund is done within ⟦1⟧ days. Please see ⟦2⟧."
READ = "Dear customer, the refund is done within 3 days. Please see https://handrail.test/help."


@pytest.fixture
def english(world) -> Conversation:
    held = world.conversation(text="My refund has not arrived yet.", subject="Refund")
    Conversation.objects.filter(pk=held.pk).update(locale="en")
    return Conversation.objects.get(pk=held.pk)


@pytest.fixture
def post(client, world, english):
    client.force_login(world.agent)

    def post(**fields: str):
        return client.post(f"/desk/conversations/{english.pk}/messages", {"client_id": "c1", **fields})

    return post


def sent(conversation: Conversation) -> list[str]:
    return list(conversation.messages.filter(direction="out").values_list("text", flat=True))


def test_what_must_stay_never_leaves_the_house_and_comes_back_unchanged(model):
    model.said(ENGLISH)
    assert translate(WORDS, to="en").text == READ
    asked = json.loads(model.prompts[0]["messages"][1]["content"])["text"]
    assert "3" not in asked and "handrail.test" not in asked


@pytest.mark.parametrize(
    "answer",
    [
        "The refund is done within 3 days. See ⟦2⟧.",  # a number of its own, and a mark lost
        ENGLISH + " ⟦2⟧",  # a mark twice
        ENGLISH + " Or https://evil.example",
        "환불은 ⟦1⟧일 안에 끝나요. ⟦2⟧",  # not in the language asked for
        ENGLISH + " and so on" * 200,
    ],
)
def test_what_cannot_be_a_translation_is_not_shown(model, answer):
    model.said(answer)
    assert translate(WORDS, to="en").outcome == "odd"


def test_both_are_shown_and_only_then_the_translation_is_sent(model, post, english, client):
    model.said(ENGLISH)
    shown = post(text=WORDS, translate="1")
    assert shown.status_code == 409 and sent(english) == []
    page = shown.content.decode()
    assert READ in page and "환불은 3일 안에 끝나요" in page
    post(text=WORDS, translation=READ + " Thank you.", translated="1")
    assert sent(english) == [READ + " Thank you."]
    assert english.messages.get(direction="out").data["written_as"] == WORDS
    assert "환불은 3일 안에 끝나요" in client.get(f"/desk/conversations/{english.pk}").content.decode()


def test_a_translation_that_must_wait_comes_back_as_it_was_mended(model, post, english):
    post_back = post(text=WORDS, translation="Your refund is on {{today}}.", translated="1")
    assert post_back.status_code == 409 and sent(english) == []
    page = post_back.content.decode()
    assert "Your refund is on {{today}}." in page and 'type="hidden" name="translated"' in page
    post(text=WORDS, translation="Your refund is on {{today}}.", translated="1", as_is="1")
    assert sent(english) == ["Your refund is on {{today}}."]


def test_a_translation_that_was_emptied_sends_nothing_in_its_place(model, post, english):
    back = post(text=WORDS, translation=" ", translated="1")
    assert back.status_code == 422 and sent(english) == []
    page = back.content.decode()
    assert 'name="translation"' in page and 'type="hidden" name="translated"' not in page


def test_what_was_mended_stays_where_no_new_translation_comes(model, post, english):
    model.said(status=503)
    back = post(text=WORDS, translate="1", translation=READ + " Thank you.", translated="1")
    assert back.status_code == 422 and sent(english) == []
    assert READ + " Thank you." in back.content.decode()


def test_a_model_that_is_away_loses_no_word(model, post, english):
    model.said(status=503)
    back = post(text=WORDS, translate="1")
    assert back.status_code == 422 and sent(english) == []
    assert WORDS.split(".")[0] in back.content.decode()


def test_without_a_model_the_language_is_said_and_nothing_is_offered(client, world, english):
    client.force_login(world.agent)
    page = client.get(f"/desk/conversations/{english.pk}").content.decode()
    assert "영어" in page and 'name="translate"' not in page
    assert translate(WORDS, to="en").outcome == "off"


def test_every_way_of_sending_sends_the_translation_while_it_stands(model, post, english):
    model.said(ENGLISH)
    page = post(text=WORDS, translate="1").content.decode()
    assert re.search(r'type="checkbox" name="translated" value="1" checked', page)
    post(text=WORDS, translation=READ, translated="1", status="solved")
    english.refresh_from_db()
    assert sent(english) == [READ] and english.status == "solved"


def test_a_translated_reply_taken_back_brings_ones_own_words_beside_the_translation(
    model, post, english, client, world
):
    world.agent.set_up(undo_seconds=15, by=world.agent)
    post(text=WORDS, translation=READ, translated="1")
    back = client.post(f"/desk/outgoing/{english.outgoing.get().pk}/undo").content.decode()
    assert f"{WORDS}</textarea>" in back.split('id="reply-text"')[1]
    assert f"{READ}</textarea>" in back.split('id="translation"')[1]
    post(text=WORDS, translation=READ, translated="1", client_id="c2")
    held = english.outgoing.waiting().get()
    assert (held.text, held.data["written_as"]) == (READ, WORDS)
