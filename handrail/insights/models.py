"""The room's tables, each in the file of its thing."""

from handrail.insights.counting import DayCount
from handrail.insights.cursors import Cursor
from handrail.insights.journeys import Journey

__all__ = ["Cursor", "DayCount", "Journey"]
