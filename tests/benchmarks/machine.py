"""CPU time of our processes and of everybody else's, read from /proc."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def seconds_of(process: int) -> float:
    """CPU seconds that a process has used, with the children it has waited for; 0 once it is gone."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    except FileNotFoundError:
        return 0.0
    return sum(map(int, fields[11:15])) / TICKS


def memory(process: int) -> float:
    """MB that a process holds in memory, libraries that it shares with others included."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024


def peak_memory() -> float:
    """MB that this process has held at most since its program was loaded.

    Not ru_maxrss, which a started program inherits from whoever started it.
    """
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def children(process: int) -> list[int]:
    found = []
    for listing in Path(f"/proc/{process}/task").glob("*/children"):
        for child in map(int, listing.read_text().split()):
            found += [child, *children(child)]
    return found


def named(name: str) -> list[int]:
    """Processes whose command is `name`; used for the database server, which is nobody's child here."""
    found = []
    for place in Path("/proc").glob("[0-9]*/comm"):
        try:
            if place.read_text().strip() == name:
                found.append(int(place.parent.name))
        except FileNotFoundError:
            continue
    return found


def cpu(processes: Iterable[int]) -> float:
    return sum(map(seconds_of, processes))


def busy() -> float:
    """CPU seconds that the whole machine has worked, without waiting and idling."""
    user, nice, system, _idle, _wait, *rest = map(int, Path("/proc/stat").read_text().split()[1:9])
    return (user + nice + system + sum(rest[:2])) / TICKS
