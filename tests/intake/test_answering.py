"""A mail that is sure to ask a frequent question gets its template; any other goes to the queue with the template beside it."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from django.core import mail as outbox
from django.test import Client

from handrail.accounts.models import Role
from handrail.answers.asks import Ask
from handrail.answers.thresholds import Threshold
from handrail.automation.macros import Macro
from handrail.automation.template_answers import AlreadyTied, NotEverybodys, TemplateAnswer, tie
from handrail.channels.mail.keep import keep
from handrail.channels.mail.parsed import Envelope
from handrail.channels.models import Inbox
from handrail.conversations.conversation import Conversation
from handrail.conversations.messages import Message
from handrail.core import clock
from handrail.core.actors import SYSTEM
from handrail.core.events.models import Event
from handrail.intake.models import VOUCHED_AN_HOUR
from handrail.workspace.models import Brand
from tests.intake.arriving import mail
from tests.intake.test_agent_reply import HOP, vouched

TEXT = "{{고객}}, 안녕하세요. 주문 내역에서 [환불 신청]을 누르면 영업일 3일 안에 돌려드려요."
SURE = "환불 신청하는 방법이 궁금해요. 환불 신청하는 방법 알려 주세요."
LINK = re.compile(r"https?://[^/\s]+(/hc/ko/person/\S+)")


@pytest.fixture
def manager(world):
    return world.staff("manager@handrail.test", "한관리", Role.MANAGER)


@pytest.fixture
def template(help_centre, manager) -> Macro:
    """Everybody's, tied to the article about refunds; it goes by itself."""
    Threshold.put("mail", 0.95, by=SYSTEM)  # what comes with the product proves no more
    macro = Macro.make("환불 안내", by=manager, texts={"ko": TEXT}, is_shared=True)
    tie(macro, articles=[help_centre.articles["refund"].pk], by_itself=True, by=manager)
    return macro


@pytest.fixture
def arrive(world, settings):
    """A mail comes in, proved by its domain unless told otherwise, and everything in the background runs."""
    settings.MAIL_TRUSTED_HOP = HOP

    def go(
        text=SURE, *, subject="환불 신청하는 방법", proved=True, number=1, inbox=None, **more
    ) -> Conversation:
        inbox = inbox or world.mail
        body = mail(subject=subject, text=text, mid=f"{number}.ask@example.com", **more)
        body = vouched(body, "example.com") if proved else body
        keep(inbox, body, Envelope("minji@example.com", (inbox.address,)))
        world.settle()
        return Conversation.objects.order_by("-pk").first()

    return go


def automatic(conversation: Conversation) -> list[str]:
    return list(
        conversation.messages.filter(is_automatic=True, direction="out").values_list("text", flat=True)
    )


def is_answered(conversation: Conversation) -> bool:
    return any("영업일 3일 안에 돌려드려요" in text for text in automatic(conversation))


