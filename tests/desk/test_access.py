"""Who reaches what. A marked word stands in every note; it must not leave the desk."""

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from handrail.accounts.models import Role, Team, User
from handrail.channels.models import Inbox
from handrail.core.actors import SYSTEM
from handrail.web.viewer import PERSON_KEY
from tests.desk.conftest import signed_in

MARK = "비밀메모문구"


def addresses(number, message=1, delivery=1, attachment=1, job=1, raw=1, spaces=("desk", "console")):
    """Every address of desk and console, with its method."""
    mailbox = Inbox.objects.filter(kind="mail").first()
    domain = mailbox.address.rpartition("@")[2]
    values = {"number": number, "name": "all", "locale": "ko", "domain": domain}
    pks = {"body": message, "resend": delivery, "file": attachment, "retry": job, "release": raw, "raw": raw}
    found = []
    for space in spaces:
        resolver = next(r for r in get_resolver().url_patterns if getattr(r, "namespace", None) == space)
        for pattern in resolver.url_patterns:
            kwargs = {
                key: pks.get(pattern.name, 1)
                if key == "pk"
                else (mailbox.pk if key == "id" and "mailbox" in pattern.name else values.get(key, 1))
                for key in pattern.pattern.converters
            }
            found.append(reverse(f"{space}:{pattern.name}", kwargs=kwargs))
    return found


@pytest.fixture
def conversation(world):
    conversation = world.conversation()
    conversation.note(MARK, by=world.agent)
    return conversation


@pytest.fixture
def customer(world, conversation):
    client = Client()
    session = client.session
    session[PERSON_KEY] = {"id": conversation.requester_id, "assurance": 2, "at": 4102444800.0}
    session.save()
    return client


def test_mailboxes_and_mail_domains_are_among_them(world):
    found = addresses(1)
    assert "/console/mail-domains/handrail.test" in found
    assert f"/console/mailboxes/{world.mail.pk}/consent" in found


def test_every_address_names_its_policy():
    for space in ("desk", "console"):
        resolver = next(r for r in get_resolver().url_patterns if getattr(r, "namespace", None) == space)
        for pattern in resolver.url_patterns:
            assert getattr(pattern.callback, "policy", "public") != "public", pattern.name


@pytest.mark.parametrize("who", ["stranger", "customer", "signed-up customer"])
def test_nobody_outside_reaches_any_address(world, conversation, customer, who):
    account = User.objects.create_user("c@example.com", "a-long-password", name="고객")
    client = {"stranger": Client(), "customer": customer, "signed-up customer": signed_in(account)}[who]
    for path in addresses(conversation.number):
        seen = client.get(path)
        assert seen.status_code in {302, 404}, path
        if seen.status_code == 302:
            assert seen["Location"].startswith(
                "/hc/ko/requests?" if who == "signed-up customer" else "/accounts/login/"
            ), path
        assert client.post(path).status_code in {403, 404}, path
    assert conversation.messages.count() == 1


def test_an_author_reaches_no_conversation(world, conversation):
    author = signed_in(world.staff("author@handrail.test", "윤작가", Role.AUTHOR))
    own = {"/desk/", "/desk/profile", "/desk/counts", "/desk/notices", "/desk/notices/choices"}
    for path in addresses(conversation.number, spaces=("desk",)):
        if path in {"/desk/notices/read", "/desk/push"}:
            continue  # forms about what they are told of themselves
        status = author.get(path).status_code
        assert status == (200 if path in own else 404), path
    assert author.get("/desk/counts").json()["counts"] == {}
    assert MARK not in author.get("/desk/").content.decode()


@pytest.mark.parametrize("path", ["/desk/conversations/987654", "/desk/nowhere", "/console/nowhere"])
def test_a_colleague_at_an_address_with_nothing_stays_at_the_desk_and_in_their_language(world, path):
    world.agent.locale = "en"
    world.agent.save()

    seen = signed_in(world.agent).get(path)

    assert seen.status_code == 404 and seen["Cache-Control"] == "no-store"
    assert "belong to a team that you are not in" in seen.content.decode()
    assert 'href="/desk/"' in seen.content.decode()
    assert "이 주소에는 아무것도 없어요" in Client().get("/hc/ko/nowhere").content.decode()


def test_a_page_of_another_role_says_whose_it_is_and_whom_to_ask(world):
    world.staff("admin@handrail.test", "박운영", Role.ADMIN)
    manager = signed_in(world.staff("manager@handrail.test", "한관리", Role.MANAGER))
    hours = manager.get("/console/hours")
    assert hours.status_code == 404
    assert "볼 수 있는 역할은 관리자예요. 박운영 님에게 물어보세요." in hours.content.decode()
    assert 'href="/console/hours"' not in manager.get("/console/").content.decode()

    deleted = signed_in(world.agent).get("/desk/deleted").content.decode()
    assert "매니저, 관리자" in deleted and "박운영" in deleted
    # Whether something stands behind a number is not told.
    there, missing = (manager.get(f"/console/hours/{pk}").content for pk in (world.hours.pk, 987654))
    assert there == missing


