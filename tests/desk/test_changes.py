import pytest

from handrail.accounts.models import Role, Team
from handrail.accounts.viewer import Viewer
from handrail.channels.models import Inbox
from handrail.conversations import search
from handrail.conversations.activity import history
from handrail.conversations.conversation import Conversation
from handrail.conversations.opening import open_conversation
from handrail.core import clock
from handrail.core.actors import SYSTEM
from handrail.web.viewer import _guest
from tests.desk.conftest import signed_in


@pytest.fixture
def conversation(world):
    return world.conversation()


@pytest.fixture
def press(desk, conversation):
    """press("status", status="pending") -> the answer; the conversation is read again."""

    def pressed(what, client=desk, **fields):
        response = client.post(f"/desk/conversations/{conversation.number}/{what}", fields)
        conversation.refresh_from_db()
        return response

    return pressed


def test_it_can_be_taken_given_and_put_back(world, conversation, press):
    colleague = world.staff("two@handrail.test", "정해결", Role.AGENT)
    press("assignment", assignee="me")
    assert conversation.assignee == world.agent
    press("assignment", assignee=str(colleague.pk))
    assert conversation.assignee == colleague
    press("assignment", assignee="")
    assert conversation.assignee is None


def test_it_cannot_be_given_to_a_customer_or_to_nobody_we_know(world, conversation, press):
    from handrail.accounts.models import User

    customer = User.objects.create_user("c@example.com", "a-long-password", name="고객")
    assert press("assignment", assignee=str(customer.pk)).status_code == 404
    assert press("assignment", assignee="999999").status_code == 404
    assert conversation.assignee is None


def test_team_status_priority_subject_and_tags_change(world, conversation, press):
    tech = Team.objects.create(slug="tech", name_ko="기술팀", name_en="Tech")
    press("team", team=str(tech.pk))
    press("status", status="on_hold")
    press("priority", priority="urgent")
    press("subject", subject="새 제목")
    press("tags", add="VIP, 환불")
    assert (conversation.team, conversation.status, conversation.priority) == (tech, "on_hold", "urgent")
    assert conversation.subject == "새 제목"
    assert list(conversation.tags.values_list("name", flat=True)) == ["vip", "환불"]
    press("tags", remove="vip")
    assert list(conversation.tags.values_list("name", flat=True)) == ["환불"]


@pytest.mark.parametrize(
    ("what", "fields"),
    [("status", {"status": "x"}), ("priority", {"priority": ""}), ("team", {"team": "99999"})],
)
def test_a_value_nobody_offered_changes_nothing(conversation, press, what, fields):
    before = conversation.updated_at
    assert press(what, **fields).status_code == 404
    assert conversation.updated_at == before


def test_a_closed_conversation_stays_closed(world, conversation, press):
    conversation.set_status("closed", by=world.agent)
    response = press("status", status="open")
    assert response.status_code == 422
    assert conversation.status == "closed"


def test_somebody_in_copy_gets_replies_until_they_are_removed(world, conversation, press):
    press("participants", add="Boss@Example.com")
    copied = conversation.participants.get(role="copied")
    reply = conversation.reply("둘 다 받아요", by=world.agent)
    assert {d.endpoint.address for d in reply.deliveries.all()} == {"minji@example.com", "boss@example.com"}
    press("participants", remove=str(copied.person_id))
    reply = conversation.reply("한 명만", by=world.agent)
    assert {d.endpoint.address for d in reply.deliveries.all()} == {"minji@example.com"}
    press("participants", add="boss@example.com")
    reply = conversation.reply("다시 둘", by=world.agent)
    assert len(reply.deliveries.all()) == 2


def test_what_is_no_address_is_said_so(conversation, press):
    response = press("participants", add="내일 연락")
    assert response.status_code == 422
    assert "메일 주소가 아니에요" in response.content.decode()


def test_agents_merge_and_authors_do_not(world, conversation, press):
    other = world.conversation()
    author = world.staff("author@handrail.test", "글쓴이", Role.AUTHOR)
    assert press("merge", client=signed_in(author), into=str(other.number)).status_code == 404
    press("merge", into=f"#{other.number}")
    assert conversation.merged_into == other


