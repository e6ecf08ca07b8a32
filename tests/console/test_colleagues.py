"""Colleagues in the console: added, given a role and teams, gone and back again."""

from __future__ import annotations

import re
from email import message_from_bytes, policy

import pytest
from django.core import mail
from django.test import Client

from handrail.accounts.colleagues import IsColleague, LastAdministrator, give_role, let_go, welcome
from handrail.accounts.models import Role, Team, Token, User
from handrail.contacts.accounts import give_password
from handrail.core import bus
from handrail.core.actors import SYSTEM
from handrail.core.events.models import Event
from handrail.core.jobs.models import Job
from handrail.core.jobs.worker import drain
from tests.desk.conftest import signed_in

NEW = {"name": "정하늘", "email": "Sky@Handrail.test ", "role": "agent", "locale": "ko"}


@pytest.fixture
def boss(world) -> User:
    return world.staff("boss@handrail.test", "박운영", Role.ADMIN)


@pytest.fixture
def admin(boss) -> Client:
    return signed_in(boss)


def told() -> str:
    letter = message_from_bytes(mail.outbox[-1].message().as_bytes(), policy=policy.default)
    return f"{letter['Subject']}\n{letter.get_body(('plain',)).get_content()}"


def choose_password(text: str, password: str) -> None:
    path = re.search(r"https?://[^/\s]+(/accounts/password/reset/\S+)", text)[1]
    browser = Client()
    page = browser.get(path, follow=True)
    sent = browser.post(page.request["PATH_INFO"], {"password1": password, "password2": password})
    assert sent.status_code == 302


