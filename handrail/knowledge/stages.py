"""The stages of a draft, from the first word to the moment it is published."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """Where a text's draft stands. NONE: there is no draft; what is published stands for itself."""

    NONE = "", _("No draft")
    DRAFT = "draft", _("Draft")
    CHANGES = "changes", _("Changes requested")
    REVIEW = "review", _("In review")
    APPROVED = "approved", _("Approved")
    SCHEDULED = "scheduled", _("Scheduled")


class OutOfOrder(ValueError):
    """The text is not at a stage from which this step can be taken. The message names both."""
