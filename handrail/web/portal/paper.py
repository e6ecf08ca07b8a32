"""Whether articles can be set on paper here."""

from __future__ import annotations

from functools import cache


@cache
def is_offered() -> bool:
    """Whether this machine can set PDF: the library, and the Pango it draws with."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        return False
    return True
