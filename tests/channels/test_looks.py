"""The brand's look in outgoing mail: its logo or name in its colour, in the HTML alone, and a test mail that shows it."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest
from django.core import mail

from handrail.accounts.models import Role
from handrail.channels.looks import ink_of, look_of
from handrail.channels.mail.render import Look, build
from handrail.channels.models import Inbox
from handrail.core.events.models import Event
from tests.channels.test_render import LETTER
from tests.desk.conftest import signed_in


def parts(raw):
    message = message_from_bytes(raw, policy=default)
    return [message.get_body((kind,)).get_content() for kind in ("plain", "html")]


def test_the_text_part_is_the_same_with_and_without_a_look():
    look = Look("온결 <b>", "#225588", 'https://help.example/hc/logo/a"b.png')

    plain, bare = parts(build(LETTER))
    text, html = parts(build(replace(LETTER, look=look)))

    assert text == plain and "img" not in bare
    assert 'alt="온결 &lt;b&gt;"' in html and 'src="https://help.example/hc/logo/a&quot;b.png"' in html
    assert "#225588" in html
    for never in ("<style", "<script", "background-image", "position:", "color-scheme"):
        assert never not in html, "mail programs differ, or darken a page wrongly"


def test_without_a_logo_the_name_stands():
    _text, html = parts(build(replace(LETTER, look=Look("온결", "#225588"))))

    assert "<img" not in html and ">온결</p>" in html


@pytest.mark.parametrize("hue", range(0, 361, 45))
def test_every_hue_is_readable_on_white(hue):
    red, green, blue = (int(ink_of(hue)[at : at + 2], 16) / 255 for at in (1, 3, 5))
    bent = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (red, green, blue)
    ]
    luminance = 0.2126 * bent[0] + 0.7152 * bent[1] + 0.0722 * bent[2]

    assert 1.05 / (luminance + 0.05) >= 4.5


def test_a_reply_to_a_customer_bears_what_the_help_centre_shows(world):
    world.brand.portal = {"hue": 250, "logo": "logo 1.png"}
    world.brand.save()
    conversation = world.conversation()
    world.settle()
    mail.outbox.clear()

    conversation.reply("확인했어요", by=world.agent)
    world.settle()

    (sent,) = mail.outbox
    html = parts(sent.message().as_bytes())[1]
    assert "/hc/logo/logo%201.png" in html and ink_of(250) in html
    assert look_of(world.brand, locale="en").name == "Ongyeol"


# As it is served: nothing else opens a transaction around it.
@pytest.mark.django_db(transaction=True)
def test_an_administrator_sends_themselves_a_test_mail(world):
    admin = world.staff("admin@handrail.test", "최관리", Role.ADMIN)
    Inbox.objects.filter(pk=world.mail.pk).update(signature="{{agent}} · {{brand}} · {{subject}}")
    client = signed_in(admin)

    answer = client.post(f"/console/mailboxes/{world.mail.pk}/test-mail", {"locale": "en"}, follow=True)

    (sent,) = mail.outbox
    text, html = parts(sent.message().as_bytes())
    assert sent.to == ["admin@handrail.test"] and "admin@handrail.test" in answer.content.decode()
    assert "최관리 · Ongyeol ·" in text and "{{" not in text
    assert ">Ongyeol</p>" in html and "This is a test mail" in html
    assert Event.objects.filter(verb="inbox.test_mail_sent", actor_id=admin.pk).count() == 1
    assert f"/console/mailboxes/{world.mail.pk}/test-mail" in answer.content.decode()


def test_a_test_mail_to_a_mailbox_of_ours_is_refused(world):
    admin = world.staff("help@handrail.test", "최관리", Role.ADMIN)

    answer = signed_in(admin).post(f"/console/mailboxes/{world.mail.pk}/test-mail", {"locale": "ko"})

    assert answer.status_code == 422 and mail.outbox == []


def test_only_administrators_send_test_mails(world):
    client = signed_in(world.staff("manager@handrail.test", "한관리", Role.MANAGER))

    assert client.post(f"/console/mailboxes/{world.mail.pk}/test-mail").status_code == 404
