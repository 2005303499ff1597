"""What a benchmark hands back: figures of one run, never to be compared across runs by themselves."""

from __future__ import annotations

import statistics
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class Result:
    """One measured thing.

    values: one figure a round. floor: the floor's figures of the same rounds, in the same unit; then the
    ratio of the medians is what counts. more_is_better tells how to read it. wrong: what was not as it
    should be (an error answer, a wrong count); any sentence here fails `make bench`. Times never do.
    """

    name: str
    unit: str
    values: list[float]
    floor: list[float] = field(default_factory=list)
    more_is_better: bool = False
    note: str = ""
    wrong: list[str] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.values) if self.values else float("nan")

    @property
    def ratio(self) -> float | None:
        return self.median / statistics.median(self.floor) if self.floor and self.values else None

    def row(self) -> tuple[str, ...]:
        low, high = (min(self.values), max(self.values)) if self.values else (float("nan"),) * 2
        times = f"× {self.ratio:.2f}" if self.ratio is not None else ""
        return (self.name, f"{self.median:.4g}", f"{low:.4g}–{high:.4g}", self.unit, times, self.note)

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "median": self.median, "ratio": self.ratio}