def test_an_agent_outside_a_private_team_gets_404_everywhere(world, conversation):
    hr = Team.objects.create(slug="hr", name_ko="인사팀", name_en="HR", is_private=True)
    message = conversation.reply("비공개 답", by=world.agent)
    delivery = message.deliveries.get()
    delivery.failed("x", by=SYSTEM)
    conversation.hand_to_team(hr, by=SYSTEM)
    manager = signed_in(world.staff("manager@handrail.test", "한관리", Role.MANAGER))
    for client in (signed_in(world.agent), manager):
        for path in addresses(conversation.number, message=message.pk, delivery=delivery.pk):
            if f"/{conversation.number}" in path or "/messages/" in path or "/deliveries/" in path:
                assert client.get(path).status_code in {404, 405}, path
                assert client.post(path, {"text": "x", "status": "solved"}).status_code in {404, 405}, path
        for path in (
            "/desk/views/all/",
            f"/desk/search?query=%23{conversation.number}",
            "/desk/search?query=환불",
        ):
            assert f"#{conversation.number}<" not in client.get(path).content.decode()
        assert client.get("/desk/counts").json()["counts"]["all"] == "0"
    conversation.refresh_from_db()
    assert conversation.status != "solved"


def test_a_member_of_the_private_team_sees_it(world, conversation):
    hr = Team.objects.create(slug="hr", name_ko="인사팀", name_en="HR", is_private=True)
    hr.add(world.agent, by=SYSTEM)
    conversation.hand_to_team(hr, by=SYSTEM)
    assert signed_in(world.agent).get(f"/desk/conversations/{conversation.number}").status_code == 200


def test_a_note_is_in_the_desk_and_in_no_mail(world, conversation):
    text = signed_in(world.agent).get(f"/desk/conversations/{conversation.number}").content.decode()
    assert MARK in text
    message = conversation.reply("답이에요", by=world.agent)
    world.settle()
    from django.core import mail

    for letter in mail.outbox:
        assert MARK not in letter.message().as_string()
    assert MARK not in message.text + message.html + message.quoted


def test_a_get_changes_nothing(world, conversation):
    client = signed_in(world.staff("admin@handrail.test", "박운영", Role.ADMIN))
    before = (conversation.status, conversation.assignee_id, conversation.last_seq)
    for path in addresses(conversation.number):
        client.get(path)
    conversation.refresh_from_db()
    assert (conversation.status, conversation.assignee_id, conversation.last_seq) == before


def test_pages_of_the_desk_are_kept_by_no_browser(world, conversation):
    client = signed_in(world.agent)
    for path in ("/desk/", f"/desk/conversations/{conversation.number}", "/desk/counts"):
        assert client.get(path)["Cache-Control"] == "no-store"


def test_a_post_without_its_token_is_refused(world, conversation):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.agent, backend="django.contrib.auth.backends.ModelBackend")
    path = f"/desk/conversations/{conversation.number}/messages"
    assert client.post(path, {"text": "x"}).status_code == 403


def test_a_signed_in_customer_is_sent_to_their_requests_and_never_round_in_circles(world):
    account = User.objects.create_user("minji@example.com", "a-long-password", name="김민지")
    browser = signed_in(account)

    for start in ("/desk/", "/accounts/login/", "/accounts/login/?next=/desk/", "/console/"):
        answer = browser.get(start, follow=True)
        assert answer.status_code == 200 and answer.request["PATH_INFO"] == "/hc/ko/requests", start
    assert "동료를 위한 곳" in browser.get("/desk/", follow=True).content.decode()


@pytest.mark.parametrize(("role", "place"), [("author", "/console/tasks"), ("agent", "/desk/")])
def test_everybody_lands_where_they_work(world, role, place):
    colleague = world.staff(f"{role}@works.test", "동료", role)

    assert signed_in(colleague).get("/accounts/login/", follow=True).request["PATH_INFO"] == place


def test_only_those_who_read_conversations_can_be_given_one(world, desk, conversation):
    author = world.staff("author@works.test", "윤작가", Role.AUTHOR)

    assert "윤작가" not in desk.get(f"/desk/conversations/{conversation.number}").content.decode()
    assert "윤작가" not in desk.get("/desk/new").content.decode()
    refused = desk.post(f"/desk/conversations/{conversation.number}/assignment", {"assignee": author.pk})
    assert refused.status_code == 404
