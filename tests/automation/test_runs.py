"""The same changes to many conversations: what came of each, and the way back."""

from datetime import timedelta

import pytest

from handrail.accounts import policy
from handrail.accounts.models import Team
from handrail.automation.changes import Change
from handrail.automation.macros import Macro
from handrail.automation.runs import Run, Step, start, told, undo
from handrail.conversations.conversation import Conversation
from handrail.conversations.messages import Message
from handrail.core import clock
from handrail.core.files.keeping import keep, read
from handrail.core.jobs.models import Job


@pytest.fixture
def few(world):
    made = [world.conversation(subject=f"문의 {at}") for at in range(4)]
    world.settle()
    return made


def numbers(some):
    return [each.pk for each in some]


def fresh(some):
    return list(Conversation.objects.filter(pk__in=numbers(some)).order_by("pk"))


def test_every_kind_of_change_reaches_all_and_goes_back(world, few):
    other = Team.objects.create(slug="vip", name_ko="우수고객팀", name_en="VIP")
    other.add(world.agent, by=world.agent)
    before = [(c.status, c.assignee_id, c.team_id, c.priority, []) for c in fresh(few)]
    changes = [
        Change("status", "pending"),
        Change("assignee", "me"),
        Change("team", other.pk),
        Change("priority", "high"),
        Change("tag", "환불"),
    ]
    run = start(numbers(few), by=world.agent, changes=changes)
    assert run.tally() == {"waiting": 0, "done": 4, "refused": 0, "undone": 0}
    for each in fresh(few):
        assert (each.status, each.assignee, each.team, each.priority) == (
            "pending",
            world.agent,
            other,
            "high",
        )
        assert [tag.name for tag in each.tags.all()] == ["환불"]

    assert undo(run, by=world.agent)
    after = [(c.status, c.assignee_id, c.team_id, c.priority, list(c.tags.all())) for c in fresh(few)]
    assert after == before
    assert not undo(run, by=world.agent)


def test_a_tag_that_was_there_before_stays_on_undo(world, few):
    few[0].tag("vip", by=world.agent)
    run = start(numbers(few), by=world.agent, changes=[Change("tag", "vip")])
    undo(run, by=world.agent)
    assert [bool(each.tags.count()) for each in fresh(few)] == [True, False, False, False]


def test_what_refuses_says_why_and_does_not_hold_the_others_up(world, few):
    few[1].set_status("closed", by=world.agent)
    run = start(numbers(few), by=world.agent, changes=[Change("tag", "vip"), Change("priority", "high")])
    assert run.tally()["done"] == 3
    refused = run.steps.get(state="refused")
    assert (refused.conversation_id, refused.reason) == (few[1].pk, "closed")
    assert few[1].tags.count() == 0, "all of its changes or none"


def test_nothing_of_a_private_team_is_touched_by_its_number(world, few):
    hr = Team.objects.create(slug="hr", name_ko="인사", name_en="HR", is_private=True)
    few[2].hand_to_team(hr, by=world.agent)
    run = start(numbers(few), by=world.agent, changes=[Change("priority", "urgent")])
    assert run.steps.get(conversation=few[2]).reason == "unseen"
    few[2].refresh_from_db()
    assert few[2].priority == "normal"


def test_undo_leaves_what_somebody_else_changed_since(world, few):
    run = start(numbers(few), by=world.agent, changes=[Change("priority", "high")])
    few[0].refresh_from_db()
    few[0].set_priority("urgent", by=world.staff("two@handrail.test", "정해결", "agent"))
    undo(run, by=world.agent)
    assert [each.priority for each in fresh(few)] == ["urgent", "normal", "normal", "normal"]
    assert run.steps.get(conversation=few[0]).reason == "changed_since"


def test_five_hundred_are_a_job_that_a_crash_does_not_repeat(world, monkeypatch):
    person = world.person()
    made = [world.conversation(person, subject=str(at)) for at in range(30)]
    run = start(numbers(made), by=world.agent, changes=[Change("tag", "묶음")])
    assert run.tally()["waiting"] == 30

    taken = Step.take
    count = iter(range(100))

    def crash(self, of):
        if next(count) == 12:
            raise SystemExit
        taken(self, of)

    monkeypatch.setattr(Step, "take", crash)
    with pytest.raises(SystemExit):
        Run.objects.get(pk=run.pk).carry_out()
    assert run.tally()["done"] == 12
    monkeypatch.setattr(Step, "take", taken)
    world.settle()
    run.refresh_from_db()
    assert (run.state, run.tally()["done"]) == ("done", 30)
    assert undo(run, by=world.agent)
    world.settle()
    run.refresh_from_db()
    assert (run.state, run.tally()["undone"]) == ("undone", 30)
    assert not Job.objects.filter(state="dead").exists()


def test_after_a_week_it_stays(world, few):
    run = start(numbers(few), by=world.agent, changes=[Change("priority", "high")])
    with clock.at(clock.now() + timedelta(days=8)):
        assert not undo(run, by=world.agent)


