"""Demands 95 % of lines and branches in the files where rules live; reads coverage's JSON report.

The list stands in pyproject.toml under [tool.leaderdev.coverage_gate].
"""

from __future__ import annotations

import json
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "var" / "coverage" / "coverage.json"


def short(report: dict, *, patterns: list[str], percent: float) -> list[str]:
    """A sentence for each file of the report that matches a pattern and stays under `percent`."""
    found = []
    for path, entry in sorted(report["files"].items()):
        reached = entry["summary"]["percent_covered"]
        if any(fnmatch(path, pattern) for pattern in patterns) and reached < percent:
            lines = ", ".join(map(str, entry["missing_lines"])) or "none"
            branches = (
                ", ".join(f"{start}→{end}" for start, end in entry.get("missing_branches", [])) or "none"
            )
            found.append(f"{path}: {reached:.1f} % (missed lines: {lines}; branches: {branches})")
    return found


def main() -> int:
    gate = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["leaderdev"]["coverage_gate"]
    report = json.loads(REPORT.read_text())
    problems = short(report, patterns=gate["files"], percent=gate["percent"])
    whole = report["totals"]["percent_covered"]
    sys.stdout.write(f"Coverage with branches: {whole:.1f} % of everything.\n")
    for problem in problems:
        sys.stdout.write(f"Under {gate['percent']} %: {problem}\n")
    if not problems:
        sys.stdout.write(f"Services, permissions, querysets and pure modules reach {gate['percent']} %.\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
