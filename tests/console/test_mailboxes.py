"""How mails from a mailbox look, as an administrator sets it."""

from django.test import Client
from django.urls import reverse

from handrail.accounts.models import Role
from handrail.core.events.models import Event


def browser(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_name_signature_and_quoting_are_kept_and_told(world):
    admin = browser(world.staff("admin@handrail.test", "박운영", Role.ADMIN))
    assert "help@handrail.test" in admin.get(reverse("console:mailboxes")).content.decode()
    said = {"inbox": world.mail.pk, "name": "온결 고객센터", "signature": "{{상담원}}\r\n온결", "quotes": "1"}
    assert admin.post(reverse("console:mailbox-keep"), said).status_code == 302
    world.mail.refresh_from_db()
    assert (world.mail.name, world.mail.signature, world.mail.quotes_history) == (
        "온결 고객센터",
        "{{상담원}}\n온결",
        True,
    )
    assert Event.objects.filter(verb="inbox.changed", subject_id=world.mail.pk).exists()


def test_what_cannot_be_kept_says_which_mailbox_and_why(world):
    admin = browser(world.staff("admin@handrail.test", "박운영", Role.ADMIN))
    for said, why in (({"name": " "}, "이름"), ({"name": "a", "signature": "가" * 1001}, "1,000")):
        answer = admin.post(reverse("console:mailbox-keep"), said | {"inbox": world.mail.pk})
        text = answer.content.decode()
        assert answer.status_code == 422 and why in text and "help@handrail.test" in text
    assert (
        admin.post(reverse("console:mailbox-keep"), {"inbox": world.chat.pk, "name": "x"}).status_code == 404
    )


def test_an_agent_may_not(world):
    agent = browser(world.agent)
    assert agent.get(reverse("console:mailboxes")).status_code in (403, 404)
    assert agent.post(reverse("console:mailbox-keep"), {"inbox": world.mail.pk, "name": "x"}).status_code in (
        403,
        404,
    )