def test_a_conversation_is_not_merged_into_itself_and_that_is_the_reason_given(conversation, press):
    response = press("merge", into=f"#{conversation.number}")

    assert response.status_code == 422
    assert "지금 보고 있는 문의의 번호예요" in response.content.decode()


def test_conversations_of_two_people_are_not_merged(world, manager, conversation, press):
    other = world.conversation(world.person("x@example.com", "박준"))
    response = press("merge", client=signed_in(manager), into=str(other.number))
    assert response.status_code == 422
    assert "요청자가 다르거나" in response.content.decode()
    assert conversation.merged_into is None


def test_who_takes_late_takes_it_from_nobody_silently(world, conversation, press, desk):
    colleague = signed_in(two := world.staff("two@handrail.test", "정해결", Role.AGENT))
    page = f"/desk/conversations/{conversation.number}"
    assert desk.get(page).content.decode().count('name="seen_assignee" value=""') == 2
    press("assignment", client=colleague, assignee="me", seen_assignee="")

    late = press("assignment", assignee="me", seen_assignee="")
    assert late.status_code == 422 and "정해결" in late.content.decode()
    assert conversation.assignee == two
    assert f'name="seen_assignee" value="{two.pk}"' in late.content.decode(), (
        "the same press once more is on purpose"
    )

    press("assignment", assignee="me", seen_assignee=two.pk)
    assert conversation.assignee == world.agent
    given = press("assignment", client=colleague, assignee="", seen_assignee=two.pk)
    assert given.status_code == 422 and conversation.assignee == world.agent
    assert press("assignment", assignee="me", seen_assignee="").status_code == 302, "it is theirs already"
    press("assignment", assignee="", seen_assignee=world.agent.pk)
    back = press("assignment", client=colleague, assignee=two.pk, seen_assignee=world.agent.pk)
    assert back.status_code == 422 and conversation.assignee is None


def test_a_private_teams_conversation_goes_only_to_its_members(world, conversation, desk):
    hr = Team.objects.create(slug="hr", name_ko="인사팀", name_en="HR", is_private=True)
    hr.add(world.agent, by=SYSTEM)
    outsider = world.staff("two@handrail.test", "정해결", Role.AGENT)
    conversation.hand_to_team(hr, by=SYSTEM)
    response = desk.post(f"/desk/conversations/{conversation.number}/assignment", {"assignee": outsider.pk})
    conversation.refresh_from_db()
    assert response.status_code == 422
    assert conversation.assignee is None


def test_a_conversation_opened_for_a_customer_names_all_four(world, desk):
    colleague = world.staff("two@handrail.test", "정해결", Role.AGENT)
    response = desk.post(
        "/desk/new",
        {
            "requester": "phone@example.com",
            "name": "전화고객",
            "subject": "전화 문의",
            "channel": "phone",
            "first": "theirs",
            "text": "충전이 안 된대요",
            "assignee": colleague.pk,
            "team": world.team.pk,
            "priority": "high",
        },
    )
    opened = Conversation.objects.get()
    assert response["Location"] == f"/desk/conversations/{opened.number}"
    assert opened.requester.name == "전화고객"
    assert (opened.submitter_kind, opened.submitter_id) == ("staff", world.agent.pk)
    assert (opened.assignee, opened.team, opened.channel, opened.priority) == (
        colleague,
        world.team,
        "phone",
        "high",
    )
    assert opened.messages.get().direction == "in"


def test_a_first_message_of_ours_goes_out_by_mail(world, desk):
    desk.post(
        "/desk/new",
        {
            "requester": "a@example.com",
            "subject": "안내",
            "channel": "mail",
            "first": "ours",
            "text": "안녕하세요",
            "priority": "normal",
        },
    )
    assert Conversation.objects.get().messages.get().deliveries.get().endpoint.address == "a@example.com"


def test_a_form_with_a_mistake_keeps_what_was_written(world, desk):
    response = desk.post(
        "/desk/new", {"requester": "not an address", "subject": "제목이에요", "text": "내용"}
    )
    assert response.status_code == 422
    assert "제목이에요" in response.content.decode()
    assert not Conversation.objects.exists()


