"""`make bench`: runs every tests/benchmarks/bench_*.py on the demo district, prints one table, writes JSON.

Each module has `run() -> list[Result]`. It runs on PostgreSQL if TEST_POSTGRES_URL answers, else on SQLite,
in a database of its own that is dropped afterwards. `python -m tests.benchmarks pages` runs one module.
Only ratios inside one run count: the machine is shared. A wrong answer fails the run, a slow one never does.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
REPORT = ROOT / "var" / "bench.json"
# A run with more of other people's work than this is marked.
MUCH_FOREIGN = 0.15
COLUMNS = ("", "median", "range", "unit", "floor", "")


@contextmanager
def database(folder: str) -> Iterator[str]:
    """The address of an empty database: on the server if one lets us in, else a file."""
    server = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
    try:
        admin = psycopg2.connect(server, connect_timeout=2)
    except psycopg2.Error:
        yield f"sqlite:///{folder}/bench.sqlite3"
        return
    admin.autocommit = True
    name = f"leaderdev_bench_{zlib.crc32(bytes(ROOT))}"
    with admin.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
    finally:
        with admin.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        admin.close()


def prepare(address: str, folder: str) -> None:
    """Django on that database, with the demo district in it."""
    os.environ.update(
        MODE="demo",
        VAR_DIR=folder,
        DATABASE_URL=address,
        # Two web processes: work is only queued, and nothing here waits for it.
        CELERY_BROKER_URL="redis://127.0.0.1:1/0",
        DJANGO_SETTINGS_MODULE="leaderdev.settings",
        LOG_LEVEL="ERROR",
    )
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("load_demo", stdout=sys.stderr)


def modules(wanted: list[str]) -> list[str]:
    found = sorted(path.stem for path in HERE.glob("bench_*.py"))
    return [name for name in found if not wanted or name.removeprefix("bench_") in wanted]


def table(rows: list[tuple[str, ...]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(lines)


def main(wanted: list[str]) -> int:
    from tests.benchmarks import machine

    began, began_busy = time.monotonic(), machine.busy()
    servers = machine.named("postgres")
    began_servers = machine.cpu(servers)
    with tempfile.TemporaryDirectory(prefix="leaderdev-bench-") as folder, database(folder) as address:
        prepare(address, folder)
        results = []
        for name in modules(wanted):
            sys.stderr.write(f"{name} …\n")
            results += importlib.import_module(f"tests.benchmarks.{name}").run()
        from django.db import connections

        own = machine.cpu([os.getpid(), *machine.children(os.getpid()), *machine.named("postgres")])
        connections.close_all()
    cores = os.cpu_count() or 1
    foreign = max(0.0, machine.busy() - began_busy - (own - began_servers))
    share = foreign / (cores * (time.monotonic() - began))
    sys.stdout.write(table([COLUMNS, *(result.row() for result in results)]) + "\n")
    mark = " (MUCH: repeat on a quieter machine)" if share > MUCH_FOREIGN else ""
    sys.stdout.write(f"Database: {urlsplit(address).scheme}. Work of others: {share:.0%}{mark}.\n")
    REPORT.parent.mkdir(exist_ok=True)
    report = {"foreign_cpu": share, "database": urlsplit(address).scheme}
    report["results"] = [result.as_json() for result in results]
    REPORT.write_text(json.dumps(report, indent=1, ensure_ascii=False))
    wrong = [sentence for result in results for sentence in result.wrong]
    for sentence in wrong:
        sys.stdout.write(f"WRONG: {sentence}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
