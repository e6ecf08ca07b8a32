"""Debian's clamd with one signature of our own: the test file of EICAR, which every scanner is to find and which harms nothing."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

CLAMD = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")
# https://www.eicar.org/download-anti-malware-testfile/, in halves, so that no scanner minds this file.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD" + b"-ANTIVIRUS-TEST-FILE!$H+H*"


class Scanner:
    """One clamd on a socket; it can go away and come back."""

    def __init__(self, room: Path) -> None:
        self.address = f"unix:{room / 'clamd'}"
        (room / "signatures").mkdir()
        (room / "signatures" / "test.ndb").write_text(f"Eicar-Test-Signature:0:0:{EICAR.hex()}\n")
        self._settings = room / "clamd.conf"
        self._settings.write_text(
            f"LocalSocket {room / 'clamd'}\nDatabaseDirectory {room / 'signatures'}\nForeground yes\nStreamMaxLength 1M\n"
        )
        self._socket, self._process = room / "clamd", None
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen([CLAMD, "-c", self._settings], stdout=subprocess.DEVNULL)
        until = time.monotonic() + 30
        while not self._socket.exists():
            assert self._process.poll() is None and time.monotonic() < until, "clamd did not start"
            time.sleep(0.02)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(20)


@pytest.fixture(scope="module")
def clamd(tmp_path_factory) -> Iterator[Scanner]:
    if CLAMD is None:
        pytest.skip("clamd is not installed: apt-get install clamav-daemon")
    # A socket's path has a hundred letters at most.
    scanner = Scanner(tmp_path_factory.mktemp("av"))
    yield scanner
    scanner.stop()


@pytest.fixture
def scanner(clamd, settings) -> Scanner:
    settings.FILE_SCANNER = clamd.address
    return clamd
