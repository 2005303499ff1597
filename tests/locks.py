"""The locked lists: write them from pyproject.toml, and say what is wrong with them.

uv resolves for every platform and writes plain `pip` requirements with hashes. `uv.lock` and pip-compile
may write an index address or a local path into the file; these lists install wherever pip finds packages.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
HEADER = "# Written by `make lock` from pyproject.toml, never by hand; UPGRADE=1 takes newer versions.\n"
LISTS = {
    "requirements.lock": [],
    "requirements-dev.lock": ["--group", "dev", "--constraint", "requirements.lock"],
}
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[(?P<extras>[^\]]*)\])?==(?P<version>[^\s;\\]+)")


def pins(lock: str) -> dict[str, tuple[str, set[str]]]:
    """Name → version and extras of every pin in the text of a lock file."""
    found = (PIN.match(line) for line in lock.splitlines())
    return {
        match["name"].lower(): (match["version"], set(re.split(r",\s*", match["extras"] or "")) - {""})
        for match in found
        if match
    }


def problems(lock: str, wanted: list[str]) -> list[str]:
    """Sentences about what keeps `lock` (the file's text) from standing for the requirements in `wanted`."""
    found = []
    if not lock.startswith(HEADER):
        found.append("it does not start with the line that says how to renew it")
    if re.search(r"https?:|file:|--(extra-)?index-url|--find-links|^-e ", lock, re.MULTILINE):
        found.append("it holds an address or a local path")
    blocks = re.split(r"\n(?=[A-Za-z0-9])", lock)
    found += [
        f"{block.split('==')[0]} has no hash"
        for block in blocks
        if PIN.match(block) and "--hash=" not in block
    ]
    have = pins(lock)
    for line in wanted:
        need = Requirement(line)
        version, extras = have.get(need.name.lower(), (None, set()))
        if version is None:
            found.append(f"{need.name} is missing")
        elif need.extras - extras:
            found.append(f"{need.name} is locked without [{', '.join(sorted(need.extras - extras))}]")
        elif Version(version) not in need.specifier:
            found.append(f"{need.name} is locked at {version}, outside {need.specifier}")
    return found


def check() -> int:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    runtime, dev = project["project"]["dependencies"], project["dependency-groups"]["dev"]
    status = 0
    for name, wanted in {"requirements.lock": runtime, "requirements-dev.lock": runtime + dev}.items():
        for problem in problems((ROOT / name).read_text(), wanted):
            sys.stdout.write(f"{name}: {problem}. Run `make lock`.\n")
            status = 1
    return status


def write(*, upgrade: bool) -> None:
    for name, extra in LISTS.items():
        with tempfile.TemporaryDirectory() as folder:
            # uv keeps the versions that stand in the file it writes to, unless it is told to upgrade.
            target = Path(folder, name)
            if (ROOT / name).exists():
                target.write_text((ROOT / name).read_text())
            subprocess.run(
                [
                    str(Path(sys.executable).parent / "uv"),
                    *[
                        "pip",
                        "compile",
                        "pyproject.toml",
                        "--quiet",
                        "--universal",
                        "--python-version",
                        "3.11",
                    ],
                    # Pinned without its extra, `coverage[toml]` is taken at its newest by the pip of Python
                    # 3.11, which then has no hash for it: a new machine fails on somebody's release.
                    *["--generate-hashes", "--no-header", "--no-annotate", "--no-strip-extras"],
                    *extra,
                    *(["--upgrade"] if upgrade else []),
                    *["--output-file", str(target)],
                ],
                cwd=ROOT,
                check=True,
            )
            (ROOT / name).write_text(HEADER + target.read_text())


if __name__ == "__main__":
    if "--write" in sys.argv:
        write(upgrade="--upgrade" in sys.argv)
    sys.exit(check())