@pytest.mark.parametrize(
    ("locale", "words"),
    [("ko", "동료로 등록되었어요"), ("en", "You are a colleague at the desk of Ongyeol now")],
)
def test_a_new_colleague_gets_a_link_chooses_a_password_and_is_in(world, admin, locale, words):
    admin.post("/console/colleagues", NEW | {"teams": [world.team.pk], "locale": locale})
    drain()

    user = User.objects.get(email="sky@handrail.test")
    assert (user.role, user.locale, user.has_usable_password()) == ("agent", locale, False)
    assert list(user.teams.all()) == [world.team]
    assert words in told()
    secret = re.search(r"/reset/key/([^/]+)/", told())[1]
    assert secret not in str(list(Job.objects.values()))
    choose_password(told(), "a-quiet-harbour-7")
    browser = Client()
    browser.post("/accounts/login/", {"login": "sky@handrail.test", "password": "a-quiet-harbour-7"})
    assert browser.get("/desk/").status_code == 200
    verbs = Event.objects.filter(verb__in=["colleague.welcomed", "team.joined"]).order_by("-pk")[:2]
    assert {event.verb for event in verbs} == {"colleague.welcomed", "team.joined"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": " "}, "이름을 80자까지"),
        ({"email": "no address"}, "메일 주소가 아니에요"),
        ({"email": "help@handrail.test"}, "help@handrail.test"),
        ({"email": "noreply@example.com"}, "noreply@example.com"),
        ({"role": ""}, "역할을 골라 주세요"),
        ({"role": "king"}, "역할을 골라 주세요"),
        ({"locale": "xx"}, "언어를 골라 주세요"),
        ({"email": "agent@handrail.test"}, "이미"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(world, admin, wrong, said):
    answer = admin.post("/console/colleagues", NEW | {"name": "정 하늘"} | wrong)

    html = answer.content.decode()
    assert answer.status_code == 422 and said in html
    assert "name" in wrong or 'value="정 하늘"' in html
    assert not User.objects.filter(email__startswith="sky").exists()


def test_without_a_mailbox_nobody_is_added(world, admin):
    world.mail.is_active = False
    world.mail.save()

    assert "메일함" in admin.post("/console/colleagues", NEW).content.decode()
    assert not User.objects.filter(email="sky@handrail.test").exists()


def test_a_customers_account_becomes_the_colleagues_and_its_password_ends(world, boss):
    minji = world.person("minji@example.com", "김민지", assurance=2)
    account = give_password(minji, "a-long-password", by=SYSTEM)
    customer = Client()
    customer.force_login(account, backend="django.contrib.auth.backends.ModelBackend")

    user = welcome("minji@example.com", name="김민지", role=Role.AGENT, locale="ko", by=boss)

    assert user.pk == account.pk and not user.has_usable_password()
    assert customer.get("/desk/").status_code == 302
    with pytest.raises(IsColleague):
        welcome("Minji@example.com", name="x", role=Role.ADMIN, locale="ko", by=boss)


def test_role_and_teams_are_changed_and_what_is_hidden_from_the_administrator_stays(world, admin):
    private = Team.objects.create(slug="hr", name_ko="인사팀", name_en="HR", is_private=True)
    private.add(world.agent, by=SYSTEM)
    orders = Team.make(name_ko="주문팀", name_en="Orders", is_private=False, by=world.agent)

    page = admin.get(f"/console/colleagues/{world.agent.pk}").content.decode()
    admin.post(f"/console/colleagues/{world.agent.pk}", {"role": "manager", "teams": [orders.pk, private.pk]})

    world.agent.refresh_from_db()
    assert world.agent.role == "manager"
    assert set(world.agent.teams.all()) == {orders, private}
    assert "인사팀" not in page


def test_who_left_is_signed_out_everywhere_and_keeps_their_conversations(world, admin):
    conversation = world.conversation()
    conversation.assign(to=world.agent, by=world.agent)
    _token, secret = Token.issue(world.agent, name="t", scopes=["conversations.read"], by=world.agent)
    desk = signed_in(world.agent)
    assert desk.get("/desk/").status_code == 200

    admin.post(f"/console/colleagues/{world.agent.pk}/leave")

    assert desk.get("/desk/").status_code == 302
    assert Token.of(secret) is None
    conversation.refresh_from_db()
    assert conversation.assignee == world.agent
    page = admin.get(f"/console/colleagues/{world.agent.pk}").content.decode()
    found = admin.get(re.search(r'href="(/desk/search\?query=[^"]+)"', page)[1]).content.decode()
    assert f"/desk/conversations/{conversation.pk}" in found
    assert world.agent not in User.objects.staff()


@pytest.mark.parametrize(
    "act",
    [
        lambda user, team, by: let_go(user, by=by),
        lambda user, team, by: give_role(user, Role.AUTHOR, by=by),
        lambda user, team, by: team.drop(user, by=by),
    ],
)
def test_what_they_hear_ends_with_the_right_to_hear_it(world, boss, monkeypatch, act):
    sent = []
    monkeypatch.setattr(bus, "publish", lambda topic, **data: sent.append((topic, data)))

    act(world.agent, world.team, by=boss)

    assert ("revoke", {"viewer": f"staff:{world.agent.pk}", "channels": []}) in sent


def test_who_comes_back_chooses_a_new_password_and_old_sessions_stay_shut(world, admin):
    desk = signed_in(world.agent)
    admin.post(f"/console/colleagues/{world.agent.pk}/leave")
    assert admin.post(f"/console/colleagues/{world.agent.pk}/link").status_code == 422

    admin.post(f"/console/colleagues/{world.agent.pk}/return")
    drain()

    assert desk.get("/desk/").status_code == 302
    choose_password(told(), "a-quiet-harbour-8")
    world.agent.refresh_from_db()
    assert world.agent.check_password("a-quiet-harbour-8")


def test_the_link_is_sent_again_and_who_has_a_password_gets_one_for_a_new_one(world, admin):
    admin.post("/console/colleagues", NEW)
    sky = User.objects.get(email="sky@handrail.test")
    drain()
    admin.post(f"/console/colleagues/{sky.pk}/link")
    drain()
    assert len(mail.outbox) == 2 and "동료로 등록되었어요" in told()

    admin.post(f"/console/colleagues/{world.agent.pk}/link")
    drain()
    assert "새 비밀번호를 정해 주세요" in told()


def test_nobody_shuts_themselves_out(world, boss, admin):
    world.staff("second@handrail.test", "둘째", Role.ADMIN)

    for path, sent in (("leave", {}), ("", {"role": "agent"})):
        answer = admin.post(f"/console/colleagues/{boss.pk}/{path}".rstrip("/"), sent)
        assert answer.status_code == 422 and "다른 관리자" in answer.content.decode()
    boss.refresh_from_db()
    assert boss.is_active and boss.role == "admin"


@pytest.mark.parametrize("act", [let_go, lambda user, by: give_role(user, Role.AGENT, by=by)])
def test_the_last_administrator_stays_whoever_asks(boss, act):
    with pytest.raises(LastAdministrator):
        act(boss, by=SYSTEM)


def test_the_last_of_a_private_team_stays_in_it(world, boss, admin):
    private = Team.make(name_ko="인사팀", name_en="HR", is_private=True, by=boss)

    answer = admin.post(f"/console/colleagues/{boss.pk}", {"teams": [world.team.pk]})

    assert answer.status_code == 422
    assert list(private.members.all()) == [boss]


def test_the_last_of_a_private_team_is_not_let_go(world, admin):
    Team.objects.create(slug="hr", name_ko="인사팀", name_en="HR", is_private=True).add(
        world.agent, by=SYSTEM
    )

    answer = admin.post(f"/console/colleagues/{world.agent.pk}/leave")

    world.agent.refresh_from_db()
    assert answer.status_code == 422 and world.agent.is_active


def test_a_customer_is_no_colleague(world, admin):
    minji = give_password(world.person("m@example.com", assurance=2), "a-long-password", by=SYSTEM)

    for path in ("", "/leave", "/return", "/link"):
        assert admin.post(f"/console/colleagues/{minji.pk}{path}", {"role": "admin"}).status_code == 404
    assert admin.get(f"/console/colleagues/{1 << 70}").status_code == 404


@pytest.mark.parametrize("role", [Role.AGENT, Role.AUTHOR, Role.REVIEWER, Role.MANAGER])
@pytest.mark.parametrize("path", ["colleagues", "teams", "hours", "hours/new"])
def test_only_administrators_come_here(world, role, path):
    client = signed_in(world.staff(f"{role}-two@handrail.test", "아무개", role))

    assert client.get(f"/console/{path}").status_code == 404
    assert client.post(f"/console/{path}", NEW).status_code == 404


def test_a_team_is_made_renamed_shut_and_given_hours(world, boss, admin):
    admin.post("/console/teams", {"name_ko": "주문팀", "name_en": "Orders", "hours": world.hours.pk})
    team = Team.objects.get(slug="orders")
    assert (team.hours, team.is_private) == (world.hours, False)

    stamp = world.brand.content_stamp
    sent = {"team": team.pk, "name_ko": "배송팀", "name_en": "Shipping", "hours": "", "private": "1"}
    admin.post("/console/teams/keep", sent)

    team.refresh_from_db()
    world.brand.refresh_from_db()
    assert (team.name_ko, team.name_en, team.hours, team.is_private) == ("배송팀", "Shipping", None, True)
    assert list(team.members.all()) == [boss], "whoever shuts it is in it"
    assert world.brand.content_stamp > stamp
    assert admin.post("/console/teams", {"name_ko": "", "name_en": "x"}).status_code == 422
    assert admin.post("/console/teams", {"name_ko": "둘", "name_en": "Orders"}).status_code == 302
    assert Team.objects.filter(slug="orders-2").exists()
