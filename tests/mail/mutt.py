"""mutt, driven by keys as a customer would drive it: it sends through Postfix and reads from Dovecot."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.mail.servers import MailServers

SETTINGS = """
set my_address = "{address}"
set from = $my_address
set realname = "{name}"
set use_from = yes
set folder = "imap://127.0.0.1:{imap}/"
set spoolfile = "imap://127.0.0.1:{imap}/INBOX"
set imap_user = $my_address
set imap_pass = "pw"
set smtp_url = "smtp://127.0.0.1:{smtp}/"
set ssl_starttls = no
set ssl_force_tls = no
set charset = "utf-8"
set send_charset = "us-ascii:utf-8"
set editor = "{editor}"
set fast_reply = yes
set reply_to = yes
set recall = no
set delete = no
set move = no
set include = yes
set copy = no
set wait_key = no
set quit = yes
set abort_unmodified = no
set header_cache = ""
"""
# What was typed stands above the quotation.
EDITOR = '#!/bin/sh\ncat "{typed}" "$1" > "$1.new" && mv "$1.new" "$1"\n'


class Mutt:
    """One person's mutt with a folder of its own. `send` writes anew, `answer` answers the newest mail there is."""

    def __init__(self, home: Path, servers: MailServers, *, address: str, name: str) -> None:
        if not shutil.which("mutt"):
            pytest.skip("needs mutt: apt-get install mutt")
        home.mkdir()
        self.home, self.typed, editor = home, home / "typed", home / "editor"
        editor.write_text(EDITOR.format(typed=self.typed))
        editor.chmod(0o700)
        lines = SETTINGS.format(
            address=address, name=name, imap=servers.imap, smtp=servers.smtp, editor=editor
        )
        (home / "muttrc").write_text(lines, encoding="utf-8")

    def send(self, text: str, *, to: str, subject: str, files: tuple[Path, ...] = ()) -> None:
        attached = [word for path in files for word in ("-a", str(path))]
        self._run(["mutt", "-F", "muttrc", "-s", subject, *attached, "--", to], said=text)

    def answer(self, text: str) -> None:
        """Open the mailbox, go to the last mail, reply above its quotation, send, leave."""
        self.typed.write_text(text + "\n\n", encoding="utf-8")
        keys = "<last-entry><reply><send-message><quit>"
        self._at_a_screen(["mutt", "-F", "muttrc", "-e", f'push "{keys}"'])

    def _run(self, command: list[str], *, said: str) -> None:
        subprocess.run(
            command,
            cwd=self.home,
            env=self._there(),
            input=said.encode(),
            check=True,
            timeout=60,
            capture_output=True,
        )

    def _at_a_screen(self, command: list[str]) -> None:
        ours, its = os.openpty()
        process = subprocess.Popen(
            command,
            cwd=self.home,
            env=self._there(),
            stdin=its,
            stdout=its,
            stderr=its,
            start_new_session=True,
        )
        os.close(its)
        shown = b""
        deadline = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < deadline:
            if select.select([ours], [], [], 0.2)[0]:
                with suppress(OSError):  # it has ended
                    shown += os.read(ours, 65_536)
        os.close(ours)
        process.kill()
        assert process.wait() == 0, shown[-2000:].decode("utf-8", "replace")

    def _there(self) -> dict[str, str]:
        size = {"LINES": "40", "COLUMNS": "120"}
        return {**os.environ, **size, "HOME": str(self.home), "LC_ALL": "C.UTF-8", "TERM": "xterm"}