def test_a_macro_sends_its_text_in_each_customers_language_and_undo_calls_it_back(world, few):
    world.agent.set_up(undo_seconds=15, by=world.agent)
    few[1].requester.describe(locale="en", by=world.agent)
    Conversation.objects.filter(pk=few[1].pk).update(locale="en")
    macro = Macro.make(
        "배송 안내",
        by=world.agent,
        texts={"ko": "{{고객}}, {{제목|을}} 확인했어요.", "en": "Hello {{customer}}, we have {{subject}}."},
        changes=[Change("status", "pending")],
    )
    run = start(numbers(few[:2]), by=world.agent, macro=macro)
    assert run.tally()["done"] == 2
    waiting = [step.outgoing.text for step in run.steps.order_by("pk")]
    assert waiting == ["김민지 님, 문의 0을 확인했어요.", "Hello 김민지, we have 문의 1."]
    undo(run, by=world.agent)
    with clock.at(clock.now() + timedelta(seconds=60)):
        world.settle()
    assert not Message.objects.filter(author_kind="staff").exists()


def test_a_text_with_nothing_to_stand_in_it_is_not_sent(world):
    conversation = world.conversation()
    Conversation.objects.filter(pk=conversation.pk).update(subject="")
    macro = Macro.make("인사", by=world.agent, texts={"ko": "{{제목|을}} 확인했어요."})
    run = start([conversation.pk], by=world.agent, macro=macro)
    assert run.steps.get().reason == "unfilled"
    assert not Message.objects.filter(author_kind="staff").exists()


def test_who_gave_no_name_gets_it_politely(world):
    conversation = world.conversation(world.person("noname@example.com", ""))
    macro = Macro.make("인사", by=world.agent, texts={"ko": "{{고객}}, 안녕하세요."})
    run = start([conversation.pk], by=world.agent, macro=macro)
    assert run.tally()["done"] == 1
    assert Message.objects.get(author_kind="staff").text == "고객님, 안녕하세요."


def test_merging_many_into_one_and_back(world, few):
    target = few[0]
    run = start(numbers(few), by=world.agent, changes=[Change("merge", target.pk)])
    assert [each.merged_into_id for each in fresh(few)] == [None, target.pk, target.pk, target.pk]
    undo(run, by=world.agent)
    assert [(each.merged_into_id, each.status) for each in fresh(few)[1:]] == [(None, "new")] * 3


def test_only_the_one_who_ran_it_sees_it(world, few):
    run = start(numbers(few), by=world.agent, changes=[Change("priority", "high")])
    two = world.staff("two@handrail.test", "정해결", "agent")
    assert list(Run.objects.visible_to(world.viewer())) == [run]
    assert not Run.objects.visible_to(world.viewer(two)).exists()


@pytest.mark.parametrize(
    ("right", "change"),
    [
        ("conversations.merge", Change("merge", 1001)),
        ("conversations.assign", Change("assignee", "me")),
        ("conversations.assign", Change("team", None)),
        ("conversations.change", Change("tag", "vip")),
        ("conversations.reply", None),
    ],
)
def test_a_run_does_nothing_its_role_may_not_do_by_hand(world, few, monkeypatch, right, change):
    monkeypatch.setitem(policy.RIGHTS, "agent", policy.AGENT - {right})
    policy.rights_of.cache_clear()
    macro = None if change else Macro.make("글", by=world.agent, texts={"ko": "안녕하세요"})
    run = start(numbers(few), by=world.agent, changes=[change] if change else [], macro=macro)
    policy.rights_of.cache_clear()
    assert set(run.steps.values_list("state", "reason")) == {("refused", "not_allowed")}
    assert not Message.objects.filter(author_kind="staff").exists()


@pytest.fixture
def whole(world):
    """A macro that is an article and a file, without a word of its own."""
    article = world.article("환불은 언제 들어오나요", "<p>사흘 안에 들어와요.</p>")
    macro = Macro.make("환불 안내", by=world.agent)
    macro.enclose(
        by=world.agent, articles=[article.pk], files=[keep(b"form", name="form.txt", by=world.agent)]
    )
    return macro, article


def test_a_macros_articles_and_files_go_to_each(world, few, whole):
    macro, article = whole
    run = start(numbers(few), by=world.agent, macro=macro)
    assert run.tally()["done"] == 4
    sent = Message.objects.filter(author_kind="staff")
    assert {tuple(card["article"] for card in each.data["cards"]) for each in sent} == {(article.pk,)}
    files = [each.attachments.get().file for each in sent]
    assert {read(file) for file in files} == {b"form"}
    assert len({file.pk for file in files} - {macro.files.get().pk}) == 4, "each message has its own"


def test_where_the_customer_may_not_read_an_article_nothing_is_sent_and_it_is_said(world, few, whole):
    macro, article = whole
    article.show_to("agents", by=world.agent)
    run = start(numbers(few[:1]), by=world.agent, macro=macro, changes=[Change("tag", "환불")])
    step = run.steps.get()
    assert (step.state, step.reason) == ("refused", "closed_article")
    assert told(step, locale="ko")["reason"]
    assert not Message.objects.filter(author_kind="staff").exists()
    assert not few[0].tags.exists()
