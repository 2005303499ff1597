"""Statistics: fourteen items of 35 and of 100,000 pairs beside SciPy, and the demo's report cold and kept.

Each part runs in a process of its own: the first import is what a worker pays, and its memory is its alone.
A figure that is not SciPy's fails; a slow one is only told.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from tests.benchmarks import machine
from tests.benchmarks.result import Result

ITEMS, ROUNDS = 14, 5
MOST_MEGABYTES = 400


def run() -> list[Result]:
    small, large = _apart("small"), _apart("large")
    found = [
        Result(
            "14 items × 35 pairs, exact p and intervals",
            "CPU ms",
            small["ours"],
            note="goal: under 50 ms",
            wrong=small["wrong"],
        ),
        Result(
            "14 items × 100,000 pairs",
            "CPU ms",
            large["ours"],
            large["scipy"],
            note=f"goal: × 0.1 of SciPy; {large['megabytes']:.0f} MB in all",
            wrong=large["wrong"],
        ),
    ]
    return found + _report()


def _apart(part: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.bench_analysis", part], capture_output=True, check=True
    )
    return dict(json.loads(done.stdout))


def _milliseconds(work: Callable[[], Any]) -> float:
    """Of this process's own processor time: what others do on the machine is not in it."""
    start = time.process_time()
    work()
    return 1000 * (time.process_time() - start)


def _megabytes() -> float:
    return machine.peak_memory()


def small() -> dict[str, Any]:
    import numpy as np

    from surveys.analysis.wilcoxon import signed_rank_table

    pre, post = np.random.default_rng(1).integers(1, 5, (2, 35, ITEMS))
    names = [str(item) for item in range(ITEMS)]
    table = signed_rank_table(pre, post, names)
    lacking = [row.item for row in table.rows if row.test is None or row.test.p_exact is None]
    ours = [_milliseconds(lambda: signed_rank_table(pre, post, names)) for _ in range(ROUNDS)]
    return {"ours": ours, "wrong": [f"No exact p for {lacking}."] if lacking else []}


def large() -> dict[str, Any]:
    import numpy as np

    from surveys.analysis.wilcoxon import signed_rank_table

    pre, post = np.random.default_rng(2).integers(1, 5, (2, 100_000, ITEMS))
    names = [str(item) for item in range(ITEMS)]

    def table() -> Any:
        return signed_rank_table(pre, post, names, exact=False, resamples=0)

    table()
    megabytes = _megabytes()
    from scipy.stats import wilcoxon

    def theirs() -> list[Any]:
        return [
            wilcoxon(
                post[:, item] - pre[:, item], zero_method="wilcox", correction=False, method="asymptotic"
            )
            for item in range(ITEMS)
        ]

    wrong = [
        f"Item {row.item}: z is {row.test.z}, SciPy says {their.zstatistic}."
        for row, their in zip(table().rows, theirs(), strict=True)
        if abs(abs(row.test.z) - abs(their.zstatistic)) > 1e-10
        or abs(row.test.p_asymptotic - their.pvalue) > 1e-10
    ]
    if megabytes > MOST_MEGABYTES:
        wrong.append(f"{megabytes:.0f} MB, more than {MOST_MEGABYTES}.")
    ours, scipy = [], []
    for _ in range(ROUNDS):
        ours.append(_milliseconds(table))
        scipy.append(_milliseconds(theirs))
    return {"ours": ours, "scipy": scipy, "megabytes": megabytes, "wrong": wrong}


def _report() -> list[Result]:
    """The demo's report before and after in this process, where Django and the demo are; none when these
    two waves have not closed. Exit feedback pairs waves too, of hardly any statements: not that."""
    from django.core.cache import cache
    from django.utils import timezone

    from surveys.models import Survey
    from surveys.services.reports import findings, wave_pairs

    every = [pair for survey in Survey.objects.all() for pair in wave_pairs(survey, timezone.now())]
    whole = [(pre, post) for pre, post in every if (pre.kind, post.kind) == ("pre", "post")]
    if not whole:
        return []
    pre, post = whole[0]
    first = _milliseconds(lambda: findings(pre, post))
    cold, kept = [first], []
    for _ in range(ROUNDS - 1):
        cache.clear()
        cold.append(_milliseconds(lambda: findings(pre, post)))
        kept.append(_milliseconds(lambda: findings(pre, post)))
    return [
        Result("the demo's report, computed", "CPU ms", cold, note="goal: under 2,000 ms cold"),
        Result("the demo's report, kept", "CPU ms", kept, note="goal: under 300 ms"),
    ]


if __name__ == "__main__":
    sys.stdout.write(json.dumps({"small": small, "large": large}[sys.argv[1]]()))
