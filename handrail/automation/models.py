"""The room's tables, each in the file of its thing."""

from handrail.automation.macros import Enclosed, Macro, MacroText
from handrail.automation.runs import Run, Step
from handrail.automation.template_answers import TemplateAnswer
from handrail.automation.with_replies import change as change  # puts itself where replies leave

__all__ = ["Enclosed", "Macro", "MacroText", "Run", "Step", "TemplateAnswer"]
