"""A mailbox that cannot fetch or send is red within five minutes, its owner is told once, and it recovers by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from django.core import mail as django_mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from handrail.accounts.models import Role
from handrail.channels import health, jobs, outages
from handrail.channels.fetching import Fetching
from handrail.channels.health import Health
from handrail.channels.inboxes import Inbox
from handrail.channels.servers import Sending
from handrail.conversations import jobs as deliveries
from handrail.core import clock
from handrail.core.actors import SYSTEM
from handrail.core.events.models import Event
from handrail.core.jobs.worker import drain
from handrail.web import mailbox_alarms
from tests.mail.servers import free_port


class Taken:
    def __init__(self) -> None:
        self.mails: list[bytes] = []

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(envelope.original_content)
        return "250 OK"


@pytest.fixture
def admin(world):
    return world.staff("admin@handrail.test", "박운영", Role.ADMIN)


@pytest.fixture
def sales(world, admin, settings) -> Inbox:
    """A mailbox whose own server is away; the site's works."""
    cache.delete(mailbox_alarms.KEY)
    inbox = Inbox.open_mailbox(
        "sales@handrail.test", brand=world.brand, name="영업", team=world.team, locale="ko", by=SYSTEM
    )
    port = free_port()
    settings.FETCH_INTERNAL = [f"127.0.0.1:{port}"]
    Sending.drafted(inbox, host="127.0.0.1", port=port, tls="none", user="", sign_in="nothing").keep(
        by=SYSTEM
    )
    return inbox


def reply(world, inbox: Inbox):
    conversation = world.conversation()
    conversation.endpoints.update(inbox=inbox)
    return conversation.reply("확인했어요.", by=world.agent).deliveries.get()


def minutes(count: float):
    return clock.at(clock.now() + timedelta(minutes=count))


def watch() -> None:
    jobs.watch_mailboxes.func()
    drain()


def letters_to(person) -> list:
    return [each.message() for each in django_mail.outbox if each.to == [person.email]]


def desk(user, world) -> str:
    cache.delete(mailbox_alarms.KEY)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get("/desk/", follow=True).content.decode()


def test_with_the_outgoing_server_down_replies_wait_it_is_told_once_and_each_leaves_once(world, sales, admin):
    delivery = reply(world, sales)
    assert deliveries.deliver.func(delivery.pk) == "queued"
    with minutes(1):
        watch()
        assert not letters_to(admin) and "sales@handrail.test" not in desk(world.agent, world)
    with minutes(4):
        watch()
        watch()
        assert deliveries.deliver.func(delivery.pk) == "queued"
        (letter,) = letters_to(admin)
        text = letter.get_payload()[0].get_payload(decode=True).decode()
        assert "sales@handrail.test" in letter["Subject"] and f"/console/mailboxes/{sales.pk}" in text
        assert "127.0.0.1" in text and letter["From"].endswith("<help@handrail.test>")
        page = desk(world.agent, world)
        assert (
            "sales@handrail.test에서 보내는 메일이" in page
            and "/console/" not in page.split("desk-alert")[1][:600]
        )
        client = Client()
        client.force_login(world.agent, backend="django.contrib.auth.backends.ModelBackend")
        thread = client.get(
            reverse("desk:conversation", args=[delivery.message.conversation_id])
        ).content.decode()
        assert "발송 대기" in thread

    taken = Taken()
    server = Controller(taken, hostname="127.0.0.1", port=sales.sending.port)
    server.start()
    try:
        with minutes(6):
            for _ in range(3):
                deliveries.deliver.func(delivery.pk)
                watch()
            assert len(taken.mails) == 1 and len(letters_to(admin)) == 1
            assert "sales@handrail.test" not in desk(world.agent, world)
    finally:
        server.stop()
    verbs = list(
        Event.objects.filter(verb__startswith="inbox.").order_by("pk").values_list("verb", flat=True)
    )
    assert verbs[-4:] == ["inbox.failing", "inbox.outage_told", "inbox.outage_mailed", "inbox.recovered"]


def test_sending_is_well_again_without_a_mail_that_waits(world, sales):
    health.failed(sales, "send", code="refused", host="127.0.0.1")
    server = Controller(Taken(), hostname="127.0.0.1", port=sales.sending.port)
    server.start()
    try:
        assert outages.look_again() == 1
    finally:
        server.stop()
    assert not Health.objects.filter(failing_since__isnull=False).exists()


def test_another_outage_is_told_of_again(world, sales, admin):
    for number in (1, 2):
        health.failed(sales, "fetch", code="authentication", host="imap.example.com")
        with minutes(3):
            watch()
            watch()
        assert len(letters_to(admin)) == number
        health.well(sales, "fetch")


def test_a_named_owner_is_told_and_the_administrators_are_not(world, sales, admin):
    owner = world.staff("owner@handrail.test", "김담당", Role.MANAGER)
    sales.set_up(owner=owner, by=SYSTEM)
    health.failed(sales, "fetch", code="authentication", host="imap.example.com")
    with minutes(3):
        watch()
    assert len(letters_to(owner)) == 1 and not letters_to(admin)


def test_where_no_way_out_works_it_is_shown_and_told_once_one_does(world, sales, admin):
    port = sales.sending.port
    Sending.drafted(world.mail, host="127.0.0.1", port=port, tls="none", user="", sign_in="nothing").keep(
        by=SYSTEM
    )
    health.failed(sales, "fetch", code="timeout", host="imap.example.com")
    with minutes(3):
        watch()
        assert not letters_to(admin) and "sales@handrail.test" in desk(world.agent, world)
        Inbox.objects.get(pk=world.mail.pk).sending.drop(by=SYSTEM)
        watch()
        assert len(letters_to(admin)) == 1


def test_a_mailbox_nobody_fetches_is_red_although_nobody_could_say_so(world, sales, settings):
    Fetching.drafted(
        sales, host="imap.example.com", port=993, tls="tls", user="sales", sign_in="password", secret="pw"
    ).keep(by=SYSTEM)
    with minutes(2):
        watch()
        assert not Health.objects.red().exists()
    with minutes(5):
        watch()
        assert Health.objects.red().get().code == "silent"
        health.well(sales, "fetch")
        watch()
        assert not Health.objects.red().exists()
    with minutes(9):
        watch()
        assert Health.objects.red().get().code == "silent"


def test_what_rests_is_not_red_and_a_private_mailbox_shows_only_to_its_team(world, sales, admin):
    health.failed(sales, "fetch", code="timeout", host="imap.example.com")
    with minutes(3):
        sales.team.is_private = True
        sales.team.save()
        outsider = world.staff("other@handrail.test", "최외부", Role.AGENT)
        world.team.members.remove(outsider) if hasattr(world.team, "members") else None
        assert "sales@handrail.test" in desk(world.agent, world)
        assert "sales@handrail.test" not in desk(outsider, world)
        sales.pause(by=SYSTEM)
        assert "sales@handrail.test" not in desk(world.agent, world)


def test_the_console_says_what_is_wrong_since_when_and_that_it_works_again(world, sales, admin):
    health.failed(sales, "send", code="certificate", host="smtp.example.com", detail="hostname mismatch")
    client = Client()
    client.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    page = reverse("console:mailbox", args=[sales.pk])
    with minutes(3):
        assert "작동하지 않음" in client.get(reverse("console:mailboxes")).content.decode()
        said = client.get(page).content.decode()
        assert "인증서" in said and "hostname mismatch" in said
        health.well(sales, "send")
        assert "작동하지 않음" not in client.get(page).content.decode()
