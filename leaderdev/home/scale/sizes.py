"""The sizes that the benchmarks name (docs: S is as large as the demo, L is a whole country's districts)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    name: str
    districts: int
    schools: int
    leaders: int
    years: int

    def slug(self, number: int) -> str:
        """Of one district, counted from 1; the width keeps the order of text and number the same."""
        return f"scale-{self.name.lower()}-{number:04}"


SIZES = {
    size.name: size
    for size in (
        Size("S", districts=1, schools=22, leaders=55, years=2),
        Size("M", districts=1, schools=200, leaders=600, years=3),
        Size("L", districts=1000, schools=38, leaders=100, years=3),
    )
}
