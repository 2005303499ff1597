"""The ledger of release time. Pure: decimals in, decimals out; days to the half, dollars to the cent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Entry:
    """One approved release: its length in days, its price, and whether the day has passed."""

    days: Decimal
    cost: Decimal
    used: bool


@dataclass(frozen=True)
class Ledger:
    """Approved and still to come, used, and what is left of days and dollars; left may be negative."""

    days: Decimal
    dollars: Decimal
    committed_days: Decimal
    committed: Decimal
    used_days: Decimal
    used: Decimal

    @property
    def days_left(self) -> Decimal:
        return self.days - self.committed_days - self.used_days

    @property
    def left(self) -> Decimal:
        return self.dollars - self.committed - self.used

    def holds(self, days: Decimal, cost: Decimal) -> bool:
        """Whether one more release fits, in days and in dollars."""
        return self.days_left >= days and self.left >= cost


def ledger(days: Decimal, dollars: Decimal, entries: Iterable[Entry]) -> Ledger:
    zero = Decimal("0")
    sums = {True: [zero, zero], False: [zero, zero]}
    for entry in entries:
        sums[entry.used][0] += entry.days
        sums[entry.used][1] += entry.cost
    (used_days, used), (committed_days, committed) = sums[True], sums[False]
    return Ledger(days, dollars, committed_days, committed, used_days, used)
