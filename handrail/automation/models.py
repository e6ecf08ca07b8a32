"""The room's tables, each in the file of its thing."""

from handrail.automation.macros import Macro, MacroText
from handrail.automation.runs import Run, Step

__all__ = ["Macro", "MacroText", "Run", "Step"]
