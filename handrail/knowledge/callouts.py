"""What readers and authors are told of a callout, and of a passage for colleagues, in the current language."""

from __future__ import annotations

from django.utils.translation import gettext as _


def callout_names() -> dict[str, str]:
    """kind -> its name."""
    return {
        "note": _("Good to know"),
        "tip": _("Tip"),
        "important": _("Important"),
        "warning": _("Take care"),
        "caution": _("Take care"),
    }


def inner_words() -> str:
    return _("Only colleagues see this part")
