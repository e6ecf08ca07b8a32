"""The draft of a question to somebody outside: addresses, subject and ticked files are kept with its words."""

from __future__ import annotations

import re

import pytest

from handrail.accounts.models import Role
from handrail.conversations.drafts import Draft
from handrail.conversations.redaction import MASK, redact
from handrail.core.files.keeping import keep as keep_file
from tests.desk.conftest import signed_in

CARD = "4111 1111 1111 1111"


@pytest.fixture
def ticket(world):
    ticket = world.conversation(text="택배가 안 와요", subject="배송 문의")
    for name in ("송장.txt", "영수증.txt"):
        ticket.messages.get().attachments.create(file=keep_file(b"label", name=name, by=world.agent))
    return ticket


@pytest.fixture
def label(ticket):
    return ticket.messages.get().attachments.order_by("pk")[0].pk


@pytest.fixture
def two(world):
    return signed_in(world.staff("two@handrail.test", "정해결", Role.AGENT))


def at(ticket, rest=""):
    return f"/desk/conversations/{ticket.pk}{rest}"


def keep(client, ticket, revision=0, **more):
    sent = {"kind": "side", "text": "어디 있나요?", "to": "carrier@example.net", "subject": "송장 확인"}
    return client.post(at(ticket, "/draft"), sent | {"revision": str(revision)} | more)


def form_of(client, ticket, forward=None):
    return client.get(at(ticket, f"/sides/new{f'?forward={forward.pk}' if forward else ''}")).content.decode()


def fields(page):
    """What a form holds: addresses, subject, files ticked."""
    to, subject = (re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("to", "subject"))
    return to, subject, {int(each) for each in re.findall(r'value="(\d+)" checked data-kept-too', page)}


def test_addresses_subject_and_files_are_there_again(desk, ticket, label):
    assert keep(desk, ticket, attachment=[label]).json() == {"revision": 1}
    page = form_of(desk, ticket)
    assert fields(page) == ("carrier@example.net", "송장 확인", {label})
    assert "어디 있나요?</textarea>" in page and 'data-revision="1" data-begun' in page


def test_addresses_alone_are_a_draft_too(desk, ticket):
    keep(desk, ticket, text="", subject="배송 문의")
    assert fields(form_of(desk, ticket)) == ("carrier@example.net", "배송 문의", set())
    assert "carrier@example.net" in desk.get("/desk/drafts").content.decode()
    row = desk.get("/desk/looking", {"number": str(ticket.pk)}).json()["around"][str(ticket.pk)]
    assert "내 초안이 있어요" in row


def test_a_form_nobody_typed_in_says_nothing(desk, ticket):
    keep(desk, ticket, text="", to="", subject="배송 문의")
    assert not Draft.objects.begun().exists()
    forwarded = ticket.messages.get()
    files = list(forwarded.attachments.values_list("pk", flat=True))
    keep(
        desk,
        ticket,
        text="",
        to="",
        subject="Fwd: 배송 문의",
        forward=forwarded.pk,
        attachment=files,
    )
    assert not Draft.objects.begun().exists()


def test_a_subject_taken_away_stays_away(desk, ticket):
    keep(desk, ticket, subject="")
    assert fields(form_of(desk, ticket))[1] == ""


def test_a_window_that_is_older_does_not_write_over_them(desk, ticket, label):
    keep(desk, ticket, attachment=[label])
    late = keep(desk, ticket, to="other@example.net", subject="배송 문의")
    assert late.status_code == 409
    assert late.json()["said"] == {
        "to": ["carrier@example.net"],
        "subject": ["송장 확인"],
        "attachment": [str(label)],
    }
    assert fields(form_of(desk, ticket)) == ("carrier@example.net", "송장 확인", {label})
    assert keep(desk, ticket, to="other@example.net", anyway="1").json() == {"revision": 2}
    assert fields(form_of(desk, ticket)) == ("other@example.net", "송장 확인", set())


def test_a_window_that_tells_its_words_alone_leaves_the_rest(desk, ticket):
    keep(desk, ticket)
    sent = {"kind": "side", "text": "어디에 있나요?", "revision": "1"}
    assert desk.post(at(ticket, "/draft"), sent).json() == {"revision": 2}
    assert fields(form_of(desk, ticket))[:2] == ("carrier@example.net", "송장 확인")