def test_a_follow_up_names_what_it_follows(world, desk, conversation):
    text = desk.get(f"/desk/new?follows={conversation.number}").content.decode()
    assert "minji@example.com" in text
    desk.post(
        "/desk/new",
        {
            "requester": "minji@example.com",
            "subject": "이어서",
            "channel": "mail",
            "first": "ours",
            "text": "또 연락드려요",
            "priority": "normal",
            "follows": conversation.number,
        },
    )
    assert Conversation.objects.get(subject="이어서").follows == conversation


def test_the_profile_is_kept_and_shown(world, desk):
    fields = {
        "name": "이새이름",
        "locale": "en",
        "zone": "Europe/London",
        "theme": "dark",
        "writes_first": "note",
    }
    assert desk.post("/desk/profile", fields).status_code == 302
    world.agent.refresh_from_db()
    assert {key: getattr(world.agent, key) for key in fields} == fields
    text = desk.get("/desk/profile").content.decode()
    assert 'data-theme="dark"' in text
    assert "Time zone" in text
    assert "Kept." in text and "Kept." not in desk.get("/desk/profile").content.decode(), "said once"
    assert desk.post("/desk/profile", fields | {"zone": "Mars/Base"}).status_code == 422


def test_it_moves_to_the_right_person_who_gains_it_and_the_former_loses_it(world, conversation, press):
    former = conversation.requester
    press("requester", address="boss@example.com", name="박대표")
    conversation.refresh_from_db()
    now = conversation.requester
    assert (now.email, now.name) == ("boss@example.com", "박대표")

    def sees(person):
        viewer = Viewer(person_id=person.pk, assurance=2)
        return Conversation.objects.visible_to(viewer).filter(pk=conversation.pk).exists()

    assert sees(now) and not sees(former)
    guest = {"person": former.pk, "number": conversation.pk, "at": clock.now().timestamp()}
    assert _guest(guest) is None, "an old link opens nothing either"
    said = conversation.reply("이제 대표님께 답해요", by=world.agent)
    assert [row.endpoint.address for row in said.deliveries.all()] == ["boss@example.com"]
    told = " ".join(each.text + each.old + each.new for each in history(conversation, locale="ko"))
    assert "김민지" in told and "박대표" in told
    assert conversation.number in [row.number for row in search.find("박대표", viewer=world.viewer()).rows]


def test_whoever_was_in_copy_can_become_the_requester_and_the_former_can_come_back(
    world, conversation, press
):
    former = conversation.requester
    press("participants", add="boss@example.com")
    press("requester", address="boss@example.com")
    press("requester", address=former.email)
    conversation.refresh_from_db()
    assert conversation.requester == former
    assert conversation.participants.filter(role="requester", left_at=None).count() == 1


@pytest.mark.parametrize("address", ["", "박대표"])
def test_moving_it_needs_an_address(conversation, press, address):
    response = press("requester", address=address)
    assert response.status_code == 422
    assert "메일 주소가 아니에요" in response.content.decode()


@pytest.fixture
def at_sales(world):
    """A conversation that came to the second mailbox of its team."""
    sales = Inbox.objects.create(
        kind="mail", brand=world.brand, address="sales@handrail.test", name="sales", team=world.team
    )
    minji = world.person()
    conversation = open_conversation(sales, requester=minji, by=minji, address=minji.email)
    conversation.receive("견적 주세요", by=minji, endpoint=conversation.endpoints.get())
    return conversation


def test_whoever_is_added_or_asks_from_now_on_is_answered_from_the_mailbox_it_came_to(world, desk, at_sales):
    path = f"/desk/conversations/{at_sales.number}"
    desk.post(f"{path}/participants", {"add": "boss@example.com"})
    desk.post(f"{path}/requester", {"address": "hana@example.com", "name": "하나"})
    message = Conversation.objects.get(pk=at_sales.pk).reply("견적이에요", by=world.agent)
    sent = {each.endpoint.address: each.endpoint.inbox.address for each in message.deliveries.all()}
    assert sent == {"boss@example.com": "sales@handrail.test", "hana@example.com": "sales@handrail.test"}


def test_a_mailbox_that_is_closed_by_now_gives_way_to_the_teams(world, desk, at_sales):
    Inbox.objects.filter(address="sales@handrail.test").update(is_active=False)
    assert Conversation.objects.get(pk=at_sales.pk).mailbox == world.mail
