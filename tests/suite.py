"""`make test`: the whole suite on SQLite, then on PostgreSQL and Redis where they answer.

Run as `python -m tests.suite sqlite postgres`; arguments after `--` go to pytest. Coverage is measured on the
SQLite run. A missing PostgreSQL is named and, with CI set, fails the suite. The suite builds its databases by
the migrations; a developer's `pytest` makes the tables from the models, which is quicker.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

from tests import coverage_gate

ROOT = Path(__file__).resolve().parent.parent


def pytest(*options: str, **environment: str) -> int:
    workers = os.environ.get("WORKERS", "2")
    command = [sys.executable, "-m", "pytest", "--migrations", "-n", workers, "--dist", "worksteal"]
    command += options
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}).returncode


def sqlite(*options: str) -> int:
    """The run that measures coverage, followed by its gate."""
    (ROOT / "var" / "coverage").mkdir(parents=True, exist_ok=True)
    without = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    os.environ.clear()
    os.environ.update(without)
    status = pytest("--cov", "--cov-report=term", "--cov-report=json:var/coverage/coverage.json", *options)
    # Both say what they found, so that one run names everything there is to mend.
    gate = coverage_gate.main()
    return status or gate


def postgres_problem(address: str) -> str:
    try:
        psycopg2.connect(address, connect_timeout=2).close()
    except psycopg2.Error:
        where = urlsplit(address)
        return f"no PostgreSQL lets {where.username} in at {where.hostname}:{where.port or 5432}"
    return ""


def postgres(*options: str) -> int:
    address = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
    if problem := postgres_problem(address):
        sys.stdout.write(f"NOT RUN: the suite on PostgreSQL; {problem} (TEST_POSTGRES_URL names it).\n")
        return 1 if os.environ.get("CI") else 0
    return pytest(*options, DATABASE_URL=address)


def main(arguments: list[str]) -> int:
    split = arguments.index("--") if "--" in arguments else len(arguments)
    failed = []
    for name in arguments[:split]:
        began = time.monotonic()
        sys.stdout.write(f"\n=== The suite on {name} ===\n")
        sys.stdout.flush()
        status = {"sqlite": sqlite, "postgres": postgres}[name](*arguments[split + 1 :])
        if status:
            failed.append(name)
        sys.stdout.write(
            f"=== {name}: {'FAILED' if status else 'passed'} in {time.monotonic() - began:.0f} s ===\n"
        )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
