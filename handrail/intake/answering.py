"""The one automatic mail as an answer: the template of the article that a mail is sure to ask about."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from handrail.answers.asks import Ask
from handrail.answers.results import Hit, Result
from handrail.automation.article_links import beside
from handrail.automation.macros import own
from handrail.automation.template_answers import TemplateAnswer, sendable, template_for
from handrail.conversations.conversation import Conversation
from handrail.conversations.messages import Message
from handrail.conversations.status import Status
from handrail.core.actors import BOT
from handrail.intake.respond import count_turn, shown, turns_are_over

CODE = "answered_by_template"


def answer_by_template(message: Message, result: Result, *, client_id: str) -> bool:
    """Send the template, and let the conversation wait for the customer. False: none is due, and nothing was done.

    The engine must answer, by the bounds it was measured for and the share asked of mail at that mailbox (answers/thresholds.py), one
    question with one article, whose template may go by itself and has no gap. Nobody of us may have begun. In the
    transaction of the caller, who has asked whether an automatic mail may go to the address at all.
    """
    conversation = Conversation.objects.select_for_update().get(pk=message.conversation_id)
    template = _due(conversation, result)
    ready = sendable(template, conversation) if template else None
    if template is None or ready is None or result.answer is None:
        return False
    conversation.add_tried({"kind": "asked", "text": message.text[:300]}, *shown(result))
    count_turn(conversation)
    with translation.override(conversation.locale):
        text = f"{ready.text}\n\n{_beneath(conversation, result.answer)}"
    conversation.reply(
        text,
        by=BOT,
        files=[own(file, by=BOT) for file in ready.files],
        is_automatic=True,
        client_id=client_id,
        data={
            "code": CODE,
            "answer": result.answer.as_json(site=conversation.brand.site),
            "macro": template.macro_id,
            "ask": result.ask,
            **beside(conversation, text),
        },
    )
    # It wakes with the customer's next word, or a press of "I need a person".
    conversation.set_status(Status.PENDING, by=BOT)
    return True


def answered_last(conversation: Conversation) -> Ask | None:
    """The question behind the newest automatic mail, where that was an answer; its refusal is learned from."""
    told = conversation.messages.filter(author_kind="bot", is_automatic=True).order_by("-seq")
    data = told.values_list("data", flat=True).first() or {}
    if data.get("code") != CODE or not data.get("ask"):
        return None
    return Ask.objects.filter(key=data["ask"]).first()


def _due(conversation: Conversation, result: Result) -> TemplateAnswer | None:
    if result.outcome != "answer" or result.answer is None or result.parts or not result.answer.article:
        return None
    if result.missing:
        return None  # by its words alone: worth a link, not a mail that nobody reads first
    if conversation.channel != "mail" or turns_are_over(conversation):
        return None
    is_begun = conversation.assignee_id or conversation.first_answered_at or conversation.status != Status.NEW
    if is_begun or result.answer.is_in_another_language:
        return None
    template = template_for(result.answer.article)
    return template if template and template.by_itself else None


def _beneath(conversation: Conversation, hit: Hit) -> str:
    """What stands below the template: which article it is about, that nobody has read the mail yet, how to reach a person."""
    lines = [
        _("More about it: %(title)s") % {"title": hit.title},
        hit.url_at(conversation.brand.site),
        "",
        _(
            "This answer to #%(number)s was sent by itself, because your mail asks what this article answers. If it does not help, reply to this mail or press the link below, and a person answers."
        )
        % {"number": conversation.number},
    ]
    return "\n".join(lines)
