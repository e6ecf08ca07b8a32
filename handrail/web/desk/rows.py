"""What every list of conversations shows, gathered once for its template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handrail.accounts.viewer import Viewer
from handrail.conversations.labels import Priority
from handrail.conversations.passages import Passage
from handrail.conversations.queries import Page
from handrail.web.desk.frame import visible_teams
from handrail.web.desk.lines import NO_PASSAGES, lines
from handrail.web.desk.statuses import unsolved


def rows_shown(viewer: Viewer, found: Page, passages: Mapping[int, Passage] = NO_PASSAGES) -> dict[str, Any]:
    """What desk/rows.html expects, and the filters above it. `passages`: what a row shows instead of its last words."""
    known = visible_teams(viewer)
    return {
        "found": found,
        "lines": lines(found, viewer=viewer, teams=known, passages=passages),
        "team_names": known,
        "unsolved_statuses": unsolved(viewer.locale),
        "priorities": Priority,
    }
