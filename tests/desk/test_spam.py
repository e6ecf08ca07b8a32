"""Spam put away from the desk, and blocked senders in the console."""

from django.urls import reverse

from handrail.automation.runs import Run
from handrail.channels.blocking import block
from handrail.channels.models import BlockedSender
from handrail.conversations.activity import history
from handrail.conversations.conversation import Conversation
from tests.desk.conftest import signed_in


def test_an_agent_puts_spam_away_and_blocks_its_sender(world, desk):
    first, second = world.conversation(), world.conversation(world.person("b@example.com", "나"))
    assert desk.post(reverse("desk:spam", args=[first.pk])).status_code == 302
    assert not BlockedSender.objects.exists()
    assert desk.post(reverse("desk:spam", args=[second.pk]), {"block": "1"}).status_code == 302
    assert BlockedSender.objects.get().sender == "b@example.com"
    assert not Conversation.objects.visible_to(world.viewer()).exists()
    assert "스팸" in history(second, locale="ko")[-1].text


def test_a_visitor_without_an_address_cannot_be_blocked_and_stays(world, desk):
    from handrail.contacts.models import Person

    conversation = world.conversation()
    conversation.give_to(Person.objects.create(name=""), by=world.agent)
    answer = desk.post(reverse("desk:spam", args=[conversation.pk]), {"block": "1"})
    assert answer.status_code == 422 and "메일 주소가 없어" in answer.content.decode()
    assert Conversation.objects.visible_to(world.viewer()).filter(pk=conversation.pk).exists()


def test_an_administrator_blocks_and_lets_in_again_and_never_ourselves(world, admin):
    where = reverse("console:blocking")
    admin.post(where, {"sender": "@spam.example"})
    row = BlockedSender.objects.get()
    assert "@spam.example" in admin.get(reverse("console:inbound")).content.decode()
    for sender in ("help@handrail.test", "nonsense", ""):
        answer = admin.post(where, {"sender": sender})
        assert answer.status_code == 422 and "차단할 수 없어요" in answer.content.decode()
    admin.post(where, {"remove": row.pk})
    assert not BlockedSender.objects.exists()


def test_putting_spam_away_leads_back_to_the_list_one_came_from(world, desk):
    conversation = world.conversation()
    page = desk.get(reverse("desk:conversation", args=[conversation.pk]) + "?in=unassigned").content.decode()
    form = page[page.index(reverse("desk:spam", args=[conversation.pk])) :]
    assert 'name="in" value="unassigned"' in form[: form.index("</form>")]
    answer = desk.post(reverse("desk:spam", args=[conversation.pk]), {"in": "unassigned", "where": ""})
    assert answer.url == "/desk/views/unassigned/"


def test_spam_pressed_by_mistake_comes_back_by_one_press_and_its_sender_too(world, desk):
    conversation = world.conversation()
    sent = {"in": "unassigned", "where": "", "block": "1"}
    there = desk.post(reverse("desk:spam", args=[conversation.pk]), sent).url
    run = Run.objects.get()
    assert reverse("desk:run-undo", args=[run.pk]) in desk.get(there).content.decode()
    assert reverse("desk:run-undo", args=[run.pk]) not in desk.get(there).content.decode()
    desk.post(reverse("desk:run-undo", args=[run.pk]), {"back": there})
    assert Conversation.objects.visible_to(world.viewer()).get() == conversation
    assert not BlockedSender.objects.exists()


def test_the_deleted_list_tells_spam_and_restoring_it_lets_its_sender_write_again(world, desk, manager):
    spam, deleted = world.conversation(world.person("b@example.com", "나")), world.conversation()
    desk.post(reverse("desk:spam", args=[spam.pk]), {"block": "1"})
    deleted.delete_for_now(by=manager)
    browser = signed_in(manager)

    shown = browser.get(reverse("desk:deleted")).content.decode()
    rows = {number: shown.split(f"#{number}")[0].rpartition("<li")[2] for number in (spam.pk, deleted.pk)}
    assert "스팸" in rows[spam.pk] and "스팸" not in rows[deleted.pk]
    assert "되살리면 함께 차단한 b@example.com도 다시 쓸 수 있어요." in shown

    browser.post(reverse("desk:restore", args=[spam.pk]))
    assert Conversation.objects.visible_to(world.viewer()).get() == spam
    assert not BlockedSender.objects.exists()
    assert "보낸 사람도 다시 쓸 수 있어요" in history(spam, locale="ko")[-1].text


def test_restoring_unblocks_nobody_who_was_blocked_otherwise(world, desk, manager):
    first, second = (world.conversation(text=text) for text in ("하나", "둘"))
    block(first.requester.email, by=manager)
    for each in (first, second):
        desk.post(reverse("desk:spam", args=[each.pk]), {"block": "1"})
    browser = signed_in(manager)
    assert "다시 쓸 수 있어요" not in browser.get(reverse("desk:deleted")).content.decode()
    browser.post(reverse("desk:restore", args=[first.pk]))
    assert BlockedSender.objects.exists()
