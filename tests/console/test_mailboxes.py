"""How mails from a mailbox look, as an administrator sets it."""

from django.test import Client
from django.urls import reverse

from handrail.accounts.models import Role
from handrail.channels.models import Inbox, Sending
from handrail.core.events.models import Event
from tests.mail.servers import free_port


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


def test_a_new_mailbox_is_opened_placed_paused_and_resumed(world):
    admin = browser(world.staff("admin@handrail.test", "박운영", Role.ADMIN))
    said = {"address": "Sales@handrail.test", "name": "영업", "brand": world.brand.pk, "team": world.team.pk}
    assert admin.post(reverse("console:mailboxes"), said).status_code == 302
    sales = Inbox.objects.get(address="sales@handrail.test")
    assert (sales.team, sales.name) == (world.team, "영업")
    assert admin.get(reverse("console:mailbox", args=[sales.pk])).status_code == 200

    placed = {"aliases": "b2b@handrail.test\norders@handrail.test", "owner": world.agent.pk, "team": ""}
    assert admin.post(reverse("console:mailbox-place", args=[sales.pk]), placed).status_code == 302
    sales.refresh_from_db()
    assert (sales.team, sales.owner, sales.aliases.count()) == (None, world.agent, 2)
    names = {"inbox": sales.pk, "name": "영업", "sender_ko": "온결 영업팀", "sender_en": "Ongyeol Sales"}
    admin.post(reverse("console:mailbox-keep"), names)
    sales.refresh_from_db()
    assert sales.sender_name("en") == "Ongyeol Sales"
    for act, rests in (("pause", True), ("resume", False)):
        admin.post(reverse("console:mailbox-rest", args=[sales.pk]), {act: "1"})
        sales.refresh_from_db()
        assert sales.is_paused is rests


def test_an_address_that_is_none_or_taken_is_refused_in_words(world):
    admin = browser(world.staff("admin@handrail.test", "박운영", Role.ADMIN))
    for address in ("nothing", "help+x@handrail.test", "help@handrail.test"):
        answer = admin.post(
            reverse("console:mailboxes"), {"address": address, "name": "x", "brand": world.brand.pk}
        )
        assert answer.status_code == 422 and address in answer.content.decode()
    other = world.brand.inboxes.create(kind="mail", address="b@handrail.test", name="b")
    place = reverse("console:mailbox-place", args=[other.pk])
    answer = admin.post(place, {"aliases": "help@handrail.test"})
    assert answer.status_code == 422 and "help@handrail.test" in answer.content.decode()


def test_a_server_is_tried_kept_and_its_password_never_shown(world, settings):
    admin = browser(world.staff("admin@handrail.test", "박운영", Role.ADMIN))
    url = reverse("console:mailbox-outgoing", args=[world.mail.pk])
    port = free_port()
    settings.FETCH_INTERNAL = [f"127.0.0.1:{port}"]
    said = {"host": "127.0.0.1", "port": port, "tls": "none", "sign_in": "password", "user": "help"}
    secret = "sesame-open-7261"
    tried = admin.post(url, said | {"secret": secret, "test": "1"}).content.decode()
    assert "포트" in tried and "127.0.0.1" in tried and secret not in tried
    assert not Sending.objects.exists()
    assert admin.post(url, said | {"secret": secret, "keep": "1"}).status_code == 302
    page = admin.get(reverse("console:mailbox", args=[world.mail.pk])).content.decode()
    assert secret not in page and Sending.objects.get().sealed_secret not in page
    moved = admin.post(url, said | {"host": "evil.example", "keep": "1"})
    assert moved.status_code == 422 and Sending.objects.get().host == "127.0.0.1"
    for wrong in (
        {"port": "0"},
        {"port": "x"},
        {"host": "a b"},
        {"host": ""},
        {"tls": "maybe"},
        {"user": ""},
    ):
        assert admin.post(url, said | wrong | {"keep": "1"}).status_code == 422
    assert admin.post(url, {"site": "1"}).status_code == 302 and not Sending.objects.exists()
