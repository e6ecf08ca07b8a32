"""Memory that is free again goes back to the system: an allocator keeps it otherwise, for a day that may not come."""

from __future__ import annotations

import ctypes

ARENAS = 2  # of memory; by default each thread gets its own and keeps what it once used
M_ARENA_MAX = -8  # of <malloc.h>


def few_arenas() -> None:
    """Let threads share their arenas, where libc allows it. Call it before they start."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        libc.mallopt(M_ARENA_MAX, ARENAS)


def give_back() -> None:
    """After something large was loaded and its pieces are no longer needed."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "malloc_trim"):
        libc.malloc_trim(0)
