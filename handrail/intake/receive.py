"""From kept bytes to a message in a conversation, in one transaction, once."""

from __future__ import annotations

import re
from typing import Any

from django.db import transaction

from handrail.answers.question import in_its_layout
from handrail.channels.blocking import is_blocked
from handrail.channels.mail.addresses import is_ours
from handrail.channels.mail.agent_addresses import agent_token_of
from handrail.channels.mail.authenticity import Verdict, check
from handrail.channels.mail.automatic import NOTICES
from handrail.channels.mail.bounces import is_from_a_mailer
from handrail.channels.mail.candidates import candidates
from handrail.channels.mail.codes import holds_code
from handrail.channels.mail.first_words import as_first
from handrail.channels.mail.keep import envelope_of, is_told_apart
from handrail.channels.mail.lookalikes import looks_like_another
from handrail.channels.mail.parsed import ParsedMail
from handrail.channels.mail.receive import Unreadable, receive
from handrail.channels.mail.spam import is_marked
from handrail.channels.models import Fetching, InboundRaw, Inbox
from handrail.channels.own_addresses import is_own, of_others
from handrail.contacts.identify import identify
from handrail.contacts.models import Person
from handrail.contacts.zones import learn_zone, zone_at
from handrail.conversations.conversation import Conversation
from handrail.conversations.deliveries import Delivery
from handrail.conversations.links import lay_beside
from handrail.conversations.messages import Message
from handrail.conversations.opening import is_claim, open_by_saying, receive_or_follow_up
from handrail.conversations.sides import hear
from handrail.conversations.threads import remember
from handrail.core import clock
from handrail.core.actors import SYSTEM
from handrail.intake.agent_reply import take_answer
from handrail.intake.decided import came_to, decided, distrusted, recipients
from handrail.intake.enclosures import FIRST_LOOK, Enclosed, add_when_checked, enclosed
from handrail.intake.let_in import (
    LET_IN,
    alone,
    as_far_as_it_can_be,
    is_colleague,
    name_of,
    nobody_known,
    stands_alone,
    without_ours,
)
from handrail.intake.pleasantries import is_only_thanks
from handrail.intake.proving import note_use_by_others, unproved
from handrail.intake.several_mailboxes import also_came, home_of, name_mailbox, shares, told_before, vouch_for
from handrail.intake.threading import Place, at_mailbox, beside, place

LINK = re.compile(r"https?://\S+")


def take_in(raw: InboundRaw, *, is_quick: bool = False) -> Message | None:
    """Understand one kept mail and store what it says. Running it again changes nothing.

    is_quick  raise TakesLong for a mail that others should not wait behind
    returns  the message; None where the mail was a bounce, a loop, a colleague's answer to a notification, or is now in
             quarantine with its reason

    A database error leaves the row as it was, so the job tries again.
    """
    if raw.state != InboundRaw.State.NEW:
        return None
    body = bytes(raw.body)
    try:
        mail = _read(raw, body, is_quick=is_quick)
    except Unreadable as problem:
        raw.quarantine(problem.reason, by=SYSTEM)
        return None
    verdict = check(body, mail, hop=_trusted_hop(raw))
    is_vouched = verdict.vouched
    token = None if is_ours(mail.loop_mark) or mail.bounce else agent_token_of(mail)
    if token is not None:
        take_answer(mail, raw, token, is_vouched=is_vouched)
        return None
    note_use_by_others(mail)
    if reason := unwelcome(mail, raw, is_vouched=is_vouched):
        raw.quarantine(reason, by=SYSTEM)
        return None
    files = enclosed(mail.attachments)
    with transaction.atomic():
        locked = InboundRaw.objects.select_for_update().defer("body").get(pk=raw.pk)
        if locked.state != InboundRaw.State.NEW:
            return None
        locked.taken()
        if delivery := _bounced_delivery(mail):
            _note_bounce(delivery, mail)
            return None
        return store(mail, locked, verdict=verdict, files=files)


def _read(raw: InboundRaw, body: bytes, *, is_quick: bool) -> ParsedMail:
    try:
        return receive(body, envelope_of(raw), is_quick=is_quick)
    except Unreadable as problem:
        return as_far_as_it_can_be(raw, problem)


def _trusted_hop(raw: InboundRaw) -> str | None:
    """Whose word on its sender counts: of a fetched mail only that of the hop its mailbox names."""
    if raw.came_by != InboundRaw.IMAP:
        return None
    fetching = Fetching.objects.filter(pk=raw.inbox_id).first()
    return fetching.trusted_hop if fetching else ""


