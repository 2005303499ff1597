"""5,000 people from a workbook into an empty district, then all of them moved. Prints one line of JSON.

    python -m tests.benchmarks.bench_roster

The limits are the issue's: under 15 seconds and 300 MB for one import from upload to commit, on SQLite.
"""

from __future__ import annotations

import datetime
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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
    cpu_began = time.process_time()
    first = import_seconds(district, operator, folder / "new.xlsx", {"new": ROWS})
    second = import_seconds(district, operator, folder / "moved.xlsx", {"moved": ROWS})
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds = max(first, second)
    return {
        "bench": "roster",
        "rows": ROWS,
        "seconds_new": round(first, 2),
        "seconds_moved": round(second, 2),
        "most_seconds": MOST_SECONDS,
        "cpu_seconds_both": round(time.process_time() - cpu_began, 2),
        "peak_rss_mb": round(peak, 1),
        "most_rss_mb": MOST_MEGABYTES,
        "ok": seconds < MOST_SECONDS and peak < MOST_MEGABYTES,
    }


def import_seconds(district, operator, path: Path, expected: dict[str, int]) -> float:
    """Upload, preview and confirmation of one file. Raises AssertionError when other counts come out."""
    from cohorts.services import roster

    data = path.read_bytes()
    began = time.perf_counter()
    upload = roster.start_import(by=operator, district=district, file_name=path.name, data=data)
    plan = roster.plan_import(by=operator, roster_import=upload)
    done = roster.confirm_import(by=operator, roster_import=upload, digest=plan.digest())
    seconds = time.perf_counter() - began
    found = {kind: done.counts[kind] for kind in expected}
    assert found == expected, done.counts
    return seconds


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