def test_a_forward_begins_with_its_own_subject_and_files_and_the_addresses_typed(desk, ticket, label):
    keep(desk, ticket, attachment=[label])
    message = ticket.messages.get()
    files = set(message.attachments.values_list("pk", flat=True))
    assert fields(form_of(desk, ticket, message)) == ("carrier@example.net", "Fwd: 배송 문의", files)


def test_what_was_typed_into_a_forward_is_the_forwards(desk, ticket, label):
    message = ticket.messages.get()
    keep(desk, ticket, subject="Fwd: 급해요", forward=message.pk, attachment=[label])
    assert fields(form_of(desk, ticket, message)) == ("carrier@example.net", "Fwd: 급해요", {label})
    assert fields(form_of(desk, ticket)) == ("carrier@example.net", "배송 문의", set())
    goes_on = at(ticket, f"/sides/new?forward={message.pk}")
    assert f'href="{goes_on}"' in desk.get("/desk/drafts").content.decode()


def test_a_forward_of_a_message_that_moved_goes_on_as_a_question(world, desk, ticket):
    message = ticket.messages.get()
    keep(desk, ticket, forward=message.pk)
    message.conversation = world.conversation()
    message.seq = 99
    message.save()
    assert f'href="{at(ticket, "/sides/new")}"' in desk.get("/desk/drafts").content.decode()


def test_they_are_gone_once_the_side_conversation_has_begun(desk, ticket, label):
    keep(desk, ticket, attachment=[label])
    asked = {"to": "carrier@example.net", "subject": "송장 확인", "text": "어디 있나요?"}
    assert desk.post(at(ticket, "/sides"), asked).status_code == 302
    assert fields(form_of(desk, ticket)) == ("", "배송 문의", set())
    late = keep(desk, ticket, 1)
    assert (late.status_code, late.json()["words"]) == (409, "이 초안은 다른 창에서 보냈거나 지웠어요.")


def test_words_taken_out_for_good_leave_subject_and_addresses(world, desk, ticket):
    keep(desk, ticket, subject=f"카드 {CARD}", to="cardholder@example.net")
    redact(ticket, CARD, by=world.agent)
    redact(ticket, "cardholder", by=world.agent)
    assert Draft.objects.get().said == {"to": f"{MASK}@example.net", "subject": f"카드 {MASK}"}
    assert keep(desk, ticket, 1, subject=f"카드 {CARD}").status_code == 409


def test_a_colleague_who_takes_it_over_gets_them(world, desk, two, ticket, label):
    other = ticket.messages.get().attachments.order_by("pk")[1].pk
    keep(desk, ticket, attachment=[label])
    keep(two, ticket, text="", to="depot@example.net", subject="배송 문의", attachment=[other])
    draft = Draft.objects.get(user=world.agent)
    seen = two.get(at(ticket)).content.decode()
    assert "<b>carrier@example.net</b><br><b>송장 확인</b><br>어디 있나요?</blockquote>" in seen
    taken = two.post(at(ticket, f"/drafts/{draft.pk}/take"))
    assert taken.url == at(ticket, "/sides/new")
    both = ("depot@example.net, carrier@example.net", "송장 확인", {label, other})
    assert fields(form_of(two, ticket)) == both
    assert fields(form_of(desk, ticket)) == ("", "배송 문의", set())


def test_one_without_words_can_be_taken_over_into_the_forward_it_was(world, desk, two, ticket):
    message = ticket.messages.get()
    keep(desk, ticket, text="", subject="Fwd: 급해요", forward=message.pk)
    draft = Draft.objects.get()
    taken = two.post(at(ticket, f"/drafts/{draft.pk}/take"))
    assert taken.url == at(ticket, f"/sides/new?forward={message.pk}")
    assert fields(form_of(two, ticket, message))[:2] == ("carrier@example.net", "Fwd: 급해요")


def test_strange_fields_are_kept_within_bounds(desk, ticket):
    keep(desk, ticket, to="가\0" * 4000, subject="나" * 400, attachment=["x", "9" * 30, "²"], forward="x")
    said = Draft.objects.get().said
    assert (len(said["to"]), len(said["subject"]), set(said)) == (3000, 255, {"to", "subject"})
