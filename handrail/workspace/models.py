"""The room's tables, each in the file of its things."""

from __future__ import annotations

from handrail.workspace.brand import Brand
from handrail.workspace.hours import BusinessHours, Closure
from handrail.workspace.portal import PortalDraft, PortalVersion

__all__ = ["Brand", "BusinessHours", "Closure", "PortalDraft", "PortalVersion"]
