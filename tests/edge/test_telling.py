"""What the one command tells whoever started it: plainly, and before it turns into the processes it starts."""

from __future__ import annotations

import io
import os

from django.core.management import call_command

from handrail.config import preparing


class Started(Exception):
    pass


def told(monkeypatch, settings, folder, **options) -> str:
    """What had reached the outside when this process gave its place to the others."""
    # This process holds its folder until it ends (config/alone.py); each start has one of its own.
    settings.DATA = folder
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="utf-8")
    out.isatty = lambda: True

    def give_way(*_args):
        raise Started

    monkeypatch.setattr(os, "execv", give_way)
    monkeypatch.setattr(preparing, "prepare", lambda say, out: out.write("sign-ins"))
    try:
        call_command("all", stdout=out, force_color=True, **options)
    except Started:
        return raw.getvalue().decode()
    raise AssertionError("nothing was started")


def test_what_is_told_is_out_before_the_process_gives_way(monkeypatch, settings, tmp_path):
    assert "sign-ins" in told(monkeypatch, settings, tmp_path, prepare=True)


def test_addresses_are_no_error_message(monkeypatch, settings, tmp_path):
    said = told(monkeypatch, settings, tmp_path)

    assert "pages and event streams on" in said
    assert "\x1b[" not in said
