"""Pictures in the words that open a conversation, and in those to somebody outside: as in a reply."""

from __future__ import annotations

import pytest
from django.core import mail as sent_mails

from handrail.accounts.models import Role
from handrail.accounts.viewer import Viewer
from handrail.conversations.conversation import Conversation
from handrail.conversations.drafts import Draft, hold
from handrail.conversations.first_drafts import FirstDraft
from handrail.conversations.outgoing import Outgoing
from handrail.core.files.models import StoredFile
from handrail.web.portal.thread import lines
from tests.desk.conftest import signed_in
from tests.desk.test_first_drafts import KEY
from tests.desk.test_first_drafts import keep as keep_draft
from tests.desk.test_first_message import OURS
from tests.desk.test_placed_pictures import letter, page_of, picture


def place(client, address, **more):
    answer = client.post(f"{address}/pictures", {"file": picture(), **more})
    assert answer.status_code == 200, answer.content
    return answer.json()


def first(client, key=KEY):
    return place(client, f"/desk/new/{key}")


def named(kept, words="빨간 단추"):
    return f"앞\n\n![{words}](picture:{kept['name']})\n\n뒤"


def stands_in(message):
    """Whether the one picture stands in the words, as a part of the mail, and nowhere among the files."""
    attachment = message.attachments.get()
    page = message.html
    assert page.index("앞") < page.index(f'src="cid:{attachment.cid}"') < page.index("뒤")
    return True


def test_in_our_first_mail_it_stands_in_its_place(world, desk):
    sent = OURS | {"text": named(first(desk)), "draft": KEY}
    assert desk.post("/desk/new", sent).status_code == 302
    message = Conversation.objects.get().messages.get()
    assert message.text == "앞\n\n[빨간 단추]\n\n뒤" and stands_in(message)
    inline = [each for each in letter(message).walk() if each["Content-ID"]]
    assert [each.get_content_disposition() for each in inline] == ["inline"]
    assert not StoredFile.objects.filter(first_drafts__isnull=False).exists()


def test_it_is_kept_with_the_draft_for_its_writer_alone(world, desk):
    kept = first(desk)
    keep_draft(desk, text=named(kept))
    page = desk.get("/desk/new", {"draft": KEY}).content.decode()
    assert f'data-pictures="/desk/new/{KEY}/pictures"' in page and f"picture:{kept['name']}" in page
    assert kept["url"] == f"/desk/new/{KEY}/pictures/{kept['name']}"
    assert desk.get(kept["url"]).status_code == 302
    two = signed_in(world.staff("two@handrail.test", "정해결", Role.AGENT))
    assert two.get(kept["url"]).status_code == 404
    two.post("/desk/new", OURS | {"text": named(kept), "draft": KEY})
    assert not Conversation.objects.get().messages.get().attachments.exists()


def test_the_same_words_under_another_key_keep_it(world, desk):
    kept = first(desk)
    keep_draft(desk, text=named(kept))
    keep_draft(desk, key="other", text=named(kept))
    desk.post("/desk/new/draft/discard", {"draft": KEY})
    desk.post("/desk/new", OURS | {"text": named(kept), "draft": "other"})
    assert stands_in(Conversation.objects.get().messages.get())


def test_taken_out_of_the_words_or_thrown_away_it_is_gone(world, desk):
    first(desk)
    desk.post("/desk/new", OURS | {"draft": KEY})
    first(desk, "other")
    desk.post("/desk/new/draft/discard", {"draft": "other"})
    assert not StoredFile.objects.exists()


def test_what_an_old_draft_held_goes_with_it(world, desk):
    first(desk)
    FirstDraft.objects.update(over_at="2020-01-01T00:00:00Z")
    desk.post("/desk/new/draft/discard", {"draft": "other"})
    assert not StoredFile.objects.exists()


def test_in_what_the_customer_told_us_it_is_seen_in_place_by_both(world, desk):
    told = OURS | {"first": "theirs", "channel": "form", "text": named(first(desk)), "draft": KEY}
    assert desk.post("/desk/new", told).status_code == 302
    conversation = Conversation.objects.get()
    message = conversation.messages.get(direction="in")
    assert message.text == "앞\n\n[빨간 단추]\n\n뒤" and stands_in(message)
    page = page_of(desk, conversation)
    assert f'<img src="/desk/files/{message.attachments.get().pk}" alt="빨간 단추"' in page
    assert "mail-frame" not in page
    line = lines(conversation, Viewer(person_id=conversation.requester_id, assurance=2))[0]
    assert list(line.pictures) == [message.attachments.get().cid] and line.files == []


def test_without_one_what_they_told_us_stays_to_the_letter(world, desk):
    desk.post("/desk/new", OURS | {"first": "theirs", "channel": "form"})
    said = Conversation.objects.get().messages.get(direction="in")
    assert (said.text, said.html) == ("**내일** 도착해요", "")


