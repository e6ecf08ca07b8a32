"""The site's only mail server is off for an hour: replies wait in sight, somebody who can act hears of it without any
mail, and when it is back each leaves exactly once or offers to be sent again."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_httpserver import HTTPServer

from handrail.accounts.models import Role
from handrail.channels.push.subscriptions import subscribe_browser
from handrail.conversations import jobs
from handrail.conversations.deliveries import Delivery
from handrail.conversations.notices.notice import Notice
from handrail.core import clock
from handrail.core.jobs import schedules
from tests.mail.servers import free_port
from tests.push_service import Browser

REFUSED = "gone@example.com"
TO = ["minji@example.com", "jiho@example.com", REFUSED]
# Minutes after the server went off; the last one before it is back.
LATER = (1, 2, 3, 4, 5, 10, 20, 40, 59)


class PostOffice:
    """A mail server on one port that can be off. `taken`: (address, Message-ID) of what it took."""

    def __init__(self) -> None:
        self.port, self.taken, self.refuses = free_port(), [], True
        self._running: Controller | None = None

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address == REFUSED and self.refuses:
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mail = message_from_bytes(envelope.original_content)
        self.taken += [(address, "".join(mail["Message-ID"].split())) for address in envelope.rcpt_tos]
        return "250 OK"

    def turn_on(self) -> None:
        self._running = Controller(self, hostname="127.0.0.1", port=self.port)
        self._running.start()

    def turn_off(self) -> None:
        if self._running:
            self._running.stop()
            self._running = None


@pytest.fixture
def office(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    office = PostOffice()
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", office.port, 5
    jobs.courier.cache_clear()
    yield office
    office.turn_off()
    jobs.courier.cache_clear()


@pytest.fixture
def device(settings):
    """The administrator's telephone, and the push service of its maker."""
    with HTTPServer(host="localhost") as service:
        settings.FETCH_INTERNAL = [f"localhost:{service.port}"]
        yield Browser(service)


@pytest.fixture
def admin(world, device):
    user = world.staff("admin@handrail.test", "박운영", Role.ADMIN)
    session = SessionStore()
    session.create()
    subscribe_browser(user, **device.given, session=session.session_key, by=user)
    return user


def at_minute(world, began, minute: int) -> None:
    """Everything that would have run by itself by then, has."""
    with clock.at(began + timedelta(minutes=minute)):
        schedules.enqueue_due()
        world.settle()


def page(user, name: str, *args: object) -> str:
    cache.clear()
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(reverse(name, args=args), follow=True).content.decode()


def replies(world) -> list[Delivery]:
    found = []
    for address in TO:
        conversation = world.conversation(world.person(address, address))
        found.append(conversation.reply("확인했어요.", by=world.agent).deliveries.get())
    return found


def thread(world, delivery: Delivery) -> str:
    return page(world.agent, "desk:conversation", delivery.message.conversation_id)


def test_with_the_server_off_for_an_hour_nothing_is_lost_nobody_is_left_in_the_dark_and_nothing_leaves_twice(
    world, office, admin, device
):
    began = clock.now()
    at_minute(world, began, 0)  # schedules begin to count
    with clock.at(began):
        waiting = replies(world)

    for minute in LATER:
        at_minute(world, began, minute)
    with clock.at(began + timedelta(minutes=59)):
        replies_wait_in_sight(world, waiting)
        the_alert_stands(world, admin)
    it_reached_the_device_once(world, admin, device, began)
    assert office.taken == []

    office.turn_on()
    for minute in (60, 61, 62, 65, 66, 70, 90):
        at_minute(world, began, minute)
    with clock.at(began + timedelta(minutes=90)):
        each_left_or_offers_resending(world, waiting, by=began + timedelta(minutes=66))
        the_alert_is_gone(world, admin)
        office.refuses = False
        send_again(world, waiting)
    at_minute(world, began, 95)
    at_minute(world, began, 100)
    # Counted by the ids their mails bear on the wire: acknowledgements waited beside them, and left once too.
    left = Counter(office.taken)
    assert all(left[each.endpoint.address, f"<{each.wire_id}>"] == 1 for each in waiting)
    assert set(left.values()) == {1}


def replies_wait_in_sight(world, waiting: list[Delivery]) -> None:
    for delivery in waiting:
        assert f"발송 대기: {delivery.endpoint.address}" in thread(world, delivery)


def alarm(world) -> str:
    return f"{world.mail.address}에서 보내는 메일이"


def the_alert_stands(world, admin) -> None:
    """At the desk and in the console; only who can act is led to the reason."""
    path, said = reverse("console:mailbox", args=[world.mail.pk]), alarm(world)
    assert said in page(world.agent, "desk:home") and path not in page(world.agent, "desk:home")
    assert said in page(admin, "desk:home") and said in page(admin, "console:articles")
    assert path in page(admin, "desk:home") and path in page(admin, "console:articles")
    assert "작동하지 않음" in page(admin, "console:mailbox", world.mail.pk)


def it_reached_the_device_once(world, admin, device, began) -> None:
    """The administrator's, within five minutes although no mail left; it leads to the mailbox."""
    path = reverse("console:mailbox", args=[world.mail.pk])
    notice = Notice.objects.get(user=admin, kind="mailbox")
    assert notice.at <= began + timedelta(minutes=5) and notice.read_at is None and notice.is_shown
    said = [device.read(at) for at in range(len(device.got))]
    assert [each["path"] for each in said if each["tag"].startswith("mailbox-")] == [path]
    assert not Notice.objects.filter(user=world.agent, kind="mailbox").exists()


def each_left_or_offers_resending(world, waiting: list[Delivery], *, by) -> None:
    """Each has left once; the one its receiver refuses says so and offers to be sent again."""
    rows = Delivery.objects.filter(pk__in=[each.pk for each in waiting]).select_related("endpoint")
    states = {each.endpoint.address: each for each in rows}
    assert {address: row.state for address, row in states.items()} == {
        "minji@example.com": "sent",
        "jiho@example.com": "sent",
        REFUSED: "failed",
    }
    assert all(states[a].sent_at <= by for a in TO if a != REFUSED)
    for delivery in waiting:
        assert "발송 대기" not in thread(world, delivery)
    assert reverse("desk:resend", args=[states[REFUSED].pk]) in thread(world, states[REFUSED])


def the_alert_is_gone(world, admin) -> None:
    """By itself, everywhere it stood."""
    said = alarm(world)
    assert said not in page(world.agent, "desk:home") and said not in page(admin, "console:articles")
    assert "작동하지 않음" not in page(admin, "console:mailbox", world.mail.pk)
    assert not Notice.objects.filter(user=admin, kind="mailbox", read_at=None).exists()


def send_again(world, waiting: list[Delivery]) -> None:
    refused = next(each for each in waiting if each.endpoint.address == REFUSED)
    client = Client()
    client.force_login(world.agent, backend="django.contrib.auth.backends.ModelBackend")
    client.post(reverse("desk:resend", args=[refused.pk]))