def panel(world, conversation: Conversation, user=None) -> str:
    client = Client()
    client.force_login(user or world.agent, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(f"/desk/conversations/{conversation.number}/suggestions").content.decode()


def test_a_sure_mail_gets_the_template_and_waits_for_the_customer(world, template, arrive, help_centre):
    conversation = arrive()

    (said,) = automatic(conversation)
    assert said.startswith("김민지 님, 안녕하세요.") and "환불 신청하는 방법" in said
    assert f"/articles/{help_centre.articles['refund'].pk}" in said and f"#{conversation.number}" in said
    assert conversation.status == "pending" and conversation.automatic_turns == 1
    message = conversation.messages.get(is_automatic=True)
    assert message.data["answer"]["article"] == help_centre.articles["refund"].pk
    asked = conversation.messages.get(direction="in")
    assert asked.data["acknowledged"] == "answered"
    shown = [each["article"] for each in conversation.tried if each["kind"] == "shown"]
    assert shown[0] == help_centre.articles["refund"].pk
    ask = Ask.objects.get(key=message.data["ask"])
    assert (ask.outcome, ask.channel) == ("answer", "mail")


def test_the_link_brings_a_person_who_knows_everything_and_looking_at_it_nothing(world, template, arrive):
    conversation = arrive()
    sent = outbox.outbox[-1].message()
    assert sent["Auto-Submitted"] == "auto-replied"
    path = LINK.search(sent.get_body(("plain",)).get_content())[1]
    stranger = Client()
    for _look in range(2):
        stranger.get(path)
    conversation.refresh_from_db()
    assert conversation.status == "pending" and not Event.objects.filter(verb="ask.refused").exists()

    stranger.post(path)
    world.settle()
    conversation.refresh_from_db()
    assert conversation.status == "open" and conversation.held_by == "people"
    assert conversation.messages.filter(direction="in", data__wants_person=True).count() == 1
    # What was sent by itself did not help: learned from once.
    stranger.post(path)
    assert Event.objects.filter(verb="ask.refused").count() == 1
    # And nothing more is said by itself.
    assert len(automatic(conversation)) == 1


@pytest.mark.parametrize("share", [0.97, 1.0])
def test_below_the_share_asked_for_it_goes_to_the_queue_with_the_template_beside_it(
    world, template, arrive, share
):
    """0.97 is asked of mail where nobody asks for anything, and nothing has proved it yet: the gate is shut."""
    Threshold.put("mail", share, by=SYSTEM, brand=world.brand)
    conversation = arrive()

    assert not is_answered(conversation) and len(automatic(conversation)) == 1
    assert conversation.status == "new"
    fragment = panel(world, conversation)
    assert "<kbd>0</kbd>" in fragment and 'data-insert="template"' in fragment
    row = json.loads(unescape(re.search(r'data-row="([^"]*)"', fragment)[1]))
    assert row["macro"] == template.pk and row["text"].startswith("김민지 님, 안녕하세요.")


def test_each_mailbox_has_the_share_asked_of_it_and_else_its_help_centres(world, template, arrive):
    Threshold.put("mail", 1.0, by=SYSTEM, brand=world.brand)
    other = Inbox.objects.create(
        kind="mail", brand=world.brand, address="sales@handrail.test", name="sales", team=world.team
    )
    Threshold.put("mail", 0.95, by=SYSTEM, inbox=other)

    at_help, at_sales = arrive(number=1), arrive(number=2, inbox=other)

    assert not is_answered(at_help) and is_answered(at_sales)
    asked = dict(Ask.objects.values_list("inbox", "outcome"))
    assert asked == {world.mail.pk: "choices", other.pk: "answer"}
    Threshold.objects.get(inbox=other).drop(by=SYSTEM)
    assert not is_answered(arrive(number=3, inbox=other))


def test_a_mail_about_something_else_has_another_template_or_none(world, template, arrive):
    conversation = arrive("사무실 주차장은 어디에 있나요?", subject="주차")
    assert not is_answered(conversation) and "data-row" not in panel(world, conversation)


@pytest.mark.parametrize("proved", [False])
def test_an_address_nobody_vouches_for_gets_no_template(world, template, arrive, proved):
    conversation = arrive(proved=proved)
    assert not is_answered(conversation) and conversation.status == "new"


@pytest.mark.parametrize(
    "headers", ["Auto-Submitted: auto-replied", "Precedence: bulk", "List-Id: <l.example.com>"]
)
def test_automatic_mail_gets_nothing(world, template, arrive, headers):
    arrive(headers=headers)
    assert not Message.objects.filter(direction="out").exists()


def test_an_address_that_had_enough_gets_no_more(world, template, arrive):
    answered = [is_answered(arrive(number=number)) for number in range(VOUCHED_AN_HOUR + 2)]
    assert answered == [True] * VOUCHED_AN_HOUR + [False] * 2
    with clock.at(clock.now() + timedelta(hours=1, minutes=1)):
        assert is_answered(arrive(number=99))


def test_where_automatic_turns_are_none_nothing_is_answered(world, template, arrive):
    Brand.objects.update(automatic_turns_max=0)
    assert not is_answered(arrive())


def test_a_second_mail_of_the_conversation_is_a_persons(world, template, arrive):
    conversation = arrive()
    conversation.receive(SURE, by=conversation.requester, is_verified=True, message_id="later@example.com")
    world.settle()
    conversation.refresh_from_db()
    assert len(automatic(conversation)) == 1 and conversation.status == "open"


@pytest.mark.parametrize("gap", ["{{상담원}} 드림", ""])
def test_a_gap_or_a_missing_language_is_for_colleagues(world, template, arrive, manager, gap):
    texts = {"ko": f"환불해 드려요. {gap}"} if gap else {"ko": "", "en": "We refund within three days."}
    template.rewrite("환불 안내", by=manager, texts=texts, changes=())
    conversation = arrive()
    assert conversation.status == "new" and "영업일" not in automatic(conversation)[0]
    assert "data-row" in panel(world, conversation)


@pytest.mark.parametrize("undone", ["by_itself", "retired"])
def test_not_by_itself_or_out_of_use_nothing_leaves(world, template, arrive, manager, undone, help_centre):
    if undone == "by_itself":
        tie(template, articles=[help_centre.articles["refund"].pk], by_itself=False, by=manager)
    else:
        template.retire(by=manager)
    conversation = arrive()
    assert not is_answered(conversation)
    assert ("data-row" in panel(world, conversation)) == (undone == "by_itself")


def test_an_article_has_one_template_and_it_is_everybodys(world, template, manager, help_centre):
    refund = help_centre.articles["refund"].pk
    another = Macro.make("다른 안내", by=manager, texts={"ko": "네"}, is_shared=True)
    with pytest.raises(AlreadyTied):
        tie(another, articles=[refund], by_itself=False, by=manager)
    own = Macro.make("내 것", by=manager, texts={"ko": "네"})
    with pytest.raises(NotEverybodys):
        tie(own, articles=[help_centre.articles["track"].pk], by_itself=False, by=manager)
    template.retire(by=manager)
    tie(another, articles=[refund], by_itself=False, by=manager)
    assert TemplateAnswer.objects.get(article=refund).macro == another


def test_a_manager_ties_by_the_form_and_an_agent_cannot(world, template, manager, help_centre):
    track = help_centre.articles["track"]
    browser = Client()
    browser.force_login(manager, backend="django.contrib.auth.backends.ModelBackend")
    said = {"title": "배송 안내", "whose": "everybody", "ko": "배송은 이틀 걸려요.", "by_itself": "on"}
    refused = browser.post(
        "/desk/macros/new", said | {"answers": "#" + str(help_centre.articles["refund"].pk)}
    )
    assert refused.status_code == 422 and "환불 안내" in refused.content.decode()
    assert (
        "배송은 이틀 걸려요." in refused.content.decode()
        and not Macro.objects.filter(title="배송 안내").exists()
    )
    gap = browser.post("/desk/macros/new", said | {"ko": "{{상담원}}이에요", "answers": f"#{track.pk}"})
    assert gap.status_code == 422 and "{{상담원}}" in gap.content.decode()

    assert browser.post("/desk/macros/new", said | {"answers": f"#{track.pk}"}).status_code == 302
    tied = TemplateAnswer.objects.get(article=track)
    assert tied.by_itself and tied.macro.title == "배송 안내"
    page = browser.get(f"/desk/macros/{tied.macro_id}").content.decode()
    assert f"/articles/{track.pk}" in page
    agent = Client()
    agent.force_login(world.agent, backend="django.contrib.auth.backends.ModelBackend")
    mine = said | {"whose": "me", "answers": f"#{help_centre.articles['password'].pk}"}
    agent.post("/desk/macros/new", mine)
    assert not TemplateAnswer.objects.filter(article=help_centre.articles["password"]).exists()
