"""Several mailboxes: each takes what comes to its addresses and sends as itself, through its own server where it has one."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from django.core import mail as django_mail

from handrail.channels.inboxes import AddressTaken, Inbox, NoAddress
from handrail.channels.mail import carrying, keep, smtp, troubles
from handrail.channels.mail.deliver import Retry
from handrail.channels.own_addresses import is_own
from handrail.channels.servers import SecretNeeded, Sending
from handrail.conversations import jobs
from handrail.core.actors import SYSTEM
from handrail.core.events.models import Event
from tests.mail.servers import free_port

SECRET = "열려라-sesame-7261"


class Taken:
    def __init__(self) -> None:
        self.mails: list[tuple[str, bytes]] = []

    async def handle_DATA(self, server, session, envelope):
        self.mails.append((envelope.mail_from, envelope.original_content))
        return "250 OK"


@pytest.fixture(scope="module")
def submission():
    """A server that lets in `sales` with its password and nobody else."""

    def let_in(server, session, envelope, mechanism, said):
        right = isinstance(said, LoginPassword) and (said.login, said.password) == (b"sales", SECRET.encode())
        return AuthResult(success=right, handled=False)

    taken = Taken()
    controller = Controller(
        taken,
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=let_in,
        auth_require_tls=False,
        auth_required=True,
    )
    controller.start()
    yield controller, taken
    controller.stop()


@pytest.fixture
def server(submission, settings):
    """(port, what it took)"""
    controller, taken = submission
    taken.mails.clear()
    hosts = ("127.0.0.1", "localhost", "nowhere.invalid")
    settings.FETCH_INTERNAL = [f"{host}:{controller.port}" for host in hosts]
    return controller.port, taken.mails


@pytest.fixture
def sales(world) -> Inbox:
    return Inbox.open_mailbox(
        "Sales@handrail.test", brand=world.brand, name="영업", team=world.team, locale="ko", by=SYSTEM
    )


def wanted(port: int, **more: object) -> dict:
    return {
        "host": "127.0.0.1",
        "port": port,
        "tls": "none",
        "user": "sales",
        "sign_in": "password",
        "secret": SECRET,
    } | more


def answered_from(world, inbox: Inbox) -> str:
    """A customer wrote to `inbox`, an agent answers: the state of that delivery."""
    person = world.person()
    conversation = world.conversation(person)
    conversation.endpoints.update(inbox=inbox)
    return jobs.deliver.func(conversation.reply("네, 가능해요.", by=world.agent).deliveries.get().pk)


def test_a_reply_leaves_through_the_mailboxes_own_server_in_its_own_name(world, sales, server):
    port, mails = server
    Sending.drafted(sales, **wanted(port)).keep(by=SYSTEM)
    sales.set_up(sender_ko="온결 영업팀", sender_en="Ongyeol Sales", by=SYSTEM)

    assert answered_from(world, sales) == "sent"

    ((return_path, raw),) = mails
    mail = message_from_bytes(raw, policy=default)
    assert mail["From"].addresses[0].display_name == "온결 영업팀 이서준"
    assert mail["From"].addresses[0].addr_spec == "sales@handrail.test"
    assert mail["Reply-To"].addresses[0].addr_spec.startswith("sales+r-")
    assert return_path.startswith("sales+b-")


def test_a_reply_to_a_korean_domain_leaves(world, sales, server):
    port, mails = server
    Sending.drafted(sales, **wanted(port)).keep(by=SYSTEM)
    conversation = world.conversation(world.person())
    conversation.endpoints.update(inbox=sales, address="minji@한글.kr")

    state = jobs.deliver.func(conversation.reply("네, 가능해요.", by=world.agent).deliveries.get().pk)

    assert (state, len(mails)) == ("sent", 1)
    assert b"minji@xn--bj0bj06e.kr" in mails[0][1]


def test_a_mailbox_without_a_server_sends_through_the_sites(world, sales, server):
    assert answered_from(world, sales) == "sent"
    assert [mail.message()["From"] for mail in django_mail.outbox] and not server[1]


def test_another_server_is_used_from_the_next_mail_on(world, sales, server):
    port, mails = server
    Sending.drafted(sales, **wanted(port, host="localhost", secret="wrong")).keep(by=SYSTEM)
    assert answered_from(world, sales) == "queued"
    Sending.drafted(sales, **wanted(port)).keep(by=SYSTEM)
    sales.refresh_from_db()
    again = sales.endpoints.get().deliveries.get()
    assert jobs.deliver.func(again.pk) == "sent" and len(mails) == 1
    sales.sending.drop(by=SYSTEM)
    assert carrying._own(Inbox.objects.get(pk=sales.pk)) is None


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"secret": "wrong"}, "authentication"),
        ({"tls": "starttls"}, "unable"),
        ({"tls": "tls"}, "tls"),
        ({"host": "nowhere.invalid"}, "lookup"),
    ],
)
def test_a_test_of_the_connection_says_what_stands_in_the_way(sales, server, changed, code):
    trouble = smtp.probe(Sending.drafted(sales, **wanted(server[0], **changed)))
    assert troubles.code_of(trouble) == code
    said = troubles.sentence(code, host="127.0.0.1", detail=troubles.detail_of(trouble))
    assert "127.0.0.1" in said and SECRET not in said


def test_a_closed_port_and_a_server_of_our_own_network_are_told_apart(sales, server, settings):
    closed = free_port()
    settings.FETCH_INTERNAL.append(f"127.0.0.1:{closed}")
    assert troubles.code_of(smtp.probe(Sending.drafted(sales, **wanted(closed)))) == "refused"
    settings.FETCH_INTERNAL = []
    assert troubles.code_of(smtp.probe(Sending.drafted(sales, **wanted(25)))) == "inside"
    assert troubles.code_of(smtp.probe(Sending.drafted(sales, **wanted(6379)))) == "inside"
    assert smtp.probe(Sending.drafted(sales, **wanted(closed))) is not None


def test_the_right_password_passes_the_test(sales, server):
    assert smtp.probe(Sending.drafted(sales, **wanted(server[0]))) is None


def test_a_password_lies_sealed_and_goes_to_no_other_server(sales, server):
    Sending.drafted(sales, **wanted(server[0])).keep(by=SYSTEM)
    row = Sending.objects.values().get()
    assert SECRET not in repr(row) and Sending.objects.get().secret == SECRET
    assert SECRET not in repr(list(Event.objects.values("data")))
    kept = Sending.drafted(sales, **wanted(server[0] + 1, secret=""))
    assert kept.secret == SECRET
    for moved in ({"host": "evil.example"}, {"user": "other"}, {"tls": "tls"}):
        with pytest.raises(SecretNeeded):
            Sending.drafted(sales, **wanted(server[0], secret="", **moved))


def test_a_key_that_is_gone_is_said_and_nothing_leaves(world, sales, server, settings):
    Sending.drafted(sales, **wanted(server[0])).keep(by=SYSTEM)
    settings.SECRET_KEY = "another key"
    outcome = carrying.carry(Inbox.objects.get(pk=sales.pk), b"x", envelope_from="", to="a@example.com")
    assert isinstance(outcome, Retry) and outcome.trouble == "sealed" and not server[1]


def test_aliases_are_ours_and_lead_to_their_mailbox(world, sales):
    sales.go_by(["B2B@handrail.test", "orders@handrail.test"], by=SYSTEM)
    assert keep.inbox_for("b2b+r-1-x@handrail.test") == sales
    assert keep.inbox_for("b2b@handrail.test") == keep.inbox_for("sales@handrail.test") == sales
    assert is_own("b2b+tag@handrail.test") and not is_own("b3b@handrail.test")
    with pytest.raises(AddressTaken):
        world.mail.go_by(["b2b@handrail.test"], by=SYSTEM)
    with pytest.raises(AddressTaken):
        Inbox.open_mailbox(
            "orders@handrail.test", brand=world.brand, name="x", team=None, locale="ko", by=SYSTEM
        )
    with pytest.raises(NoAddress):
        sales.go_by(["a+b@handrail.test"], by=SYSTEM)
    sales.go_by([], by=SYSTEM)
    assert keep.inbox_for("b2b@handrail.test") is None


def test_while_a_mailbox_rests_its_replies_wait_and_leave_once_afterwards(world, sales):
    sales.pause(by=SYSTEM)
    assert answered_from(world, sales) == "queued"
    assert jobs.deliver_what_was_left.func() == 0
    assert Inbox.objects.mail_for(world.brand) == world.mail
    Inbox.objects.get(pk=sales.pk).resume(by=SYSTEM)
    assert jobs.deliver_what_was_left.func() == 1
    world.settle()
    world.settle()
    mails = [each.message() for each in django_mail.outbox if "sales@" in each.message()["From"]]
    assert len([mail for mail in mails if not mail["Auto-Submitted"]]) == 1
