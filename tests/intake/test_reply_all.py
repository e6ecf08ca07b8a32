"""Several people get our reply: each sees who else does, and an answer to all reaches each once and proves nobody by accident."""

from email import policy
from email.parser import BytesParser

import pytest

from handrail.channels.mail import authenticity
from handrail.channels.mail.addresses import reply_address
from handrail.conversations.letters import compose
from handrail.conversations.models import Conversation, Delivery, Message
from handrail.core.actors import BOT
from handrail.intake import receive
from handrail.intake.why import why
from tests.intake.arriving import arrive, mail  # noqa: F401  (a fixture)

MINJI, FRIEND, BOSS = "minji@example.com", "friend@example.com", "boss@example.net"


@pytest.fixture
def vouches(monkeypatch):
    """Says whether domains vouch for what comes in from now on."""

    def go(is_so: bool) -> None:
        monkeypatch.setattr(receive, "check", lambda *_a, **_k: authenticity.Verdict(is_so))

    go(False)
    return go


@pytest.fixture
def three(world, arrive, vouches):  # noqa: F811
    arrive(mail())
    conversation = Conversation.objects.get()
    for address, name in ((FRIEND, "친구"), (BOSS, "")):
        person = world.person(address, name)
        conversation.add_participant(person, by=world.agent)
        conversation.attach_endpoint(world.mail, address, person=person, by=world.agent)
    return conversation


def letters(message: Message) -> dict[str, object]:
    found = (compose(each) for each in Delivery.objects.filter(message=message).order_by("pk"))
    return {to: BytesParser(policy=policy.default).parsebytes(body) for body, _return, to in found}


def signed(conversation: Conversation, address: str) -> str:
    window = conversation.endpoints.get(address=address)
    return reply_address("help@handrail.test", endpoint_id=window.pk, reply_key=window.reply_key)


def of(mail_: object, line: str) -> list[str]:
    return [each.addr_spec for each in mail_[line].addresses] if mail_[line] else []


def test_every_letter_names_who_gets_it_and_bears_its_receivers_own_reply_address(world, three):
    sent = letters(three.reply("확인했어요", by=world.agent))
    assert set(sent) == {MINJI, FRIEND, BOSS}
    for address, letter in sent.items():
        assert (of(letter, "To"), of(letter, "Cc")) == ([MINJI], [FRIEND, BOSS])
        assert of(letter, "Reply-To") == [signed(three, address)]
        others = [signed(three, each) for each in sent if each != address]
        assert not any(each in letter.as_string() for each in others)
    assert sent[FRIEND]["Cc"].addresses[0].display_name == "친구"


def test_who_left_is_named_no_more_and_who_is_alone_sees_no_line_of_copies(world, three):
    for address in (FRIEND, BOSS):
        three.remove_participant(world.person(address), by=world.agent)
    sent = letters(three.reply("확인했어요", by=world.agent))
    assert list(sent) == [MINJI] and sent[MINJI]["Cc"] is None


def test_what_no_person_wrote_names_its_receiver_alone(world, three):
    sent = letters(three.reply("자동 안내", by=BOT, is_automatic=True))
    assert all(of(letter, "To") == [address] and letter["Cc"] is None for address, letter in sent.items())


def test_who_may_read_it_in_the_chat_instead_is_not_named(world, three):
    three.endpoints.filter(address=FRIEND).update(is_fallback=True)
    sent = letters(three.reply("확인했어요", by=world.agent))
    assert of(sent[MINJI], "Cc") == [BOSS]
    assert of(sent[FRIEND], "To") == [FRIEND] and sent[FRIEND]["Cc"] is None


def test_an_answer_to_all_comes_to_us_once_and_notes_nobody_who_takes_part(world, three, arrive, vouches):  # noqa: F811
    three.reply("확인했어요", by=world.agent)
    world.settle()
    sent = Delivery.objects.count()
    body = mail(
        to=signed(three, MINJI), mid="b@example.com", headers=f"Cc: {FRIEND}, {BOSS}, new@example.org"
    )
    for _ in range(2):
        arrive(body, to=signed(three, MINJI))
    came = three.messages.get(message_id="b@example.com")
    assert came.data["copies"] == ["new@example.org"]
    assert {each.address: each.words for each in why(came).addressees}[FRIEND].startswith(
        "여기에 참여하고 있고"
    )
    assert Delivery.objects.count() == sent, "nobody gets a second time what they had from the sender"


