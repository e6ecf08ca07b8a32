"""How log lines look."""

from __future__ import annotations

import logging

SHOWN = 300


class OneLine(logging.Formatter):
    """The message alone, in one line and without a traceback: for what strangers can cause at will."""

    def format(self, record: logging.LogRecord) -> str:
        bare = logging.makeLogRecord(
            record.__dict__ | {"exc_info": None, "exc_text": None, "stack_info": None}
        )
        return super().format(bare).replace("\n", " ").replace("\r", " ")[:SHOWN]
