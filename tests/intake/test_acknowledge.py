"""What goes out by itself to an address that nobody proved: nothing a stranger wrote, seldom, and to few."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes
from email.policy import SMTP

import pytest
from django.utils import translation

from handrail.accounts.viewer import Viewer
from handrail.answers.asks import Ask
from handrail.answers.model_client import STARTS_WITHIN, ModelClient, using
from handrail.answers.results import Hit, Result
from handrail.conversations.activity import beside_messages
from handrail.conversations.conversation import Conversation
from handrail.conversations.letters import compose
from handrail.conversations.models import Delivery, Message
from handrail.core import clock
from handrail.core.actors import BOT
from handrail.intake import acknowledge, form
from handrail.intake.models import Acknowledgement, untagged

EVIL = "BUY NOW https://evil.example"


@pytest.fixture
def fill_in(world):
    """Somebody nobody knows fills in the form; the conversation, after everything in the background ran."""

    def go(address="victim@example.com", *, number: int = 1, name: str = EVIL) -> Conversation:
        enquiry = form.Enquiry(EVIL, EVIL, f"form-{address}-{number}", address=address, name=name)
        conversation = form.send(enquiry, Viewer(chat_key="k" * 20), inbox=world.mail)
        world.settle()
        return conversation

    return go


def mails() -> list[str]:
    """What went out, headers and every part as text."""
    found = []
    for delivery in Delivery.objects.order_by("pk"):
        mail = message_from_bytes(compose(delivery)[0], policy=SMTP)
        parts = [part.get_content() for part in mail.walk() if not part.is_multipart()]
        found.append("\n".join([*(f"{name}: {value}" for name, value in mail.items()), *parts]))
    return found


def test_nothing_a_stranger_typed_comes_to_the_address_they_named(fill_in):
    fill_in()

    (sent,) = mails()
    assert "evil" not in sent.lower() and "buy now" not in sent.lower()
    assert "\nTo: victim@example.com\n" in sent


def test_no_automatic_mail_bears_a_name_even_one_that_is_known(world):
    conversation = world.conversation(world.person(name=EVIL, assurance=3))
    conversation.reply("자동 안내예요.", by=BOT, is_automatic=True)
    conversation.reply("확인했어요.", by=world.agent)

    automatic, by_person = mails()
    assert "evil" not in automatic and "\nTo: minji@example.com\n" in automatic
    # A colleague looked at who they answer.
    assert EVIL in by_person


def test_one_a_day_however_the_address_is_tagged_and_the_history_says_why_no_more(world, fill_in):
    fill_in("victim@example.com")
    for number, tag in enumerate(["a", "b", "c"]):
        later = fill_in(f"victim+{tag}@example.com", number=number)

    assert Message.objects.filter(is_automatic=True).count() == 1
    for locale in ("ko", "en"):
        with translation.override(locale):
            told = [each.text for each in beside_messages(later, locale=locale)]
        assert any(
            ("자동 답장" in text) if locale == "ko" else ("No automatic reply" in text) for text in told
        )
    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        fill_in("victim+d@example.com", number=9)
    assert Message.objects.filter(is_automatic=True).count() == 2


def test_all_strangers_together_get_so_many_an_hour_and_every_request_is_opened(world, fill_in, settings):
    settings.NEUTRAL_MAILS_AN_HOUR = 20
    Acknowledgement.objects.bulk_create(
        Acknowledgement(address=f"v{number}@example.com", is_neutral=True) for number in range(19)
    )
    fill_in("last@example.com")
    over = fill_in("over@example.com")

    assert Message.objects.filter(is_automatic=True).count() == 1
    assert over.messages.count() == 1
    with translation.override("ko"):
        assert any("한꺼번에" in each.text for each in beside_messages(over, locale="ko"))
    assert Acknowledgement.refused("vouched@example.com", is_vouched=True) == ""
    with clock.at(clock.now() + timedelta(hours=1, minutes=1)):
        assert Acknowledgement.refused("next@example.com", is_vouched=False) == ""


def test_a_vouched_address_gets_three_an_hour(world):
    for _each in range(3):
        assert Acknowledgement.refused("a@example.com", is_vouched=True) == ""
        Acknowledgement.keep("a+x@example.com", is_vouched=True)

    assert Acknowledgement.refused("a@example.com", is_vouched=True) == "address"


@pytest.mark.parametrize(
    ("address", "mailbox"),
    [("a@b.kr", "a@b.kr"), ("a+b+c@b.kr", "a@b.kr"), ("+b@b.kr", "@b.kr"), ("a.b@b.kr", "a.b@b.kr")],
)
def test_the_mailbox_behind_a_tag(address, mailbox):
    assert untagged(address) == mailbox


def hit(article: int, confidence: float) -> Hit:
    return Hit(article, f"글 {article}", f"a{article}", "ko", "ko", confidence)


@pytest.mark.parametrize("outcome", ["answer", "choices", "handover"])
def test_the_desk_says_the_customer_was_shown_exactly_what_the_mail_named(world, monkeypatch, outcome):
    hits = [hit(1, 0.5), hit(2, 0.45), hit(3, 0.01)]
    answer = hits[0] if outcome == "answer" else None
    found = Result(outcome, "ko", answer=answer, choices=hits[1:] if answer else hits, considered=hits)
    monkeypatch.setattr(acknowledge, "answer", lambda *_args, **_more: found)
    conversation = world.conversation()
    world.settle()

    conversation.refresh_from_db()
    said = conversation.messages.get(is_automatic=True)
    shown = [each["article"] for each in conversation.tried if each["kind"] == "shown"]
    assert shown == ([] if outcome == "handover" else [1, 2])
    assert [number for number in (1, 2, 3) if f"글 {number}" in said.text] == shown


@pytest.mark.parametrize("text", ["상담사 연결해 주세요", "I want to speak with a manager"])
def test_who_asks_for_a_person_is_named_no_articles(world, monkeypatch, text):
    hits = [hit(1, 0.9), hit(2, 0.05)]
    found = Result("answer", "ko", answer=hits[0], choices=hits[1:], considered=hits)
    monkeypatch.setattr(acknowledge, "answer", lambda *_args, **_more: found)
    conversation = world.conversation(subject="문의", text=text)
    world.settle()

    conversation.refresh_from_db()
    said = conversation.messages.get(is_automatic=True)
    assert "글 1" not in said.text and not said.data["neutral"]
    assert [each["kind"] for each in conversation.tried] == ["asked"]


def test_while_the_models_start_the_one_mail_waits_and_then_names_what_they_find(
    world, help_centre, tmp_path
):
    with using(ModelClient(tmp_path / "models.sock")):
        conversation = world.conversation(subject="환불", text="돈을 돌려받고 싶은데 환불은 어떻게 하나요?")
        world.settle()
        assert not conversation.messages.filter(is_automatic=True).exists()
        assert not Ask.objects.exists()
    with clock.at(clock.now() + timedelta(seconds=10)):
        world.settle()

    said = conversation.messages.get(is_automatic=True)
    assert help_centre.articles["refund"].published("ko").title in said.text
    assert Ask.objects.count() == 1


def test_models_that_stay_away_hold_the_one_mail_only_for_as_long_as_a_start_takes(
    world, help_centre, tmp_path, monkeypatch
):
    client = ModelClient(tmp_path / "models.sock")
    with using(client):
        conversation = world.conversation()
        world.settle()
        assert not conversation.messages.filter(is_automatic=True).exists()
        monkeypatch.setattr(client, "_began", client._began - STARTS_WITHIN)
        with clock.at(clock.now() + timedelta(seconds=10)):
            world.settle()

    assert conversation.messages.filter(is_automatic=True).count() == 1


def test_a_mail_that_names_nothing_waits_for_no_models(world, help_centre, fill_in, tmp_path):
    with using(ModelClient(tmp_path / "models.sock")):
        fill_in()

    assert Message.objects.filter(is_automatic=True).count() == 1
