"""The room's tables, each in the file of its thing."""

from handrail.insights.cases import Case
from handrail.insights.contacts import ReadContact
from handrail.insights.counting import DayCount
from handrail.insights.cursors import Cursor
from handrail.insights.failing import FailingArticle
from handrail.insights.gaps import Gap
from handrail.insights.journeys import Journey
from handrail.insights.links import BrokenLink, Page
from handrail.insights.offered import Offered

__all__ = [
    "BrokenLink",
    "Case",
    "Cursor",
    "DayCount",
    "FailingArticle",
    "Gap",
    "Journey",
    "Offered",
    "Page",
    "ReadContact",
]
