"""What people and agents do with an answer becomes weighted past questions."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handrail.accounts.models import Role, Team
from handrail.accounts.viewer import Viewer
from handrail.answers import evidence, jobs
from handrail.answers.answer import answer
from handrail.answers.asks import Ask
from handrail.answers.forgetting import GONE
from handrail.answers.labels import Evidence, Label
from handrail.answers.teaching import bring_back
from handrail.core import clock
from handrail.core.actors import Actor

VISITOR = Viewer(chat_key="abc", place="there")


def ask(text="환불 얼마나 걸려요", viewer=VISITOR):
    return Ask.objects.get(key=answer(text, viewer, locale="ko").ask)


@pytest.mark.parametrize(
    ("deed", "kind"),
    [
        (lambda a, article, by: a.open(article, by=by), Evidence.CLICKED),
        (lambda a, article, by: a.rate(article, is_helpful=True, by=by), Evidence.HELPFUL),
        (lambda a, article, by: a.rate(article, is_helpful=False, by=by), Evidence.UNHELPFUL),
        (lambda a, article, by: a.solve(article, by=by), Evidence.SOLVED),
    ],
    ids=["click", "helpful", "unhelpful", "solved"],
)
def test_each_deed_weighs_what_its_kind_is_worth(help_centre, deed, kind):
    asked = ask()
    deed(asked, help_centre.articles["refund"], VISITOR)
    help_centre.world.settle()

    label = Label.objects.get()
    assert (label.evidence, label.weight) == (kind, evidence.WEIGHTS[kind])
    assert (label.text, label.article_id) == (asked.text, help_centre.id_of("refund"))
    assert (label.giver, label.place) == (VISITOR.voice, "there")


def test_none_of_these_says_that_nothing_of_ours_answers(help_centre):
    ask().refuse(by=VISITOR)
    help_centre.world.settle()
    label = Label.objects.get()
    assert (label.evidence, label.article_id) == (Evidence.REFUSED, None)


def test_the_same_deed_twice_is_one_label(help_centre):
    asked = ask()
    for _ in range(2):
        asked.open(help_centre.articles["refund"], by=VISITOR)
        help_centre.world.settle()
    assert Label.objects.count() == 1


def test_asking_again_within_ten_minutes_speaks_against_the_answer(help_centre):
    first = ask("환불 신청하는 방법")
    Ask.objects.filter(pk=first.pk).update(outcome="answer")
    ask("아니 돈이 언제 들어오냐고요")

    assert evidence.asked_again() == 1
    assert evidence.asked_again() == 1  # and says it once, however often it is read
    label = Label.objects.get()
    assert (label.evidence, label.article_id) == (Evidence.AGAIN, first.offered[0][0])
    assert label.weight < 0


def test_another_question_within_ten_minutes_speaks_against_nothing(help_centre):
    first = ask("환불 신청하는 방법")
    Ask.objects.filter(pk=first.pk).update(outcome="answer")
    second = ask("왼쪽 소리가 안 나요")
    Ask.objects.filter(pk=second.pk).update(offered=[[help_centre.id_of("earbuds"), 0.9]])
    assert evidence.asked_again() == 0


def test_what_colleagues_look_up_speaks_against_nothing(help_centre):
    first = ask("환불 신청하는 방법")
    Ask.objects.filter(pk=first.pk).update(outcome="answer")
    ask("아니 돈이 언제 들어오냐고요")
    Ask.objects.update(asker_kind="staff")
    assert evidence.asked_again() == 0


def test_asking_something_an_hour_later_speaks_against_nothing(help_centre):
    first = ask("환불 신청하는 방법")
    Ask.objects.filter(pk=first.pk).update(outcome="answer", at=clock.now() - timedelta(hours=1))
    ask("필터 언제 바꿔요")
    assert evidence.asked_again() == 0


def test_a_vote_is_tied_to_the_question_that_led_the_reader_there(help_centre):
    article = help_centre.articles["refund"]
    asked = ask()
    assert evidence.asked_before(article, key=VISITOR.voice, place="there") == asked
    assert evidence.asked_before(article, key="", place="there") == asked
    assert evidence.asked_before(article, key="", place="elsewhere") is None
    assert evidence.asked_before(article, key="", place="") is None
    Ask.objects.update(at=clock.now() - timedelta(minutes=31))
    assert evidence.asked_before(article, key=VISITOR.voice, place="there") is None


def reply(centre, conversation, name):
    article = centre.articles[name]
    link = f"https://help.test/hc/ko/articles/{article.pk}-x"
    conversation.reply(f"여기에 있어요: {link}", by=centre.world.agent)
    centre.world.settle()


def test_an_article_an_agent_sends_is_a_vote_and_the_solution_makes_it_certain(help_centre):
    conversation = help_centre.world.conversation(text="물건값을 언제 돌려받나요")
    reply(help_centre, conversation, "refund")
    sent = Label.objects.get(evidence=Evidence.SENT)
    assert (sent.text, sent.article_id) == ("물건값을 언제 돌려받나요", help_centre.id_of("refund"))

    conversation.set_status("solved", by=help_centre.world.agent)
    help_centre.world.settle()

    solved = Label.objects.get(evidence=Evidence.RESOLVED)
    assert (solved.weight, solved.given_by_kind, solved.given_by_id) == (
        1.0,
        "staff",
        help_centre.world.agent.pk,
    )


def test_nothing_of_a_private_team_is_learned(help_centre):
    team = Team.objects.create(slug="hr", name_ko="인사팀", name_en="HR", is_private=True)
    conversation = help_centre.world.conversation(text="제 급여가 왜 달라요")
    conversation.team = team
    conversation.save(update_fields=["team"])

    reply(help_centre, conversation, "refund")

    assert not Label.objects.exists()


@pytest.mark.parametrize(
    "how", ["the conversation goes there", "the team is shut", "it was learned long ago"]
)
def test_what_was_learned_before_it_became_private_goes(help_centre, how):
    world = help_centre.world
    team = Team.make(name_ko="인사팀", name_en="HR", is_private=how != "the team is shut", by=world.staff("hr@handrail.test", "한인사", Role.MANAGER))  # fmt: skip
    conversation = world.conversation(text="제 급여가 왜 달라요 010-1234-5678")
    if how == "the team is shut":
        conversation.hand_to_team(team, by=world.agent)
    other = world.conversation(text="환불은 어디서 해요")
    reply(help_centre, conversation, "refund")
    reply(help_centre, other, "refund")
    assert Label.objects.filter(text__contains="급여", withdrawn_at=None).exists()

    if how == "the conversation goes there":
        conversation.hand_to_team(team, by=world.agent)
        world.settle()
    elif how == "the team is shut":
        team.shut(True, by=world.agent)
        world.settle()
    else:
        type(conversation).objects.filter(pk=conversation.pk).update(team=team)
        assert jobs.forget_private.func() == 1
        assert jobs.forget_private.func() == 0

    assert not Label.objects.filter(text__contains="급여").exists()
    gone = Label.objects.get(text=GONE)
    assert gone.withdrawn_at is not None
    bring_back(gone, by=world.agent)
    gone.refresh_from_db()
    assert gone.withdrawn_at is not None
    assert Label.objects.standing().get().text == "환불은 어디서 해요"


def test_thanks_and_letters_are_no_question(help_centre):
    conversation = help_centre.world.conversation(text="감사합니다!", subject="환불 문의")
    reply(help_centre, conversation, "refund")
    assert Label.objects.get().text == "환불 문의"

    letter = help_centre.world.conversation(text="길게 " * 200, subject="배송 문의")
    reply(help_centre, letter, "track")
    assert Label.objects.get(article=help_centre.id_of("track")).text == "배송 문의"


def test_a_reply_without_an_article_teaches_nothing(help_centre):
    conversation = help_centre.world.conversation()
    conversation.reply("확인해 볼게요", by=help_centre.world.agent)
    conversation.set_status("solved", by=help_centre.world.agent)
    help_centre.world.settle()
    assert not Label.objects.exists()


def test_what_somebody_said_of_an_article_that_is_gone_is_left(help_centre):
    jobs.keep_evidence(ask().pk, 10**9, Evidence.CLICKED, Actor("person", 1))
    assert not Label.objects.exists()


def test_what_is_asked_in_a_chat_keeps_the_network_it_came_from(help_centre):
    from handrail.intake import chat, respond

    visitor = Viewer(chat_key="abc", place="there")
    conversation = chat.begin(visitor, inbox=help_centre.world.chat)
    said = chat.say(
        conversation, "환불 얼마나 걸려요", by=conversation.requester, client_id="a", place="there"
    )

    found = respond.find(said)

    assert Ask.objects.get(key=found.ask).place == "there"
