"""What the figures of one comparison allow to be said, convention by convention."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from surveys.analysis.wilcoxon import TableRow

LEVEL = 0.05
MOSTLY_SAME = 0.75
"""Share of pairs with the same answer from which "most answered the same" is a fair description."""


class Outcome(StrEnum):
    """HIGHER and LOWER hold under every convention; LEANS under some; neither says what caused it."""

    HIGHER = "higher"
    LOWER = "lower"
    LEANS_HIGHER = "leans higher"
    LEANS_LOWER = "leans lower"
    SAME = "same"
    UNKNOWN = "cannot tell"
    NO_PAIRS = "no pairs"
    HIDDEN = "not shown"


@dataclass(frozen=True)
class Verdict:
    """Which of the four p lie under LEVEL. `depends`: some do and some do not."""

    outcome: Outcome
    asymptotic: bool
    exact: bool | None
    holm: bool
    holm_exact: bool | None

    @property
    def depends(self) -> bool:
        found = {
            each for each in (self.asymptotic, self.exact, self.holm, self.holm_exact) if each is not None
        }
        return len(found) == 2


def verdict_of(row: TableRow) -> Verdict:
    """HIGHER or LOWER when every convention agrees; SAME when none does and MOSTLY_SAME gave the same answer.

    No test shows that nothing changed: UNKNOWN is the answer for the rest.
    """
    test = row.test
    if row.hidden:
        return Verdict(Outcome.HIDDEN, False, None, False, None)
    if test is None or row.p_holm is None:
        outcome = Outcome.NO_PAIRS if row.n == 0 else Outcome.SAME
        return Verdict(outcome, False, None, False, None)
    exact = None if test.p_exact is None else test.p_exact < LEVEL
    holm_exact = None if row.p_holm_exact is None else row.p_holm_exact < LEVEL
    found = (test.p_asymptotic < LEVEL, exact, row.p_holm < LEVEL, holm_exact)
    stated = [each for each in found if each is not None]
    up = test.z > 0
    if all(stated):
        outcome = Outcome.HIGHER if up else Outcome.LOWER
    elif any(stated):
        outcome = Outcome.LEANS_HIGHER if up else Outcome.LEANS_LOWER
    elif row.tied >= MOSTLY_SAME * row.n:
        outcome = Outcome.SAME
    else:
        outcome = Outcome.UNKNOWN
    return Verdict(outcome, *found)