def unwelcome(mail: ParsedMail, raw: InboundRaw, *, is_vouched: bool) -> str:
    """A code for mail that must not become a conversation; "" for all other."""
    if is_ours(mail.loop_mark):
        return "loop"
    if mail.bounce and not _bounced_delivery(mail):
        return "bounce_unsigned"
    if raw.is_let_in:
        # A colleague judged it: of nothing below is it suspected once more. Nobody can judge what never came.
        return "" if raw.body else "not_given"
    if not mail.from_address:
        return "several_senders" if mail.identity_doubt == "several_from" else "no_sender"
    if is_own(mail.from_address) and not _bounced_delivery(mail):
        return "own_address"
    if not is_vouched and is_colleague(mail.from_address):
        return "staff_unproved"
    if is_blocked(mail.from_address):
        return "blocked"
    if is_marked(bytes(raw.body)) and not _goes_on(mail, raw, is_vouched=is_vouched):
        return "spam"
    if mail.auto_submitted in NOTICES and not _goes_on(mail, raw, is_vouched=is_vouched):
        return "automatic"
    return ""


def _goes_on(mail: ParsedMail, raw: InboundRaw, *, is_vouched: bool) -> bool:
    """Whether a mail belongs to a conversation that still takes replies. One that reports a bounce belongs to a delivery."""
    if _bounced_delivery(mail):
        return True
    conversation = _theirs(place(mail, raw.inbox, is_vouched=is_vouched)).conversation
    return conversation is not None and conversation.survivor.takes_replies


def store(mail: ParsedMail, raw: InboundRaw, *, verdict: Verdict, files: Enclosed) -> Message:
    """Write what the mail says, in the caller's transaction, to the conversation it belongs to or a new one."""
    inbox, is_vouched = raw.inbox, verdict.vouched
    if is_alone := stands_alone(mail, raw, is_vouched=is_vouched):
        mail, is_vouched = without_ours(mail), False
    found = alone() if is_alone else _theirs(place(mail, inbox, is_vouched=is_vouched))
    earlier = told_before(mail, raw)
    if here := next((each for each in earlier if shares(inbox, each.conversation)), None):
        return _once_more(here, mail, raw, is_vouched=is_vouched)
    if earlier and not found.conversation:
        found = beside(earlier[0].conversation)
    if not (found.conversation or found.beside):
        mail = as_first(mail)
    sender = _sender(mail, raw, is_vouched=is_vouched)
    details = _details(mail, raw, found, is_vouched=is_vouched, files=files)
    details["data"]["why"] |= distrusted(verdict)
    if found.conversation and found.conversation.side_of_id is not None:
        details["data"]["acknowledged"] = "side"
        window = {"endpoint": found.endpoint}
        message = hear(found.conversation, mail.said[0], by=sender, files=files.kept, **window, **details)
    elif found.conversation:
        message = receive_or_follow_up(
            found.conversation,
            mail.said[0],
            inbox=inbox,
            sender=sender,
            by=sender,
            address=mail.from_address if found.is_owner else "",
            endpoint=found.endpoint,
            files=files.kept,
            asks_nothing=not mail.attachments and is_only_thanks(mail.reply_text, name=mail.from_name),
            **details,
        )
    else:
        message = _opened(mail, inbox, sender, details, files)
    if found.conversation:
        name_mailbox(message, inbox)
        _answer_by_mail(message, mail, inbox, found)
    elif found.beside:
        lay_beside(home_of(found.beside), message.conversation)
    if mail.from_address and (found.is_owner or not found.conversation):
        _remember(message.conversation, mail, raw, found)
    if files.waiting:
        add_when_checked.using(run_after=clock.now() + FIRST_LOOK).enqueue(message.pk)
    return message


def _opened(
    mail: ParsedMail, inbox: Inbox, sender: Person, details: dict[str, Any], files: Enclosed
) -> Message:
    return open_by_saying(
        mail.said[0],
        inbox,
        requester=sender,
        by=sender,
        subject=mail.subject,
        address=mail.from_address,
        locale=_locale(mail, inbox),
        about={"vouched": details["data"]["vouched"]},
        is_claimed=is_claim(details),
        lies_in=inbox,  # also where it has no window, because nobody could be written to
        files=files.kept,
        said=details,
    )


def _answer_by_mail(message: Message, mail: ParsedMail, inbox: Inbox, found: Place) -> None:
    """Who went on by mail with what they began elsewhere gets its answers there as well."""
    here = message.conversation
    if found.how != "number" or found.endpoint or here.endpoints.filter(address=mail.from_address).exists():
        return
    sender = Person.objects.get(pk=message.author_id or 0)
    message.endpoint = here.attach_endpoint(inbox, mail.from_address, person=sender, by=sender)
    message.save(update_fields=["endpoint"])


