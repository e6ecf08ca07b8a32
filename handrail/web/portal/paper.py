"""Whether articles can be set on paper here."""

from __future__ import annotations

from ctypes.util import find_library
from functools import cache
from importlib.util import find_spec

# What WeasyPrint draws with; it comes with the system, not with the package.
DRAWN_WITH = ("pango-1.0", "pangoft2-1.0")


@cache
def is_offered() -> bool:
    """Whether this machine can set PDF. Looked for, not loaded: a page that only offers it need not pay for it."""
    return find_spec("weasyprint") is not None and all(find_library(name) for name in DRAWN_WITH)
