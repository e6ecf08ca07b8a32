"""What stands in a conversation, in the order it happened: messages, private notes, changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language

from handrail.accounts.viewer import Viewer
from handrail.conversations.activity import Told, beside_messages
from handrail.conversations.conversation import Conversation
from handrail.conversations.deliveries import Delivery
from handrail.conversations.invited import Invited, invited
from handrail.conversations.messages import Attachment, Message, Note
from handrail.conversations.outgoing import Outgoing
from handrail.conversations.recipients import Unexpected
from handrail.conversations.wording import cid_of, placed
from handrail.core.events.models import Event

REDACTED = "conversation.redacted"
CONFIRMED = "conversation.confirmed"
SHOWN_FIRST = 60  # the newest messages; the rest on request, so that a year-old thread opens at once


@dataclass(frozen=True)
class File:
    """An attachment: `pk` leads to a link made when it is followed, because links to files live ten minutes. One with a `cid`
    stands in the words, which show it from `url`."""

    pk: int
    title: str
    size: int
    is_picture: bool
    cid: str = ""
    url: str = ""


@dataclass(frozen=True)
class Entry:
    """One thing in the thread. `kind` is message, note, change or outgoing, and the field of that name is set; or aside, an
    answer in a side conversation, whose message is. `got`: "read" or "delivered" at the newest of our words of which the
    customer's windows say so; `is_confirmed`: nobody vouched for its sender when it came, and it was
    shown since that the requester sent it; `joined`: who came in since it was written and would get it."""

    kind: str
    key: str
    at: datetime
    seq: int = 0
    message: Message | None = None
    note: Note | None = None
    change: Told | None = None
    outgoing: Outgoing | None = None
    files: list[File] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    got: str = ""
    is_confirmed: bool = False
    joined: list[Unexpected] = field(default_factory=list)

    @property
    def invited(self) -> list[Invited]:
        """The events a mail brought, as this reader's clock and language have them."""
        if not self.message:
            return []
        return invited(self.message, locale=get_language() or "ko", zone=get_current_timezone_name())

    @property
    def pictures(self) -> dict[str, str]:
        """Those that stand in its words: Content-ID -> address."""
        return {each.cid: each.url for each in self.files if each.cid}

    @property
    def hung(self) -> list[File]:
        """The files that do not stand in its words."""
        return [each for each in self.files if not each.cid]


@dataclass(frozen=True)
class Thread:
    """`earlier` is how many messages are not shown; `last_seq` the newest word that is, `last_change` the newest change (0 for none)."""

    entries: list[Entry]
    earlier: int
    last_seq: int
    last_change: int


def thread(
    conversation: Conversation, *, viewer: Viewer, whole: bool = False, sides: Sequence[Conversation] = ()
) -> Thread:
    """The thread in fourteen queries at most, however long it is. What has not left yet stands at its end.

    sides  what hangs beside it, whose answers stand among the messages, for colleagues alone: two queries more
    """
    messages = conversation.messages.select_related("endpoint__inbox").order_by("-seq")
    shown = list(messages if whole else messages[:SHOWN_FIRST])[::-1]
    is_cut = not whole and len(shown) == SHOWN_FIRST
    since = shown[0].at if is_cut else None
    notes = conversation.notes.select_related("author").order_by("seq")
    if since:
        notes = notes.filter(at__gte=since)
    files = _files(shown, list(notes))
    deliveries = _deliveries(shown)
    got = _got(conversation, shown)
    told = beside_messages(conversation, locale=viewer.locale, since=since)
    sure_until = max((each.at for each in told if each.verb == CONFIRMED), default=None)
    entries = [
        Entry(
            "message",
            f"m{each.pk}",
            each.at,
            each.seq,
            message=each,
            files=files["message", each.pk],
            deliveries=deliveries[each.pk],
            got=got.get(each.seq, ""),
            is_confirmed=sure_until is not None and each.at <= sure_until and _is_claim(each, conversation),
        )
        for each in shown
    ]
    entries += [
        Entry("note", f"n{each.pk}", each.at, each.seq, note=each, files=files["note", each.pk])
        for each in notes
    ]
    entries += [Entry("change", f"e{each.id}", each.at, change=each) for each in told]
    entries += _answers(sides, since)
    # Words keep their own order; a change stands where its moment falls.
    entries.sort(key=lambda entry: (entry.at, entry.seq, entry.key))
    entries += _outgoing(conversation)
    earlier = conversation.messages.count() - len(shown) if is_cut else 0
    return Thread(
        entries,
        earlier,
        last_seq=max((entry.seq for entry in entries), default=0),
        last_change=max((entry.change.id for entry in entries if entry.change), default=0),
    )


