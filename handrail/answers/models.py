"""The room's tables, each in the file of its thing."""

from handrail.answers.asks import Ask
from handrail.answers.classifiers import Classifier
from handrail.answers.contexts import Context
from handrail.answers.entries import Entry, IndexState, Vector
from handrail.answers.fittings import Fitting
from handrail.answers.keywords import KeywordAnswer
from handrail.answers.labels import Label
from handrail.answers.replays import Replay
from handrail.answers.thresholds import Threshold
from handrail.answers.wholes import Whole

__all__ = [
    "Ask",
    "Classifier",
    "Context",
    "Entry",
    "Fitting",
    "IndexState",
    "KeywordAnswer",
    "Label",
    "Replay",
    "Threshold",
    "Vector",
    "Whole",
]
