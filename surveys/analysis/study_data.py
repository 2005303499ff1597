"""What a study of two waves is computed from: plain arrays of answers. No names, no wording but the
statements'."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from surveys.analysis.arrays import Numbers
from surveys.analysis.descriptives import Scale
from surveys.analysis.protection import is_small

NOT_ASKED, PREFER_NOT, SKIPPED = 0, -1, -2
MISSING = {NOT_ASKED: "not asked", PREFER_NOT: "prefer not to answer", SKIPPED: "skipped"}


@dataclass(frozen=True)
class StudyItem:
    """A statement; `levels` name its scale from the lowest; `looks_back_at` is the code a then-item
    repeats."""

    code: str
    text: str
    competency: str
    levels: tuple[str, ...]
    looks_back_at: str = ""

    @property
    def scale(self) -> Scale:
        return Scale(tuple(enumerate(self.levels, start=1)), MISSING)


@dataclass(frozen=True)
class Flow:
    """People; the paired and consenting are those whose answers stand in every table.

    None where a count may not be told. Nobody learns whether somebody agreed to research, so a count of those
    who did is told only when those who did not are nobody or many enough.
    """

    invited_pre: int
    invited_post: int
    answered_pre: int
    answered_post: int
    consenting_pre: int | None
    consenting_post: int | None
    paired: int | None
    paired_consenting: int | None

    def shown(self, smallest: int) -> Flow:
        """The counts that may be told; where too few can be paired, only who was asked and who answered."""
        pairs = self.paired_consenting
        if pairs is None or pairs < smallest:
            return replace(
                self, consenting_pre=None, consenting_post=None, paired=None, paired_consenting=None
            )
        return replace(
            self,
            consenting_pre=_told(self.consenting_pre, self.answered_pre, smallest),
            consenting_post=_told(self.consenting_post, self.answered_post, smallest),
            paired=self.paired
            if self.paired is None or not is_small(self.paired - pairs, smallest)
            else None,
        )


def _told(part: int | None, whole: int, smallest: int) -> int | None:
    return None if part is None or is_small(whole - part, smallest) else part


@dataclass(frozen=True)
class StudyData:
    """Codes of answers: 1 is the lowest level, or NOT_ASKED, PREFER_NOT, SKIPPED; reverse-keyed ones turned.

    `pre` and `post` are (n, k), row i being one person; `then` is (n, t); `alone_pre` and `alone_post` hold
    the rest of each wave. `focus_pre`, `focus_post` are competencies ("" unknown); `switched` is 1, 0 or −1.
    """

    title: str
    wave_pre: str
    wave_post: str
    items: tuple[StudyItem, ...]
    then_items: tuple[StudyItem, ...]
    pre: Numbers
    post: Numbers
    then: Numbers
    alone_pre: Numbers
    alone_post: Numbers
    focus_pre: tuple[str, ...]
    focus_post: tuple[str, ...]
    switched: tuple[int, ...]
    flow: Flow
    smallest: int


def present(codes: Numbers) -> Numbers:
    """Levels as floats, NaN where there is none."""
    values = codes.astype(float)
    values[codes < 1] = np.nan
    return values


def refuse_shapes(data: StudyData) -> None:
    k, t, n = len(data.items), len(data.then_items), len(data.pre)
    shapes = [(data.pre, (n, k)), (data.post, (n, k)), (data.then, (n, t))]
    if any(array.shape != shape for array, shape in shapes) or any(
        array.shape[1:] != (k,) for array in (data.alone_pre, data.alone_post)
    ):
        raise ValueError("Rows are people and columns are the statements, in every table of the study.")
    if not len(data.focus_pre) == len(data.focus_post) == len(data.switched) == n:
        raise ValueError("Focus and its change are stated for every pair.")


def without_people(data: StudyData) -> StudyData:
    none = data.pre[:0]
    return replace(
        data,
        pre=none,
        post=none,
        then=data.then[:0],
        alone_pre=none,
        alone_post=none,
        focus_pre=(),
        focus_post=(),
        switched=(),
    )


def without(rows: Iterable[tuple[int, ...]], paired: Iterable[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """The rows of a wave less those of its pairs. Rows that are equal are interchangeable: nobody is
    named."""
    left = Counter(rows)
    left.subtract(Counter(paired))
    return [row for row, count in left.items() for _ in range(max(0, count))]
