"""How log lines look: nothing that opens something stands in one."""

from __future__ import annotations

import logging

from handrail.core.harmless import harmless

SHOWN = 300


class Harmless(logging.Formatter):
    """The whole of what is written, traceback included, without what could be used by whoever reads it."""

    def format(self, record: logging.LogRecord) -> str:
        return harmless(super().format(record))


class OneLine(Harmless):
    """The message alone, in one line and without a traceback: for what strangers can cause at will."""

    def format(self, record: logging.LogRecord) -> str:
        bare = logging.makeLogRecord(
            record.__dict__ | {"exc_info": None, "exc_text": None, "stack_info": None}
        )
        return super().format(bare).replace("\n", " ").replace("\r", " ")[:SHOWN]
