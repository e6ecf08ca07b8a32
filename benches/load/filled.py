"""Filled databases, made once and copied for every run: a run writes, and the next one must find the same rows."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from benches.load.grow import FROM, grow
from benches.load.servers import PEER, ROOT, our_env, peer_env

KEPT = ROOT / ".bench" / "filled"
OURS = [
    "benches/load/fill.py",
    "benches/load/rows.py",
    "benches/load/words.py",
    "handrail/*/migrations/*.py",
    "handrail/core/*/migrations/*.py",
]
PEERS = [
    "benches/load/peer/fill.py",
    "benches/load/peer/settings.py",
    "benches/load/rows.py",
    "benches/load/words.py",
]


def ours(count: int, into: Path) -> dict[str, Any]:
    """Our data folder with `count` conversations, copied to `into`; gives what fill.py said of it."""
    return _copied(f"handrail-{count}-{_key(OURS)}", into, lambda folder: _fill_ours(count, folder))


def peers(count: int, into: Path) -> dict[str, Any]:
    """The same for the peer."""
    return _copied(f"peer-{count}-{_key(PEERS)}", into, lambda folder: _fill_peer(count, folder))


def _copied(name: str, into: Path, fill: Callable[[Path], dict[str, Any]]) -> dict[str, Any]:
    kept, facts = _kept(name, fill)
    shutil.copytree(kept, into, dirs_exist_ok=True)
    return facts


def _kept(name: str, fill: Callable[[Path], dict[str, Any]]) -> tuple[Path, dict[str, Any]]:
    kept = KEPT / name
    if not (kept / "facts.json").exists():
        print(f"  filling {name}", file=sys.stderr, flush=True)
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir(parents=True)
        (kept / "facts.json").write_text(json.dumps(fill(kept)))
    return kept, json.loads((kept / "facts.json").read_text())


def kept_ours(count: int) -> tuple[Path, dict[str, Any]]:
    """The kept folder itself, for those who only read."""
    return _kept(f"handrail-{count}-{_key(OURS)}", lambda folder: _fill_ours(count, folder))


def _fill_ours(count: int, folder: Path) -> dict[str, Any]:
    if count > FROM:
        facts = ours(FROM, folder)
        grow(folder / "handrail.sqlite3", to=count)
        return facts | {"conversations": count, "matches": facts["matches"] * count // FROM}
    env = our_env(folder, 8630)
    _run([sys.executable, "-m", "handrail", "migrate", "--verbosity=0"], env)
    return json.loads(_run([sys.executable, "-m", "benches.load.fill", str(count)], env))


def _fill_peer(count: int, folder: Path) -> dict[str, Any]:
    return json.loads(
        _run([str(PEER / "bin" / "python"), "-m", "benches.load.peer.fill", str(count)], peer_env(folder))
    )


def _run(command: list[str], env: dict[str, str]) -> str:
    done = subprocess.run(
        command, env={**os.environ, **env}, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""


def _key(patterns: Iterable[str]) -> str:
    """Changes with whatever shapes the rows."""
    files = sorted(path for pattern in patterns for path in ROOT.glob(pattern))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:10]
