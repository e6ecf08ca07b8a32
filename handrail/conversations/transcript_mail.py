"""The mail with a transcript, or with the link that asks whoever reads the mailbox whether they want it."""

from __future__ import annotations

from html import escape

from django.utils import translation
from django.utils.translation import gettext as _

from handrail.channels.looks import look_of
from handrail.channels.mail.addresses import inbox_address
from handrail.channels.mail.carrying import carry_or_retry
from handrail.channels.mail.mailboxes import Mailbox
from handrail.channels.mail.parsed import MailFile
from handrail.channels.mail.render import Letter, Rail, build
from handrail.channels.models import Inbox
from handrail.channels.own_addresses import is_own
from handrail.conversations.messages import Message
from handrail.conversations.transcripts import Entry, Transcript, entries, heading, in_text, said
from handrail.core import clock
from handrail.core.files.keeping import read
from handrail.core.html import paragraphs
from handrail.core.jobs.backend import task
from handrail.workspace.formats import day_and_time, readable
from handrail.workspace.korean import filled

FILES_BYTES = 10_000_000  # together; what does not fit is named and stays in the help centre
FILES_MOST = 20


@task(queue_name="mail")
def mail_transcript(number: int) -> str:
    """Send one that was asked for. Returns what came of it, as a code; run twice it is one mail."""
    asked = (
        Transcript.objects.select_related("conversation__brand", "conversation__team")
        .filter(pk=number)
        .first()
    )
    if asked is None or asked.conversation.deleted_at or is_own(asked.email):
        return "unneeded"
    inbox = asked.conversation.mailbox
    if inbox is None:
        return "no_mailbox"
    is_done = asked.sent_at is not None and (asked.confirmed_at is None or asked.sent_at > asked.confirmed_at)
    if is_done:
        return "sent"
    with translation.override(asked.locale):
        letter = with_words(asked, inbox) if asked.holds_words else with_link(asked, inbox)
        mail = build(letter)
    carry_or_retry(inbox, mail, to=asked.email)
    Transcript.objects.filter(pk=asked.pk).update(sent_at=clock.now())
    return "sent"


def with_words(asked: Transcript, inbox: Inbox) -> Letter:
    """In the current language, which must be the reader's: everything that was said, as text and as HTML, with the files."""
    conversation = asked.conversation
    messages = said(conversation, upto=asked.upto)
    files, left_out = _files(messages)
    lines = entries(messages, conversation, zone=asked.zone)
    head = heading(conversation, zone=asked.zone, locale=asked.locale)
    tail = (
        [_("Not attached because they are large: %(names)s") % {"names": ", ".join(left_out)}]
        if left_out
        else []
    )
    text = in_text(lines, zone=asked.zone, locale=asked.locale)
    place = f"{conversation.brand.site}/hc/{asked.locale}/requests/{conversation.number}"
    return _letter(
        asked,
        inbox,
        subject=_("What was said in #%(number)d") % {"number": conversation.number},
        text="\n\n".join(["\n".join(head), text, *tail]),
        html=_html(head, lines, tail, asked),
        files=files,
        rail=Rail(_("See this request"), place),
    )


def with_link(asked: Transcript, inbox: Inbox) -> Letter:
    """In the current language. Not a word of whoever asked for it: the mailbox may be a stranger's."""
    whose = asked.conversation.brand
    brand = whose.name(asked.locale)
    first = _(
        "Somebody, probably you, wants a chat with %(brand)s sent to this address. Open this link to get it:"
    )
    last = _(
        "If it was not you, nothing has to be done, and nothing more comes. The link works for three days."
    )
    url = f"{whose.site}/hc/{asked.locale}/transcript/{asked.token}"
    return _letter(
        asked,
        inbox,
        subject=_("Your chat with %(brand)s") % {"brand": brand},
        text=f"{filled(first, {'brand': brand})}\n\n{url}\n\n{last}",
    )


def _letter(asked: Transcript, inbox: Inbox, **parts: object) -> Letter:
    brand = asked.conversation.brand
    return Letter(
        sender=Mailbox(inbox_address(inbox.address), inbox.sender_name(asked.locale, brand=brand)),
        # A name may be anybody's words; no mail bears it to an address that no person looked at.
        to=Mailbox(asked.email, ""),
        message_id=f"{asked.mark}{'.2' if asked.confirmed_at else ''}@{brand.mail_domain}",
        automatic=True,
        lang=asked.locale,
        look=look_of(brand, locale=asked.locale),
        **parts,  # type: ignore[arg-type]
    )


def _html(head: list[str], lines: list[Entry], tail: list[str], asked: Transcript) -> str:
    parts = [f"<h1>{escape(head[0])}</h1>", f"<p>{escape(head[1])}</p>"]
    for each in lines:
        when = day_and_time(each.at, locale=asked.locale, zone=asked.zone)
        parts.append(f"<p><strong>{escape(each.who)}</strong> · {escape(when)}</p>")
        parts.append(paragraphs(readable(each.text)))
        if each.files:
            named = _("Attached: %(names)s") % {"names": ", ".join(each.files)}
            parts.append(f"<p>{escape(named)}</p>")
    return "".join([*parts, *(f"<p>{escape(each)}</p>" for each in tail)])


def _files(messages: list[Message]) -> tuple[list[MailFile], list[str]]:
    """Those that fit, the oldest first, and the titles of those that do not."""
    taken: list[MailFile] = []
    left_out: list[str] = []
    size = 0
    for file in (held.file for each in messages for held in each.attachments.all()):
        if len(taken) >= FILES_MOST or size + file.size > FILES_BYTES:
            left_out.append(file.title)
            continue
        size += file.size
        taken.append(MailFile(file.title, file.content_type, read(file)))
    return taken, left_out
