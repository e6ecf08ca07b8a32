"""How much memory one host takes with N articles after questions were asked: web, worker, and the model process apart.

    python benches/answers/memory.py FOLDER [--questions 200] [--no-write]

FOLDER is a kept one of latency.py (FOLDER/10000/handrail.sqlite3). A group is started on it as `handrail all` starts one,
questions are asked at the API of its web process and, in the worker, by a job that answers as mail does. Then the
proportional set size of each process is read: pages shared by two count half for each. Writes results_memory.json.
"""

# ruff: noqa: E402 - Django is set up before the rooms are imported

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import urlopen

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")

import django

django.setup()

from benches.answers.knowledge import Author
from benches.load.report import machine

RESULTS = Path(__file__).with_name("results_memory.json")
PORT = 8427
GOALS = {"web and worker": 250, "models": 650}  # MB
IN_WORKER = """
import django; django.setup()
from handrail.answers.jobs import warm
warm.enqueue()
"""


def processes(root):
    """name -> pid of the processes of a group, and of the one they were forked from as "group"."""
    found = {"group": root}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            name = (folder / "comm").read_text().strip()
        except (OSError, ValueError):
            continue
        if parent == root:
            found[name.removeprefix("handrail ")] = int(folder.name)
    return found


def megabytes(pid):
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return round(next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024, 1)


def parts(pid):
    """What is the process's own, and its share of files it maps (the database's among them)."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    sizes = {
        line.split(":")[0]: round(int(line.split()[1]) / 1024, 1) for line in lines if line.startswith("Pss_")
    }
    return {name: sizes.get(name) for name in ("Pss_Anon", "Pss_File")}


def ask(question, locale):
    query = urlencode({"query": question, "locale": locale})
    try:
        urlopen(f"http://127.0.0.1:{PORT}/api/v2/answers?{query}", timeout=60).read()
    except HTTPError as refused:
        if refused.code != 429:
            raise
        time.sleep(float(refused.headers.get("Retry-After", 1)))


def wait():
    for _ in range(600):
        try:
            urlopen(f"http://127.0.0.1:{PORT}/healthz", timeout=5)
            return
        except (URLError, OSError):
            time.sleep(0.2)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--no-write", action="store_true")
    chosen = parser.parse_args()
    env = {
        **os.environ,
        "HANDRAIL_DATA": str(chosen.folder),
        "PORT": str(PORT),
        "DATABASE_URL": "",
        "REDIS_URL": "",
    }
    subprocess.run([sys.executable, "-m", "handrail", "migrate", "-v0"], env=env, check=True)
    group = subprocess.Popen([sys.executable, "-m", "handrail", "all"], env=env, stderr=subprocess.DEVNULL)
    try:
        wait()
        until = time.monotonic() + 180
        while not (chosen.folder / "run" / "models.sock").exists() and time.monotonic() < until:
            time.sleep(0.5)
        subprocess.run([sys.executable, "-c", IN_WORKER], env=env, check=True)
        for question, locale in Author(seed=11).questions(chosen.questions):
            ask(question, locale)
        time.sleep(5)
        shares = {name: parts(pid) for name, pid in processes(group.pid).items()}
        held = {name: megabytes(pid) for name, pid in processes(group.pid).items()}
    finally:
        group.send_signal(signal.SIGTERM)
        group.wait(30)
    report = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "articles": int(chosen.folder.name),
        "questions": chosen.questions,
        "pss_mb": held,
        "of that": shares,
        "web and worker": round(held["web"] + held["worker"], 1),
        "goals": GOALS,
    }
    print(json.dumps(report))
    if not chosen.no_write:
        RESULTS.write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
