"""What waits for a colleague, from the articles' life and from their readers: ten at most, a few of them always the readers'."""

from __future__ import annotations

from handrail.accounts.viewer import Viewer
from handrail.insights.tasks import Finding, findings, how_many
from handrail.knowledge.tasks import MOST, Task, tasks, waiting


def todo(viewer: Viewer) -> tuple[list[Task], list[Finding]]:
    """Both lists, together ten at most."""
    found = findings(viewer)
    return tasks(viewer, most=MOST - len(found)), found


def todo_count(viewer: Viewer) -> int:
    """How long both lists are together: two queries."""
    found = how_many(viewer)
    return found + waiting(viewer, most=MOST - found)
