"""Makes synthetic districts for benchmarks."""

from __future__ import annotations

import datetime
import resource
import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from leaderdev.home.management.refusal import refuse_real_installation
from leaderdev.home.scale.generate import generate
from leaderdev.home.scale.sizes import SIZES

# ru_maxrss counts kibibytes on Linux and bytes on macOS.
_RSS_UNIT = 1024 * 1024 if sys.platform == "darwin" else 1024
# Fixed, so that the same seed gives the same rows on any day.
TODAY = datetime.date(2026, 11, 23)
PROGRESS_EVERY = 100


class Command(BaseCommand):
    help = "Makes synthetic districts for benchmarks (S, M or L). Districts that are there are left alone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("size", choices=SIZES)
        parser.add_argument("--seed", type=int, default=1, help="The same seed gives the same districts.")

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_real_installation("A benchmark")
        size, start = SIZES[options["size"]], time.monotonic()
        for number in generate(size, seed=options["seed"], today=TODAY):
            if number % PROGRESS_EVERY == 0:
                self.stdout.write(f"{number} of {size.districts} districts, {time.monotonic() - start:.0f} s")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _RSS_UNIT
        self.stdout.write(
            f"Size {size.name}: {size.districts} district(s) of {size.leaders} leaders and {size.years} "
            f"years in {time.monotonic() - start:.1f} s, at most {peak:.0f} MB of memory."
        )
