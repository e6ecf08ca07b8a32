"""Our own mail server is away: nothing is given up, and everything leaves soon after it is back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage

from handrail.channels.mail.deliver import Retry, Sent
from handrail.conversations import jobs
from handrail.conversations.deliveries import AWAY_MOST, AWAY_RETRY, RETRY_AFTER, Delivery
from handrail.core import clock
from handrail.core.files.keeping import keep


class Server:
    """Says whatever `answer` is and counts what it was asked to carry."""

    def __init__(self) -> None:
        self.answer, self.asked = Retry("connection", "refused"), 0

    def deliver(self, mail: bytes, *, envelope_from: str, to: str):
        self.asked += 1
        return self.answer


@pytest.fixture
def server(monkeypatch) -> Server:
    server = Server()
    monkeypatch.setattr(jobs, "courier", lambda: server)
    return server


def waiting(world) -> Delivery:
    conversation = world.conversation()
    conversation.endpoints.get_or_create(
        inbox=world.mail, address="minji@example.com", defaults={"person": conversation.requester}
    )
    return conversation.reply("확인했어요.", by=world.agent).deliveries.get()


def until(delivery: Delivery, moment) -> int:
    """Try whenever it is due, until `moment`. Returns how often."""
    tries = 0
    while delivery.state == "queued" and delivery.next_at <= moment:
        with clock.at(delivery.next_at):
            jobs.deliver.func(delivery.pk)
        delivery.refresh_from_db()
        tries += 1
    return tries


def test_after_a_long_outage_a_mail_leaves_within_minutes_and_once(world, server):
    delivery = waiting(world)
    back_at = clock.now() + timedelta(hours=20)
    assert until(delivery, back_at) > len(RETRY_AFTER)
    assert delivery.state == "queued"
    assert delivery.next_at - back_at <= AWAY_RETRY

    server.answer, before = Sent(), server.asked
    until(delivery, back_at + AWAY_RETRY)
    jobs.deliver.func(delivery.pk)
    assert (delivery.state, server.asked - before) == ("sent", 1)


def test_a_mail_that_its_receiver_puts_off_again_and_again_fails_in_the_end(world, server):
    server.answer = Retry("451", "greylisted")
    delivery = waiting(world)
    assert until(delivery, clock.now() + timedelta(days=3)) == len(RETRY_AFTER) + 1
    assert delivery.state == "failed"


def test_a_server_that_never_comes_back_is_reported_on_the_message(world, server):
    delivery = waiting(world)
    given_up = clock.now() + AWAY_MOST
    until(delivery, clock.now() + timedelta(hours=1))
    # The long middle is like its beginning; what counts is its end.
    Delivery.objects.filter(pk=delivery.pk).update(next_at=given_up - timedelta(hours=1))
    delivery.refresh_from_db()
    until(delivery, given_up - timedelta(minutes=1))
    assert delivery.state == "queued"
    until(delivery, given_up + timedelta(hours=1))
    assert delivery.state == "failed"


@pytest.mark.parametrize("address", ["j\u0456woo@example.com", "minji@\uff4dail.example"])
def test_an_address_no_mail_can_be_written_to_is_reported_at_once(world, server, address):
    delivery = waiting(world)
    delivery.endpoint.address = address
    delivery.endpoint.save()
    jobs.deliver.func(delivery.pk)
    delivery.refresh_from_db()
    assert (delivery.state, server.asked) == ("failed", 0)
    assert address in delivery.error
    assert jobs.deliver_what_was_left.func() == 0


def test_a_message_whose_file_is_lost_is_reported_at_once(world, server):
    delivery = waiting(world)
    file = keep(b"%PDF-1.4", name="bill.pdf", by=world.agent)
    delivery.message.attachments.create(file=file)
    default_storage.delete(file.path)
    jobs.deliver.func(delivery.pk)
    delivery.refresh_from_db()
    assert (delivery.state, server.asked) == ("failed", 0)
    assert "file" in delivery.error
