"""Taking words or a file out of a conversation for good: from the screen, search, exports and the mail as it arrived.

What is gone cannot be brought back, so no copy of it is kept, not even in the history: that says who took something out,
when, and from how many places.
"""

from __future__ import annotations

import re
from typing import Any

from django.db import transaction
from django.db.models import F, Model, Q

from handrail.channels.mail.redacting import keep_heads_alone, redact_kept
from handrail.conversations.conversation import Conversation
from handrail.conversations.drafts import Draft
from handrail.conversations.finding import find_anew
from handrail.conversations.messages import Attachment, Message
from handrail.conversations.originals import kept_mails
from handrail.conversations.outgoing import Outgoing
from handrail.conversations.wording import worded
from handrail.core import html as markup
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.core.events.models import Event
from handrail.core.files.keeping import erase
from handrail.core.files.models import StoredFile

MASK = "▇▇▇▇"
LETTERS_MIN = 4  # fewer would take pieces out of other words
OF_CONVERSATION = ("subject", "last_message_text", "tried", "about")
TYPED = frozenset({"written_as"})  # in a message's data: words as a colleague typed them
FIGURES = re.compile(r"[\d\s.\-–·]+")


class TooShort(ValueError):
    """Less than LETTERS_MIN letters."""


def pattern_of(text: str) -> re.Pattern[str]:
    """What finds `text` however it was spaced; figures also with or without the signs between them.

    >>> bool(pattern_of("4111 1111 1111 1111").search("카드 4111-1111-1111-1111 이에요"))
    True

    Raises TooShort.
    """
    text = " ".join(text.split())
    if len(text) < LETTERS_MIN:
        raise TooShort(f"“{text}” is too short to be taken out.")
    if FIGURES.fullmatch(text) and len(figures := re.sub(r"\D", "", text)) >= LETTERS_MIN:
        return re.compile(r"(?<!\d)" + r"[\s.\-–·]*".join(figures) + r"(?!\d)")
    return re.compile(r"\s+".join(map(re.escape, text.split(" "))), re.IGNORECASE)


@transaction.atomic
def redact(conversation: Conversation, text: str, *, by: CanAct) -> int:
    """Take `text` out everywhere in the conversation, what was merged into it, split off it, or goes on from it.

    Returns in how many places it stood; 0 changes nothing. Raises TooShort.
    """
    pattern = pattern_of(text)
    return sum(_redact(each, pattern, by=by) for each in _family(conversation))


def _redact(conversation: Conversation, pattern: re.Pattern[str], *, by: CanAct) -> int:
    files = StoredFile.objects.filter(attachments__in=Attachment.objects.of(conversation.pk))
    places = sum(
        (
            _in_rows(conversation.messages.all(), pattern, ("text", "quoted", "data", "author_name"), "html"),
            _in_rows(conversation.notes.all(), pattern, ("text",), "html"),
            _in_rows(conversation.values.all(), pattern, ("text", "word")),
            _in_rows(conversation.checklist_steps.all(), pattern, ("text_ko", "text_en")),
            _in_rows(Draft.objects.filter(conversation=conversation), pattern, ("said",), typed="text"),
            _in_rows(Outgoing.objects.filter(conversation=conversation), pattern, ("data",), typed="text"),
            _in_rows(Conversation.objects.filter(pk=conversation.pk), pattern, OF_CONVERSATION),
            _in_rows(Event.objects.about(conversation), pattern, ("data",)),
            _in_rows(files, pattern, ("title",)),
        )
    )
    # A later mail may repeat it in a part that is not shown, so each is looked through whatever was found above.
    kept = kept_mails(conversation.messages.all())
    places += redact_kept(kept, lambda words: pattern.sub(MASK, words), pattern)
    if places:
        # A window that holds the words in its draft must not put them back: what it keeps comes too late now.
        Draft.objects.filter(conversation=conversation).update(revision=F("revision") + 1)
        conversation.refresh_from_db()
        find_anew(conversation)
        record("conversation.redacted", conversation, by=by, places=places)
    return places


def _family(conversation: Conversation) -> list[Conversation]:
    """Itself and those that hold copies of its words."""
    near = (
        Q(pk=conversation.pk)
        | Q(merged_into=conversation)
        | Q(merged=conversation)
        | Q(follows=conversation)
        | Q(follow_ups=conversation)
        | Q(links_up__one=conversation, links_up__kind="related")
        | Q(links_down__other=conversation, links_down__kind="related")
    )
    family = Conversation.objects.filter(near).distinct()
    aside = Conversation.objects.filter(side_of__in=family)
    return [*family.order_by("pk"), *aside.order_by("pk")]


@transaction.atomic
def redact_file(conversation: Conversation, attachment: Attachment, *, by: CanAct) -> None:
    """Take a file out wherever it hangs, its bytes included. The mail it came with keeps its head alone."""
    file = attachment.file
    hanging = Attachment.objects.filter(file=file)
    keep_heads_alone(kept_mails(Message.objects.filter(attachments__in=hanging)))
    hanging.delete()
    for waiting in file.outgoing.all():
        waiting.files.remove(file)
    erase(file, by=by)
    find_anew(conversation)
    record("conversation.redacted", conversation, by=by, places=1, file=True)


def _in_rows(
    rows: Any, pattern: re.Pattern[str], columns: tuple[str, ...], html: str = "", typed: str = ""
) -> int:
    """Rewrite what stands in these columns, the one with HTML and the one as it was typed; returns how many rows it stood in."""
    changed = 0
    for row in rows.distinct():
        after = {name: _without(getattr(row, name), pattern) for name in columns}
        if html:
            after[html] = _without_html(getattr(row, html), pattern)
        if typed:
            after[typed] = _without_typed(getattr(row, typed), pattern)
        fresh = {name: value for name, value in after.items() if value != getattr(row, name)}
        if fresh:
            _write(row, fresh)
            changed += 1
    return changed


def _write(row: Model, fresh: dict[str, Any]) -> None:
    if isinstance(row, Event):
        Event.objects.filter(pk=row.pk).redact(**fresh)
    else:
        type(row)._base_manager.filter(pk=row.pk).update(**fresh)


def _without(value: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return pattern.sub(MASK, value)
    if isinstance(value, dict):
        return {
            key: _without_typed(each, pattern)
            if key in TYPED and isinstance(each, str)
            else _without(each, pattern)
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [_without(each, pattern) for each in value]
    return value


def _without_html(html: str, pattern: re.Pattern[str]) -> str:
    """Markup may stand between its letters; then the form it was sent in goes, and the words alone stay."""
    after = pattern.sub(MASK, html)
    return "" if pattern.search(markup.to_text(after)) else after


def _without_typed(typed: str, pattern: re.Pattern[str]) -> str:
    """Marks may stand between its letters; then the words alone stay."""
    after = pattern.sub(MASK, typed)
    read = worded(after).text
    return pattern.sub(MASK, read) if pattern.search(read) else after
