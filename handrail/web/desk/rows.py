"""What every list of conversations shows, gathered once for its template."""

from __future__ import annotations

from typing import Any

from handrail.accounts.viewer import Viewer
from handrail.conversations.labels import Priority
from handrail.conversations.queries import Page
from handrail.web.desk.frame import visible_teams
from handrail.web.desk.lines import lines
from handrail.web.desk.statuses import unsolved


def rows_shown(viewer: Viewer, found: Page) -> dict[str, Any]:
    """What desk/rows.html expects, and the filters above it."""
    known = visible_teams(viewer)
    return {
        "found": found,
        "lines": lines(found, viewer=viewer, teams=known),
        "team_names": known,
        "unsolved_statuses": unsolved(viewer.locale),
        "priorities": Priority,
    }
