"""What a run says: to whoever started it, to results.json, and to the table in benches/README.md."""

from __future__ import annotations

import json
import os
import platform
import re
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benches.load.cases import Case, window_of
from benches.load.goals import ENOUGH, GOALS, Goal
from benches.load.servers import PEER

RESULTS = Path(__file__).with_name("results.json")
README = Path(__file__).parents[1] / "README.md"
OURS = ("django", "uvicorn", "jinja2", "uvloop", "httptools")


@dataclass(frozen=True)
class Verdict:
    goal: Goal
    value: float | None

    @property
    def share(self) -> float:
        return self.goal.share(self.value) if self.value else 0.0

    @property
    def words(self) -> str:
        if self.value is None:
            return "not run"
        if self.share >= 1:
            return "reached"
        return "nearly" if self.share >= ENOUGH else "BELOW"


def judge(cpu: dict[str, float]) -> list[Verdict]:
    """Each goal with what this run found; None where a case it needs was not run."""
    return [
        Verdict(goal, goal.value(cpu) if all(name in cpu for name in goal.needs) else None) for goal in GOALS
    ]


def table(cases: list[Case]) -> str:
    """Every case: smallest CPU, its spread, and the rate and latency of its best round."""
    lines = [
        f"{'case':<40}{'CPU µs':>11}{'spread':>9}{'req/s':>9}{'p50 ms':>9}{'p99 ms':>9}{'bytes':>9}{'bad':>5}"
    ]
    for case in cases:
        spread = max(each["cpu_us"] for each in case.rounds) / case.cpu_us
        served, size = window_of(case), case.rounds[0]["bytes"]
        times = f"{served.rate:>9,.0f}{served.p50_ms:>9.2f}{served.p99_ms:>9.2f}" if served else " " * 27
        lines.append(f"{case.name:<40}{case.cpu_us:>11,.1f}{spread:>8.2f}×{times}{size:>9,}{case.bad:>5}")
    return "\n".join(lines)


def verdict_lines(verdicts: list[Verdict]) -> str:
    return "\n".join(
        f"  {each.words:<8}{said(each):>10}  goal {goal_words(each.goal):<10} {each.goal.name}"
        for each in verdicts
    )


def said(verdict: Verdict) -> str:
    return "–" if verdict.value is None else f"{figure(verdict.value)} {verdict.goal.unit}"


def goal_words(goal: Goal) -> str:
    return f"{'≤' if goal.at_most else '≥'} {figure(goal.target)} {goal.unit}"


def figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 20 else f"{value:.2g}" if value < 0.1 else f"{value:.2f}"


def machine() -> dict[str, Any]:
    """Where the run took place, as far as a reader can use it."""
    models = re.findall(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    return {"cpu": models[0] if models else "", "cores": os.cpu_count(), "python": platform.python_version()}


def versions() -> dict[str, str]:
    found = {name: version(name) for name in OURS}
    for name in ("django_helpdesk", "gunicorn", "django"):
        for folder in (PEER / "lib").glob(f"python*/site-packages/{name}-*.dist-info"):
            found[f"peer {name}"] = folder.name.removeprefix(f"{name}-").removesuffix(".dist-info")
    return found


def write(run: dict[str, Any], verdicts: list[Verdict], cases: list[Case]) -> None:
    """results.json: everything measured. The table of benches/README.md: the goals."""
    run["goals"] = [
        {"goal": each.goal.name, "found": each.value, "wanted": goal_words(each.goal), "verdict": each.words}
        for each in verdicts
    ]
    run["cases"] = [
        {"case": case.name, "cpu_us": case.cpu_us, "bad": case.bad, "rounds": case.rounds} for case in cases
    ]
    RESULTS.write_text(json.dumps(run, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    lines = ["| Goal | Wanted | Found | |", "|---|---|---|---|"]
    lines += [
        f"| {each.goal.name} | {goal_words(each.goal)} | {said(each)} | {each.words} |" for each in verdicts
    ]
    put_into_readme("load", "\n".join([heading(run), "", *lines]))


def heading(run: dict[str, Any]) -> str:
    return (
        f"{run['at'][:10]}, {run['machine']['cores']} cores ({run['machine']['cpu']}), load average {run['load_before']} before; "
        f"{run['conversations']:,} conversations, {run['rounds']} rounds of {run['seconds']} s."
    )


def put_into_readme(name: str, text: str) -> None:
    """Replace what stands between the marks of `name`."""
    marks = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end of {name} -->)", re.DOTALL)
    now = README.read_text(encoding="utf-8")
    assert marks.search(now), f"benches/README.md has no place marked {name!r}"
    README.write_text(marks.sub(lambda match: f"{match[1]}{text}\n{match[2]}", now), encoding="utf-8")
