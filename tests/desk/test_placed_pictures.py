"""Pictures in the words of a reply or a note: kept with the draft, shown in place, sent along only where they stand."""

from __future__ import annotations

import io
from email import message_from_bytes, policy

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from PIL import Image

from handrail.accounts.models import Role, Team
from handrail.accounts.viewer import Viewer
from handrail.conversations.conversation import Conversation
from handrail.conversations.deliveries import Delivery
from handrail.conversations.drafts import Draft, take_over
from handrail.conversations.letters import compose
from handrail.conversations.messages import Attachment
from handrail.conversations.outgoing import Outgoing
from handrail.conversations.redaction import redact_file
from handrail.core.actors import SYSTEM
from handrail.core.files.keeping import read
from handrail.core.files.models import StoredFile
from handrail.web.portal.thread import lines
from tests.desk.conftest import signed_in
from tests.desk.test_composing import say


def picture(name="화면.jpg") -> SimpleUploadedFile:
    data = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "SECRETCAMERA"
    Image.new("RGB", (40, 30), "red").save(data, "JPEG", exif=exif)
    assert b"SECRETCAMERA" in data.getvalue()
    return SimpleUploadedFile(name, data.getvalue(), content_type="image/jpeg")


def place(client, conversation, kind="reply"):
    answer = client.post(
        f"/desk/conversations/{conversation.number}/pictures", {"kind": kind, "file": picture()}
    )
    assert answer.status_code == 200, answer.content
    return answer.json()


def page_of(client, conversation):
    return client.get(f"/desk/conversations/{conversation.number}").content.decode()


def letter(message):
    mail, _path, _to = compose(
        Delivery.objects.select_related("endpoint__inbox", "message").get(message=message)
    )
    return message_from_bytes(mail, policy=policy.default)


def test_it_stands_in_the_mail_in_place_with_its_description_in_the_plain_part(world, desk):
    conversation = world.conversation()
    kept = place(desk, conversation)
    assert (
        say(desk, conversation, text=f"앞\n\n![빨간 단추](picture:{kept['name']})\n\n뒤").status_code == 302
    )
    message = conversation.messages.latest("seq")
    attachment = message.attachments.get()
    assert message.text == "앞\n\n[빨간 단추]\n\n뒤"
    mail = letter(message)
    html, plain = (mail.get_body((kind,)) for kind in ("html", "plain"))
    body = html.get_content()
    assert body.index("앞") < body.index(f'src="cid:{attachment.cid}"') < body.index("뒤")
    assert body.count("<img") == 1 and 'alt="빨간 단추"' in body
    assert plain.get_content().count("[빨간 단추]") == 1 and "화면.jpg" not in plain.get_content()
    inline = [part for part in mail.walk() if part["Content-ID"] == f"<{attachment.cid}>"]
    assert len(inline) == 1 and inline[0].get_content_disposition() == "inline"
    assert b"SECRETCAMERA" not in inline[0].get_content()
    assert b"SECRETCAMERA" not in read(attachment.file)


def test_the_desk_and_the_customer_see_it_in_place(world, desk):
    conversation = world.conversation()
    say(desk, conversation, text=f"![단추](picture:{place(desk, conversation)['name']})")
    attachment = conversation.messages.latest("seq").attachments.get()
    page = page_of(desk, conversation)
    assert f'<img src="/desk/files/{attachment.pk}" alt="단추"' in page
    assert ">화면.jpg<" not in page, "not among the files too"
    assert "화면.jpg" not in desk.get(f"/desk/conversations/{conversation.number}/print").content.decode()
    viewer = Viewer(person_id=conversation.requester_id, assurance=2)
    line = lines(conversation, viewer)[-1]
    assert list(line.pictures) == [attachment.cid] and line.files == []
    assert desk.get(f"/desk/files/{attachment.pk}").status_code == 302


def test_one_taken_out_of_the_words_is_not_sent_and_gone(world, desk):
    conversation = world.conversation()
    stays, goes = place(desk, conversation), place(desk, conversation)
    say(desk, conversation, text=f"![하나](picture:{stays['name']})")
    sent = conversation.messages.latest("seq").attachments.get()
    assert sent.file.name == stays["name"]
    assert not StoredFile.objects.filter(name=goes["name"]).exists()


def test_a_note_shows_it_too(world, desk):
    conversation = world.conversation()
    kept = place(desk, conversation, "note")
    desk.post(
        f"/desk/conversations/{conversation.number}/notes", {"text": f"보세요 ![표](picture:{kept['name']})"}
    )
    note = conversation.notes.get()
    assert note.text == "보세요 [표]"
    assert f'<img src="/desk/files/{note.attachments.get().pk}" alt="표"' in page_of(desk, conversation)


def test_the_name_of_somebody_elses_picture_shows_and_sends_nothing(world, desk):
    mine, other = world.conversation(), world.conversation()
    kept = place(desk, other)
    two = signed_in(world.staff("two@handrail.test", "정해결", Role.AGENT))
    for client, conversation in ((two, other), (desk, mine)):
        say(client, conversation, text=f"몰래 ![그림](picture:{kept['name']})")
        message = conversation.messages.latest("seq")
        assert (message.text, message.attachments.count()) == ("몰래 [그림]", 0)
    assert desk.get(f"/desk/conversations/{mine.number}/pictures/{kept['name']}").status_code == 404


