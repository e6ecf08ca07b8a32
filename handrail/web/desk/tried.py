"""What the customer asked, was shown and read before a person came, so that nothing is asked twice."""

from __future__ import annotations

from dataclasses import dataclass

from handrail.accounts.viewer import Viewer
from handrail.conversations.conversation import Conversation
from handrail.conversations.holding import says_something
from handrail.knowledge.models import Article


@dataclass(frozen=True)
class Tried:
    """`kind` is asked, shown, read, answered, no_help or listed, or a later code; `title` the article's, "" where none was involved.

    answer  what was chosen where `text` asked
    step    how far somebody came who read an article with steps; 0 for none
    helped  False where they said that it did not; None where they said nothing
    """

    kind: str
    text: str = ""
    title: str = ""
    article: int | None = None
    step: int = 0
    answer: str = ""
    helped: bool | None = None


def tried(conversation: Conversation, *, viewer: Viewer) -> list[Tried]:
    """Oldest first; articles by the title the viewer may read, in one query."""
    entries = [entry for entry in conversation.tried if isinstance(entry, dict) and says_something(entry)]
    ids = [entry["article"] for entry in entries if isinstance(entry.get("article"), int)]
    titles = _titles(ids, viewer) if ids else {}
    return [
        Tried(
            kind=str(entry.get("kind", "")),
            text=str(entry.get("text") or entry.get("question") or ""),
            title=titles.get(entry.get("article") or 0, "") or str(entry.get("title") or ""),
            article=entry.get("article"),
            step=entry["step"] if isinstance(entry.get("step"), int) else 0,
            answer=str(entry.get("answer") or ""),
            helped=entry.get("helped"),
        )
        for entry in entries
    ]


def known_to(conversation: Conversation) -> set[int]:
    """Articles whose words the customer had before them in vain: quoted, read without help, or tried without success."""
    return {
        int(entry["article"])
        for entry in conversation.tried
        if isinstance(entry, dict)
        and isinstance(entry.get("article"), int)
        and (entry.get("kind") == "no_help" or entry.get("quoted") or entry.get("helped") is False)
    }


def _titles(ids: list[int], viewer: Viewer) -> dict[int, str]:
    found = {}
    for article in Article.objects.visible_to(viewer).filter(pk__in=ids).with_published():
        text = article.published(viewer.locale)
        if text:
            found[article.pk] = text.title
    return found
