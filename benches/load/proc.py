"""What a process and all it started have used, from the kernel's own books."""

from __future__ import annotations

import os
from pathlib import Path


def tree(pid: int) -> list[int]:
    """The process and its descendants."""
    found = [pid]
    try:
        for task in os.listdir(f"/proc/{pid}/task"):
            for child in Path(f"/proc/{pid}/task/{task}/children").read_text().split():
                found += tree(int(child))
    except FileNotFoundError:
        pass
    return list(dict.fromkeys(found))


def cpu_us(pid: int) -> int:
    """User and system time of the tree, in microseconds; moves in steps of 10 ms a process."""
    total = 0
    for each in tree(pid):
        fields = Path(f"/proc/{each}/stat").read_text().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total * 1_000_000 // os.sysconf("SC_CLK_TCK")


def pss_kb(pid: int) -> int:
    """Memory of the tree in kilobytes, shared pages counted once."""
    lines = (
        line for each in tree(pid) for line in Path(f"/proc/{each}/smaps_rollup").read_text().splitlines()
    )
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
