"""The import of past responses alone, in the database that the environment names; bench_surveys starts it.

Prints one line of JSON: responses stored, seconds, seconds of the processor, peak memory in MB.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import django

from tests.benchmarks import machine


def main() -> None:
    django.setup()
    from surveys.models import Wave
    from surveys.services.importing import import_responses

    wave = Wave.objects.select_related("survey__cohort__district", "program_year").get(
        survey__slug="bench-survey", slug="post"
    )
    began, began_cpu = time.perf_counter(), time.process_time()
    reading = import_responses(by=None, wave=wave, path=Path(sys.argv[1]), consent=True)
    told = {
        "stored": reading.stored,
        "seconds": round(time.perf_counter() - began, 2),
        "cpu": round(time.process_time() - began_cpu, 2),
        "megabytes": round(machine.peak_memory(), 1),
    }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
