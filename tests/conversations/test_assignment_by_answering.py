"""Whoever answers what nobody has, has it; nothing else takes it from anybody."""

from __future__ import annotations

from handrail.accounts.models import User
from handrail.core.actors import BOT
from handrail.core.events.models import Event


def test_an_agent_who_answers_an_unassigned_conversation_has_it(world):
    conversation = world.conversation()

    conversation.reply("확인해 볼게요.", by=world.agent)

    conversation.refresh_from_db()
    assert conversation.assignee == world.agent
    assert Event.objects.filter(verb="conversation.assigned", subject_id=conversation.pk).count() == 1


def test_what_somebody_has_stays_theirs_also_when_it_was_taken_a_moment_ago(world):
    other = User.objects.create_user("other@handrail.test", "pw-quiet-harbour", name="박지우", role="agent")
    conversation = world.conversation()
    type(conversation).objects.filter(pk=conversation.pk).update(assignee=other)

    conversation.reply("제가 답할게요.", by=world.agent)

    conversation.refresh_from_db()
    assert conversation.assignee == other


def test_the_bot_a_note_and_an_automatic_word_take_nothing(world):
    conversation = world.conversation()
    conversation.reply("찾아볼게요.", by=BOT, is_automatic=True)
    conversation.note("재고를 물어봤어요.", by=world.agent)
    conversation.reply("합쳤어요.", by=world.agent, is_automatic=True)

    conversation.refresh_from_db()
    assert conversation.assignee is None