def test_who_answers_that_answer_to_all_takes_part_as_themselves(world, three, arrive, vouches):  # noqa: F811
    # Minji wrote to all; her friend's mail program answers her, the boss, and the address that was made for her.
    arrive(
        mail(to=signed(three, MINJI), mid="b@example.com", headers=f"Cc: {FRIEND}"), to=signed(three, MINJI)
    )
    for mid, is_vouched in (("c@example.com", False), ("d@example.com", True)):
        vouches(is_vouched)
        arrive(
            mail(FRIEND, to=f"{MINJI}, {signed(three, MINJI)}", mid=mid),
            envelope_from=FRIEND,
            to=signed(three, MINJI),
        )
        came = three.messages.get(message_id=mid)
        assert came.endpoint.address == FRIEND and not came.data["other_address"]
        assert came.is_verified is is_vouched, "somebody else's address proves nobody"
        assert "전체 답장이에요" in why(came).threading[0]


def test_an_address_that_others_have_seen_proves_its_owner_no_more(world, three, arrive, vouches):  # noqa: F811
    def from_minji(mid: str, headers: str = "") -> Message:
        arrive(mail(to=signed(three, MINJI), mid=mid, headers=headers), to=signed(three, MINJI))
        return three.messages.get(message_id=mid)

    assert from_minji("b@example.com").is_verified
    assert from_minji("c@example.com", f"Cc: {FRIEND}").is_verified, "nobody had seen it before"
    assert not from_minji("d@example.com").is_verified
    vouches(True)
    assert from_minji("e@example.com").is_verified


def test_a_stranger_with_the_address_is_still_nobody_here(world, three, arrive, vouches):  # noqa: F811
    vouches(True)
    arrive(
        mail("stranger@example.org", to=signed(three, MINJI), mid="x@example.com"),
        envelope_from="stranger@example.org",
        to=signed(three, MINJI),
    )
    came = three.messages.get(message_id="x@example.com")
    assert came.data["other_address"] and not came.is_verified


EVE = "eyes.eve@evil.example"


def from_minji_to(three, arrive, mid: str, *, envelope: str = MINJI, headers: str = "") -> Message:  # noqa: F811
    arrive(
        mail(to=signed(three, MINJI), mid=mid, headers=headers),
        envelope_from=envelope,
        to=signed(three, MINJI),
    )
    return three.messages.get(message_id=mid)


def test_an_address_a_stranger_has_used_proves_its_owner_no_more(world, three, arrive, vouches):  # noqa: F811
    assert from_minji_to(three, arrive, "b@example.com").is_verified
    arrive(
        mail(EVE, to=signed(three, MINJI), mid="eve@evil.example"), envelope_from=EVE, to=signed(three, MINJI)
    )
    came = from_minji_to(three, arrive, "c@example.com")
    assert not came.is_verified and came.endpoint.address == MINJI, "threaded, and not believed"
    assert any("증명하지 못하고" in each or "proves nobody" in each for each in why(came).threading)
    vouches(True)
    assert from_minji_to(three, arrive, "d@example.com").is_verified


def test_one_a_stranger_used_in_mail_that_was_kept_aside_or_began_anew_proves_nobody_either(
    world,
    three,
    arrive,  # noqa: F811
    vouches,
):
    arrive(
        mail(EVE, to=signed(three, MINJI), mid="eve@evil.example", headers="X-Spam-Flag: YES"),
        envelope_from=EVE,
        to=signed(three, MINJI),
    )
    assert not from_minji_to(three, arrive, "b@example.com").is_verified
    friends = three.endpoints.get(address=FRIEND)
    arrive(
        mail(BOSS, to=signed(three, FRIEND), mid="boss@example.net"),
        envelope_from=BOSS,
        to=signed(three, FRIEND),
    )
    friends.refresh_from_db()
    assert friends.is_disclosed, "another participant is another too"


def test_a_report_of_failed_mail_to_it_gives_no_address_away(world, three, arrive, vouches):  # noqa: F811
    daemon = mail("mailer-daemon@example.com", to=signed(three, MINJI), mid="r@example.com")
    arrive(daemon, envelope_from="<>", to=signed(three, MINJI))
    assert from_minji_to(three, arrive, "b@example.com").is_verified


def test_an_envelope_of_another_domain_is_no_proof_beside_a_reply_address(world, three, arrive, vouches):  # noqa: F811
    believed = {
        envelope: from_minji_to(three, arrive, f"{number}@example.com", envelope=envelope)
        for number, envelope in enumerate([MINJI, "b+1@bounces.example.com", EVE, "<>", ""])
    }
    assert [each.is_verified for each in believed.values()] == [True, True, False, False, True]
    assert {each.endpoint.address for each in believed.values()} == {MINJI}
    assert any("another domain" in each or "다른 도메인" in each for each in why(believed[EVE]).threading)


def test_a_sender_line_of_somebody_else_is_no_proof_either(world, three, arrive, vouches):  # noqa: F811
    came = from_minji_to(three, arrive, "b@example.com", headers=f"Sender: {EVE}")
    assert not came.is_verified
    assert any("Sender" in each for each in why(came).threading)