def test_a_draft_of_another_team_keeps_its_picture(world, desk):
    conversation = world.conversation()
    hr = Team.objects.create(slug="hr", name_ko="인사팀", name_en="HR", is_private=True)
    member = world.staff("two@handrail.test", "정해결", Role.AGENT)
    hr.add(member, by=SYSTEM)
    conversation.hand_to_team(hr, by=SYSTEM)
    theirs = signed_in(member)
    kept = place(theirs, conversation)
    assert theirs.get(kept["url"]).status_code == 302
    assert desk.get(kept["url"]).status_code == 404
    sent = {"kind": "reply", "file": picture()}
    assert desk.post(f"/desk/conversations/{conversation.number}/pictures", sent).status_code == 404


def test_whoever_takes_the_draft_over_has_its_pictures(world, desk):
    conversation = world.conversation()
    kept = place(desk, conversation)
    text = f"![단추](picture:{kept['name']})"
    desk.post(
        f"/desk/conversations/{conversation.number}/draft", {"kind": "reply", "text": text, "revision": "0"}
    )
    two = world.staff("two@handrail.test", "정해결", Role.AGENT)
    take_over(Draft.objects.get(user=world.agent), by=two)
    say(signed_in(two), conversation, text=text)
    assert conversation.messages.latest("seq").attachments.get().file.name == kept["name"]


def test_it_is_seen_while_it_waits_and_comes_back_with_the_words(world, desk):
    world.agent.set_up(undo_seconds=20, by=world.agent)
    conversation = world.conversation()
    kept = place(desk, conversation)
    say(desk, conversation, text=f"![단추](picture:{kept['name']})")
    assert f'<img src="{kept["url"]}" alt="단추"' in page_of(desk, conversation)
    assert "화면.jpg" not in page_of(desk, conversation)
    back = desk.post(f"/desk/outgoing/{conversation.outgoing.get().pk}/undo").content.decode()
    assert f"![단추](picture:{kept['name']})" in back and 'name="kept"' not in back
    say(desk, conversation, text=f"다시 ![단추](picture:{kept['name']})")
    Outgoing.objects.waiting().get().leave()
    message = conversation.messages.latest("seq")
    assert message.attachments.get().cid in message.html


@pytest.mark.parametrize("kind", ["reply", "note"])
def test_whoever_may_remove_it_finds_how(world, desk, kind):
    conversation = world.conversation()
    text = f"![단추](picture:{place(desk, conversation, kind)['name']})"
    path = {"reply": "messages", "note": "notes"}[kind]
    desk.post(f"/desk/conversations/{conversation.number}/{path}", {"text": text})
    attachment = Attachment.objects.of(conversation.pk).get()
    assert f'name="file" value="{attachment.pk}"' in page_of(desk, conversation)


def test_one_that_only_hangs_on_what_waits_is_listed(world, desk):
    world.agent.set_up(undo_seconds=20, by=world.agent)
    conversation = world.conversation()
    say(desk, conversation, text="파일로 보내요", files=[picture()])
    page = page_of(desk, conversation)
    assert (
        "화면.jpg" in page
        and "/pictures/" not in page.partition('class="entry message outgoing"')[2].partition("</li>")[0]
    )


def test_redacted_it_is_told_of_by_its_words(world, desk):
    conversation = world.conversation()
    say(desk, conversation, text=f"![주민등록증](picture:{place(desk, conversation)['name']})")
    redact_file(conversation, conversation.messages.latest("seq").attachments.get(), by=world.agent)
    page = page_of(desk, conversation)
    assert "[주민등록증]" in page and 'alt="주민등록증"' not in page


@pytest.mark.parametrize("sent", [{"kind": "mail"}, {"kind": ""}, {}])
def test_what_is_no_kind_or_no_file_is_no_picture(world, desk, sent):
    conversation = world.conversation()
    path = f"/desk/conversations/{conversation.number}/pictures"
    assert desk.post(path, sent | {"file": picture()}).status_code == 404
    assert desk.post(path, {"kind": "reply"}).status_code == 404


def test_a_file_that_is_none_is_refused_in_words(world, desk):
    conversation = world.conversation()
    file = SimpleUploadedFile("a.png", b"no picture at all")
    answer = desk.post(f"/desk/conversations/{conversation.number}/pictures", {"kind": "reply", "file": file})
    assert answer.status_code == 422 and "a.png" in answer.json()["words"]
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_one_that_nobody_described_is_told_of_in_the_readers_language(world, desk, locale):
    conversation = world.conversation()
    Conversation.objects.update(locale=locale)
    conversation.refresh_from_db()
    say(desk, conversation, text=f"보세요\n\n![](picture:{place(desk, conversation)['name']})")
    message = conversation.messages.latest("seq")
    assert 'alt=""' in message.html and message.text == "보세요\n\n[…]", "no language is kept"
    mail = letter(message)
    html, plain = (mail.get_body((kind,)).get_content() for kind in ("html", "plain"))
    assert f'alt="{_undescribed(locale)}"' in html and f"[{_undescribed(locale)}]" in plain
    assert f'alt="{_undescribed("ko")}"' in page_of(desk, conversation)


def _undescribed(locale):
    with translation.override(locale):
        return translation.gettext("Picture without a description")
