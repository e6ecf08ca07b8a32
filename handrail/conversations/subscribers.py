"""What the room hears of itself: messages go out, and open windows are told."""

from __future__ import annotations

from handrail.channels.mail.automatic import NOTICES
from handrail.conversations import finding  # noqa: F401  (its projections register on reading)
from handrail.conversations.deliveries import Delivery
from handrail.conversations.following import mention
from handrail.conversations.live import announce, announce_kept_aside, announce_mailbox
from handrail.conversations.messages import Message, Note
from handrail.conversations.notices.kinds import Kind
from handrail.conversations.notices.notice import settle
from handrail.conversations.notices.telling import tell_staff
from handrail.conversations.notices.whom import HEARD, outage_of
from handrail.conversations.outgoing import Outgoing
from handrail.conversations.shown_facts import BESIDE_MESSAGES
from handrail.conversations.sides import call_attention
from handrail.conversations.words import let_index_forget
from handrail.core.actors import Actor
from handrail.core.events.models import Event
from handrail.core.events.registry import project, subscribe
from handrail.core.jobs.worker import ASIDE, NotYet
from handrail.core.wiping import empty_journal

# What stands among the messages, and the words and ways themselves.
SHOWN_LIVE = BESIDE_MESSAGES | {
    "checklist.added",
    "checklist.taken_off",
    "checklist.step_added",
    "checklist.step_dropped",
    "checklist.ticked",
    "checklist.unticked",
    "conversation.endpoint_attached",
    "conversation.endpoint_closed",
    "conversation.opened",
    "conversation.followed",
    "conversation.unfollowed",
    "message.received",
    "message.sent",
    "note.written",
    "reply.held",
    "delivery.sent",
    "delivery.failed",
    "delivery.bounced",
    "delivery.resent",
    "side.sent",
    "side.answered",
    "side.done",
    "side.opened",
}


@project(*sorted(SHOWN_LIVE))
def tell_open_windows(event: Event) -> None:
    # Inside the transaction only so that it needs no job: the bus itself waits for the commit.
    announce(event)


@project("inbound.quarantined")
def tell_of_what_waits_aside(event: Event) -> None:
    announce_kept_aside(event)


@project("inbox.outage_told", "inbox.recovered", "inbox.paused", "inbox.resumed")
def tell_of_mailbox(event: Event) -> None:
    announce_mailbox(event)


@project("note.written")
def tell_those_mentioned(event: Event) -> None:
    # Inside the transaction: a note that is kept has told everybody it names, whatever happens next.
    note = Note.objects.select_related("conversation__team", "author").get(pk=event.data["note"])
    if "@" in note.text:
        mention(note, by=Actor(event.actor_kind, event.actor_id))


@project("message.received")
def stop_what_was_scheduled(event: Event) -> None:
    # Inside the transaction: a reply that leaves in the same second must not slip past what the customer just said.
    if not (waiting := list(Outgoing.objects.scheduled_in(event.subject_id))):
        return
    message = Message.objects.get(pk=event.data["message"])
    # An absence note says nothing a reply would have to mind; what came by a list or a company's server may.
    if message.is_automatic and message.data.get("auto", "said_so") in NOTICES:
        return
    for each in waiting:
        each.stop(reason="customer_wrote", by=Actor(event.actor_kind, event.actor_id), message=message.pk)


@project("delivery.failed", "delivery.bounced")
def call_attention_to_side(event: Event) -> None:
    # Inside the transaction: a question that reached nobody must not look as if it were only unanswered.
    message = Message.objects.select_related("conversation").get(pk=event.data["message"])
    if message.conversation.side_of_id is not None:
        call_attention(message)


@subscribe("message.sent", "side.sent", queue="mail")
def deliver_message(event: Event) -> None:
    from handrail.conversations.jobs import deliver

    waiting = Delivery.objects.filter(message=event.data["message"], state=Delivery.State.QUEUED)
    for pk, fallback, at in waiting.values_list("pk", "endpoint__is_fallback", "next_at"):
        deliver.using(dedupe_key=f"delivery:{pk}", run_after=at if fallback else None).enqueue(pk)


@subscribe("delivery.resent", queue="mail")
def deliver_again(event: Event) -> None:
    from handrail.conversations.jobs import deliver

    deliver.using(dedupe_key=f"delivery:{event.data['delivery']}").enqueue(event.data["delivery"])


@subscribe("conversation.redacted", "conversation.purged", queue=ASIDE)
def wipe_what_was_taken_out(_event: Event) -> None:
    let_index_forget()
    if not empty_journal():
        raise NotYet("The journal of the database is being read; it is emptied once it is not.")


@subscribe("inbox.recovered")
def settle_outage(event: Event) -> None:
    settle(Kind.MAILBOX, about=outage_of(event.subject_id, event.data["way"]), by=event)


@subscribe(*sorted(HEARD))
def tell_colleagues(event: Event) -> None:
    tell_staff(event)