def _once_more(here: Message, mail: ParsedMail, raw: InboundRaw, *, is_vouched: bool) -> Message:
    """The same mail came to another mailbox, which may vouch for its sender where the first could not."""
    also_came(here, raw.inbox, at=came_to(mail, raw))
    if is_vouched and mail.from_address == here.from_address:
        vouch_for(here)
    return here


def _remember(conversation: Conversation, mail: ParsedMail, raw: InboundRaw, found: Place) -> None:
    # One without an id is known by what it is kept by: brought to two mailboxes at once, it is still one.
    ids = [mail.message_id or raw.external_id]
    if found.how != LET_IN:
        ids += [*mail.in_reply_to, *mail.references]
    if found.is_apart:
        # Elsewhere they go on leading to the one it stands beside.
        ids = [at_mailbox(raw.inbox, each) for each in ids if each]
    remember(conversation, ids, address=mail.from_address)


def _details(
    mail: ParsedMail, raw: InboundRaw, found: Place, *, is_vouched: bool, files: Enclosed
) -> dict[str, Any]:
    """The message's fields beside its words, by their names."""
    doubted = unproved(mail, found, is_vouched=is_vouched)
    return {
        "html": mail.html,
        "quoted": mail.said[1],
        "author_name": name_of(mail),
        "from_address": mail.from_address,
        "message_id": mail.message_id if mail.message_id and not is_told_apart(raw) else f"raw-{raw.pk}",
        "is_verified": not doubted,
        "is_automatic": bool(mail.auto_submitted),
        "data": _beside(mail, found, raw, is_vouched=is_vouched, doubted=doubted) | files.told,
        "at": raw.received_at,
    }


def _theirs(found: Place) -> Place:
    """What is over goes on only for those who took part: somebody else who has its address begins anew. So does whoever
    was asked about a ticket that is deleted."""
    if found.conversation and found.conversation.side_of_id and not found.conversation.takes_replies:
        return Place()
    if found.conversation and not found.is_owner and not found.conversation.survivor.takes_replies:
        return Place()
    return found


def _sender(mail: ParsedMail, raw: InboundRaw, *, is_vouched: bool) -> Person:
    if not mail.from_address:
        return nobody_known(locale=_locale(mail, raw.inbox))
    assurance = 1 if is_vouched else 0
    person = identify(
        "email",
        mail.from_address,
        by=SYSTEM,
        assurance=assurance,
        name=mail.from_name,
        locale=_locale(mail, raw.inbox),
    )
    if mail.offset and not mail.auto_submitted:
        zone = zone_at(mail.offset, at=raw.received_at)
        learn_zone(person, zone, address=mail.from_address, assurance=assurance, by=SYSTEM)
    return person


def _beside(
    mail: ParsedMail, found: Place, raw: InboundRaw, *, is_vouched: bool, doubted: str
) -> dict[str, object]:
    named = recipients(mail, found)
    return {
        "raw": raw.pk,
        "how": found.how,
        "why": {**decided(mail, found, raw), "named": [list(each) for each in named], "unproved": doubted},
        "vouched": is_vouched,
        "auto": mail.auto_submitted,
        "copies": [each.address for each in named if each.fate == "noted"],
        "other_address": bool(found.conversation and not found.is_owner),
        "doubt": mail.identity_doubt,
        "code": holds_code(mail),
        "reply_to": of_others(box.address for box in mail.reply_to if box.address != mail.from_address),
        "asymmetric": mail.asymmetric,
        "between": bool(mail.placed_text),
        "calendar": [each.as_json() for each in mail.calendar],
        "look_alike": looks_like_another(mail.from_address),
        "cut": list(mail.cut),
    }


def _bounced_delivery(mail: ParsedMail) -> Delivery | None:
    """The delivery this mail came back from: only our own signed return address can say so.

    Vacation notices go to that address too, and people at times: those say something, and are messages.
    """
    if not (mail.bounce or is_from_a_mailer(mail)):
        return None
    return (
        Delivery.objects.filter(pk__in=candidates(mail).bounced)
        .select_related("message__conversation")
        .first()
    )


def _note_bounce(delivery: Delivery, mail: ParsedMail) -> None:
    report = mail.bounce
    if report and report.delayed and not report.failed:
        return  # still on its way, says the other server
    delivery.failed((report.status if report else "") or "returned", by=SYSTEM, bounced=True)


def _locale(mail: ParsedMail, inbox: Inbox) -> str:
    # Korean typed with the English layout on is Korean.
    letters = in_its_layout(LINK.sub(" ", f"{mail.subject}\n{mail.reply_text[:2000]}"))
    hangul = sum("가" <= letter <= "힣" for letter in letters)
    latin = sum(letter.isascii() and letter.isalpha() for letter in letters)
    if hangul + latin < 10:
        return inbox.locale
    return "ko" if hangul * 3 >= latin else "en"