def _is_claim(message: Message, conversation: Conversation) -> bool:
    """Whether it came in the requester's name, from an address of theirs."""
    is_theirs = message.author_kind == "person" and message.author_id == conversation.requester_id
    return is_theirs and not message.is_verified and not message.data.get("other_address")


def redaction_of(conversation: Conversation, told: Thread) -> str:
    """The last time something was taken out of it, as a mark to compare; "" for never. One query for a cut thread alone."""
    shown = (each.change for each in reversed(told.entries) if each.change)
    last = next((each.id for each in shown if each.verb == REDACTED), 0)
    return str(last or "") if last or not told.earlier else last_redaction(conversation)


def last_redaction(conversation: Conversation) -> str:
    """As `redaction_of`, where no thread is shown."""
    facts = Event.objects.about(conversation).filter(verb=REDACTED)
    return str(facts.order_by("-pk").values_list("pk", flat=True).first() or "")


def messages_back(entries: Sequence[Entry]) -> Iterator[Message]:
    """The messages of a thread, newest first; what stands aside is none of its own."""
    return (entry.message for entry in reversed(entries) if entry.kind == "message" and entry.message)


def _answers(sides: Sequence[Conversation], since: datetime | None) -> list[Entry]:
    if not sides:
        return []
    answers = Message.objects.filter(conversation__in=sides, direction="in").select_related("conversation")
    found = list(answers.filter(at__gte=since) if since else answers)
    files = _files(found, [])
    return [
        # Their numbers count in their own conversation.
        Entry("aside", f"s{each.pk}", each.at, message=each, files=files["message", each.pk])
        for each in found
    ]


def _outgoing(conversation: Conversation) -> list[Entry]:
    shown = conversation.outgoing.shown().select_related("author").prefetch_related("files")
    return [
        Entry(
            "outgoing",
            f"o{each.pk}",
            each.leaves_at,
            outgoing=each,
            files=_waiting(each),
            joined=each.joined(conversation),
        )
        for each in shown
    ]


def _files(messages: list[Message], notes: list[Note]) -> dict[tuple[str, int], list[File]]:
    found: dict[tuple[str, int], list[File]] = defaultdict(list)
    if messages:
        for each in Attachment.objects.filter(message__in=messages).select_related("file").order_by("pk"):
            found["message", each.message_id or 0].append(_file(each))
    if notes:
        for each in Attachment.objects.filter(note__in=notes).select_related("file").order_by("pk"):
            found["note", each.note_id or 0].append(_file(each))
    return found


def _file(attachment: Attachment) -> File:
    stored = attachment.file
    if stored.is_inline and attachment.cid == cid_of(stored):
        url = reverse("desk:file", args=[attachment.pk])
        return File(attachment.pk, stored.title, stored.size, False, attachment.cid, url)
    return File(attachment.pk, stored.title, stored.size, stored.is_inline)


def pictures_in(message: Message) -> dict[str, str]:
    """Those that stand in its words: Content-ID -> address."""
    files = map(_file, message.attachments.all())
    return {each.cid: each.url for each in files if each.cid}


def _waiting(outgoing: Outgoing) -> list[File]:
    """The files of what has not left."""
    files = list(outgoing.files.all())
    stand = {each.pk: cid_of(each) for each in placed(outgoing.text, files) if each.is_inline}
    return [
        File(each.pk, each.title, each.size, False, stand[each.pk], _while_waiting(outgoing, each.name))
        if each.pk in stand
        else File(each.pk, each.title, each.size, each.is_inline)
        for each in files
    ]


def _while_waiting(outgoing: Outgoing, name: str) -> str:
    return reverse("desk:picture", args=[outgoing.conversation_id, name])


def _got(conversation: Conversation, messages: list[Message]) -> dict[int, str]:
    ours = [each.seq for each in messages if each.direction == Message.Direction.OUT]
    if not ours:
        return {}
    far = conversation.read_marks.theirs().furthest()
    newest = {
        max((seq for seq in ours if seq <= upto), default=0): name
        for name, upto in (("delivered", far.delivered), ("read", far.read))
    }
    return {seq: name for seq, name in newest.items() if seq}


def _deliveries(messages: list[Message]) -> dict[int, list[Delivery]]:
    found: dict[int, list[Delivery]] = defaultdict(list)
    ours = [each for each in messages if each.direction == Message.Direction.OUT]
    if ours:
        for each in Delivery.objects.filter(message__in=ours).select_related("endpoint").order_by("pk"):
            found[each.message_id].append(each)
    return found
