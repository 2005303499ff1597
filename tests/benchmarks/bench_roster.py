"""5,000 people from a workbook into an empty district, then all of them moved. Prints one line of JSON.

    python -m tests.benchmarks.bench_roster

The limits are 15 seconds and 300 MB for one import from upload to commit, on SQLite. The seconds that count
are the processor's: on a machine that others use too, the clock on the wall measures them.
"""

from __future__ import annotations

import datetime
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks import machine
from tests.benchmarks.result import Result

ROWS = 5_000
SCHOOLS = 200
MOST_SECONDS = 15.0
MOST_MEGABYTES = 300.0
HEADINGS = (
    "E-mail", "Given name", "Family name", "Preferred name", "School", "Role", "Title", "Employee number",
    "Source id", "Start date", "Supervisor", "Leads since",
)  # fmt: skip


def write_workbook(path: Path, *, moved: bool) -> None:
    """Made in a process of its own, so that its memory is not counted."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Roster")
    sheet.append(HEADINGS)
    start = datetime.date(2026, 9, 15) if moved else datetime.date(2026, 8, 24)
    for number in range(ROWS):
        school = (number + moved) % SCHOOLS
        above = "" if number < SCHOOLS else f"person{number % SCHOOLS}@bench.example.ca"
        sheet.append(
            [
                f"person{number}@bench.example.ca", f"Given{number}", f"Family{number}", f"G{number}",
                f"S{school:03}", "principal", "Principal" if moved else "Acting Principal", f"E{number}",
                f"source-{number}", start, above, 2000 + number % 26,
            ]
        )  # fmt: skip
    book.save(path)


def measure(folder: Path) -> dict[str, object]:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from cohorts.models import District, School
    from leaderdev.accounts.models import User

    district = District.objects.create(name="Bench", short_name="Bench", slug="bench")
    School.objects.bulk_create(
        School(district=district, code=f"S{number:03}", name=f"School {number}") for number in range(SCHOOLS)
    )
    operator = User.objects.create_superuser("operator@bench.example.ca", name="Operator")
    first, first_cpu = import_seconds(district, operator, folder / "new.xlsx", {"new": ROWS})
    second, second_cpu = import_seconds(district, operator, folder / "moved.xlsx", {"moved": ROWS})
    peak = machine.peak_memory()
    return {
        "bench": "roster",
        "rows": ROWS,
        "seconds_new": round(first, 2),
        "seconds_moved": round(second, 2),
        "most_seconds": MOST_SECONDS,
        "cpu_new": round(first_cpu, 2),
        "cpu_moved": round(second_cpu, 2),
        "peak_rss_mb": round(peak, 1),
        "most_rss_mb": MOST_MEGABYTES,
        "ok": max(first_cpu, second_cpu) < MOST_SECONDS and peak < MOST_MEGABYTES,
    }


def import_seconds(district, operator, path: Path, expected: dict[str, int]) -> tuple[float, float]:
    """(wall, processor) seconds of one file from upload to commit; other counts than expected raise."""
    from cohorts.services import roster

    data = path.read_bytes()
    began, cpu_began = time.perf_counter(), time.process_time()
    upload = roster.start_import(by=operator, district=district, file_name=path.name, data=data)
    plan = roster.plan_import(by=operator, roster_import=upload)
    done = roster.confirm_import(by=operator, roster_import=upload, digest=plan.digest())
    seconds = time.perf_counter() - began, time.process_time() - cpu_began
    found = {kind: done.counts[kind] for kind in expected}
    assert found == expected, done.counts
    return seconds


def run() -> list[Result]:
    """For `make bench`: in a process of its own, whose memory is the import's alone."""
    child = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.bench_roster"], check=False, stdout=subprocess.PIPE
    )
    told = json.loads(child.stdout)
    wrong = [] if told["ok"] else [f"a roster of {ROWS} people costs more than it may: {told}"]
    memory = Result(
        "roster, 5,000 people, peak memory", "MB", [told["peak_rss_mb"]], note="at most 300", wrong=wrong
    )
    return [
        Result("roster, 5,000 people new", "s", [told["seconds_new"]], note=f"processor {told['cpu_new']} s"),
        Result(
            "roster, 5,000 people moved",
            "s",
            [told["seconds_moved"]],
            note=f"processor {told['cpu_moved']} s",
        ),
        memory,
    ]


def main() -> int:
    if sys.argv[1:2] == ["--write"]:
        for name, moved in (("new.xlsx", False), ("moved.xlsx", True)):
            write_workbook(Path(sys.argv[2]) / name, moved=moved)
        return 0
    with tempfile.TemporaryDirectory(prefix="bench-roster-") as folder:
        os.environ |= {"MODE": "test", "VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "leaderdev.settings"}
        os.environ.pop("DATABASE_URL", None)
        subprocess.run([sys.executable, "-m", "tests.benchmarks.bench_roster", "--write", folder], check=True)
        result = measure(Path(folder))
    sys.stdout.write(json.dumps(result) + "\n")
    return 0 if result["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())
