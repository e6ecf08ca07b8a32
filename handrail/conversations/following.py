"""Colleagues beside the assignee: followers, who read along without being named to the customer, and those a note mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.db import models, transaction

from handrail.accounts.models import User
from handrail.accounts.viewer import Viewer
from handrail.conversations.assignment import may_have
from handrail.conversations.conversation import Conversation
from handrail.conversations.live import staff_channel
from handrail.conversations.messages import Note
from handrail.core import bus, clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record

AT = re.compile(r"(?<![\w@.])@(?=\w)")
MENTIONED_MOST = 20  # in one note; whoever means more of them means a team


class Follower(models.Model):
    """Silent: neither the customer nor a mail ever shows who follows."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="followers")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="following")
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "user"], name="a_follower_once")]

    def __str__(self) -> str:
        return f"{self.user_id} follows #{self.conversation_id}"


class MentionQuerySet(models.QuerySet["Mention"]):
    def visible_to(self, viewer: Viewer) -> MentionQuerySet:
        """One's own, in conversations one may still see."""
        seen = Conversation.objects.visible_to(viewer)
        if "conversations.read" not in viewer.rights:
            return self.none()
        return self.filter(seen.contain("conversation"), user=viewer.user_id)

    def unread(self) -> MentionQuerySet:
        return self.filter(read_at=None)


class Mention(models.Model):
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="mentions")
    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="mentions")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="mentions")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = MentionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["note", "user"], name="a_note_mentions_once")]
        indexes = [
            models.Index(fields=["user", "read_at", "-at"], name="mentions_of_colleague"),
            models.Index(fields=["user", "-at", "-id"], name="mentions_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in a note of #{self.conversation_id}"


@transaction.atomic
def follow(conversation: Conversation, *, user: User, by: CanAct) -> None:
    """Let a colleague read along; nothing happens if they do."""
    _row, made = Follower.objects.get_or_create(conversation=conversation, user=user)
    if made:
        record("conversation.followed", conversation, by=by, user=user.pk)


@transaction.atomic
def unfollow(conversation: Conversation, *, user: User, by: CanAct) -> None:
    if Follower.objects.filter(conversation=conversation, user=user).delete()[0]:
        record("conversation.unfollowed", conversation, by=by, user=user.pk)


@transaction.atomic
def mention(note: Note, *, by: CanAct) -> list[User]:
    """Tell those whom a note mentions with @ and their name, and make them followers. Returns those who were told.

    Whoever may not see the conversation is not told; neither is the writer.
    """
    conversation = note.conversation
    told = []
    for user in mentioned(note.text):
        if user.pk == note.author_id or not may_have(user, conversation.team):
            continue
        _row, made = Mention.objects.get_or_create(
            note=note, user=user, defaults={"conversation": conversation, "by": note.author}
        )
        if made:
            record("colleague.mentioned", conversation, by=by, user=user.pk, note=note.pk)
            follow(conversation, user=user, by=by)
            bus.publish(
                "stream",
                channels=[staff_channel(user.pk)],
                event="mentioned",
                data={"number": conversation.pk},
            )
            told.append(user)
    return told


def mentioned(text: str) -> list[User]:
    """Colleagues whose name or mail address stands after an @; of several that fit, the longest."""
    if not AT.search(text):
        return []
    called: dict[str, list[User]] = {}
    for user in User.objects.who_may("conversations.read"):
        for name in (user.name.casefold(), user.email.casefold()):
            if name:
                called.setdefault(name, []).append(user)
    found: dict[int, User] = {}
    for _at, name in _standing(text, called):
        found |= {user.pk: user for user in called[name]}
    return list(found.values())[:MENTIONED_MOST]


def pieces(text: str, names: Iterable[str]) -> list[tuple[str, bool]]:
    """The text in pieces, (words, whether they are an @ with one of the names): what a reader sees marked. No query."""
    found, since = [], 0
    if AT.search(text):
        for at, name in _standing(text, {each.casefold() for each in names if each}):
            found += [(text[since : at - 1], False), (text[at - 1 : at + len(name)], True)]
            since = at + len(name)
    return [piece for piece in (*found, (text[since:], False)) if piece[0]]


def _standing(text: str, names: Iterable[str]) -> Iterator[tuple[int, str]]:
    """(where it begins, name) of every name after an @, of several that fit the longest; names casefolded."""
    longest_first = sorted(names, key=len, reverse=True)
    folded = text.casefold()
    if len(folded) != len(text):
        folded = text  # a letter that grows when folded would shift every place after it
    for match in AT.finditer(text):
        name = next((each for each in longest_first if _stands(each, folded, match.end())), "")
        if name:
            yield match.end(), name


def _stands(name: str, text: str, at: int) -> bool:
    """Whether the name stands there whole. After a Hangul name a particle may follow, after a Latin one no letter."""
    if not text.startswith(name, at):
        return False
    after = text[at + len(name) : at + len(name) + 1]
    return not (name[-1].isascii() and after.isascii() and after.isalnum())


def read_mentions(viewer: Viewer, *, conversation: Conversation | None = None) -> None:
    """Mark one's mentions as read: those of one conversation, or all."""
    unread = Mention.objects.visible_to(viewer).unread()
    if conversation:
        unread = unread.filter(conversation=conversation)
    unread.update(read_at=clock.now())
