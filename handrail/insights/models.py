"""The room's tables, each in the file of its thing."""

from handrail.insights.cases import Case
from handrail.insights.counting import DayCount
from handrail.insights.cursors import Cursor
from handrail.insights.gaps import Gap
from handrail.insights.journeys import Journey

__all__ = ["Case", "Cursor", "DayCount", "Gap", "Journey"]