def test_no_key_no_right_no_file_no_picture(world, desk):
    assert desk.post("/desk/new/a-b/pictures", {"file": picture()}).status_code == 404
    assert desk.post(f"/desk/new/{KEY}/pictures", {}).status_code == 404
    reader = signed_in(world.staff("reader@handrail.test", "오구경", Role.AUTHOR))
    assert reader.post(f"/desk/new/{KEY}/pictures", {"file": picture()}).status_code in {403, 404}


@pytest.fixture
def ticket(world):
    ticket = world.conversation(text="택배가 안 와요", subject="배송 문의")
    world.settle()
    sent_mails.outbox.clear()
    return ticket


def asked(client, ticket, text):
    said = {"to": "carrier@example.net", "subject": "송장", "text": text}
    answer = client.post(f"/desk/conversations/{ticket.pk}/sides", said)
    assert answer.status_code == 302
    return ticket.sides.latest("pk")


def test_in_a_question_to_somebody_outside(world, desk, ticket):
    kept = place(desk, f"/desk/conversations/{ticket.pk}", kind="side")
    made = asked(desk, ticket, named(kept))
    message = made.messages.get()
    assert stands_in(message) and message.text == "앞\n\n[빨간 단추]\n\n뒤"
    assert sum(bool(each["Content-ID"]) for each in letter(message).walk()) == 1
    page = desk.get(f"/desk/conversations/{ticket.pk}/sides/{made.pk}").content.decode()
    assert f'<img src="/desk/files/{message.attachments.get().pk}" alt="빨간 단추"' in page
    assert not Draft.objects.filter(pictures__isnull=False).exists()


def test_in_what_is_written_on_there_also_while_it_can_be_taken_back(world, desk, ticket, side):
    world.agent.set_up(undo_seconds=20, by=world.agent)
    kept = place(desk, f"/desk/conversations/{side.pk}", kind="reply")
    address = f"/desk/conversations/{ticket.pk}/sides/{side.pk}"
    desk.post(f"{address}/messages", {"text": named(kept)})
    assert f'<img src="{kept["url"]}" alt="빨간 단추"' in desk.get(address).content.decode()
    assert desk.get(kept["url"]).status_code == 302
    back = desk.post(f"/desk/outgoing/{Outgoing.objects.get().pk}/undo").content.decode()
    assert f"![빨간 단추](picture:{kept['name']})" in back and 'name="kept"' not in back
    desk.post(f"{address}/messages", {"text": named(kept)})
    Outgoing.objects.waiting().get().leave()
    assert stands_in(side.messages.latest("seq"))


def test_words_to_somebody_outside_are_a_draft_too(world, desk, ticket, side):
    for number, kind in ((ticket.pk, "side"), (side.pk, "reply")):
        text = f"쓰다 만 {kind}"
        sent = {"kind": kind, "text": text, "revision": "0"}
        assert desk.post(f"/desk/conversations/{number}/draft", sent).json() == {"revision": 1}
    form = desk.get(f"/desk/conversations/{ticket.pk}/sides/new").content.decode()
    page = desk.get(f"/desk/conversations/{ticket.pk}/sides/{side.pk}").content.decode()
    assert "쓰다 만 side</textarea>" in form and "쓰다 만 reply</textarea>" in page
    assert form.count('data-revision="1"') == page.count('data-revision="1"') == 1
    listed = desk.get("/desk/drafts").content.decode()
    assert f"/desk/conversations/{ticket.pk}/sides/new" in listed
    assert f"/desk/conversations/{ticket.pk}/sides/{side.pk}" in listed
    asked(desk, ticket, "다 썼어요")
    assert "쓰다 만 side" not in desk.get("/desk/drafts").content.decode()


def test_a_colleague_goes_on_with_a_question_begun(world, desk, ticket):
    kept = place(desk, f"/desk/conversations/{ticket.pk}", kind="side")
    sent = {"kind": "side", "text": named(kept), "revision": "0"}
    desk.post(f"/desk/conversations/{ticket.pk}/draft", sent)
    two = signed_in(world.staff("two@handrail.test", "정해결", Role.AGENT))
    take = f"/desk/conversations/{ticket.pk}/drafts/{Draft.objects.get().pk}/take"
    assert take in page_of(two, ticket)
    taken = two.post(take)
    assert taken.url == f"/desk/conversations/{ticket.pk}/sides/new"
    assert stands_in(asked(two, ticket, named(kept)).messages.get())


@pytest.mark.django_db(transaction=True)
def test_a_picture_is_held_without_a_transaction_around_it(world, desk):
    conversation = world.conversation()
    hold(conversation, "reply", [], user=world.agent)
    assert Draft.objects.filter(user=world.agent).exists()
    first(desk)
