"""A roster file as headings and numbered rows, whatever program wrote it. No Django, no models."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cohorts.roster.columns import known_headings
from cohorts.roster.problems import Notice, Problem, RosterRefusedError

MEGABYTE = 1024 * 1024
MAX_FILE_MB = 20  # a list of 50,000 leaders with every column filled is about 12 MB
MAX_ROWS = 50_000  # an order of magnitude above the largest district's whole staff list
MAX_COLUMNS = 200  # whole-staff exports of personnel systems stay near 120
HEADING_SEARCH_ROWS = 10  # how far down a title or a print date may push the headings

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Row:
    """`line` is the row number that a spreadsheet program shows, starting at 1."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Headings and rows of text. A date cell is ISO text; a formula is text that begins with "=".

    coverage: "list" (a spreadsheet: silence about a person means little), "bulk" (the sender says that
    everybody is in it) or "delta" (only what changed). departed: source ids that a delta says have left.
    """

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    coverage: str = "list"
    departed: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    problems: tuple[Problem, ...] = ()

    def as_plain(self) -> dict[str, Any]:
        """The table as lists and dictionaries that JSON can hold."""
        return {
            "headings": list(self.headings),
            "rows": [[row.line, *row.cells] for row in self.rows],
            "coverage": self.coverage,
            "departed": list(self.departed),
            "notices": [[n.kind, n.params] for n in self.notices],
            "problems": [[p.line, p.column, p.kind, p.params] for p in self.problems],
        }

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Table:
        return cls(
            headings=tuple(plain["headings"]),
            rows=tuple(Row(line, tuple(cells)) for line, *cells in plain["rows"]),
            coverage=plain["coverage"],
            departed=tuple(plain["departed"]),
            notices=tuple(Notice(kind, params) for kind, params in plain["notices"]),
            problems=tuple(Problem(*problem) for problem in plain["problems"]),
        )


def clean(text: str) -> str:
    """A cell as a person sees it: one line, single spaces, no invisible or control characters."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    visible = unicodedata.normalize("NFC", text.translate(_INVISIBLE))
    return "".join(c for c in _SPACES.sub(" ", visible) if c.isprintable()).strip()


def table_from_rows(rows: Iterable[list[str]], notices: tuple[Notice, ...] = ()) -> Table:
    """Find the headings, drop blank rows and square the rest off.

    rows: every row of the file in order, blank ones too, since they count in the row number.
    Raises RosterRefusedError when the file is empty or larger than a roster can be.
    """
    filled = _filled_rows(rows)
    if not filled:
        raise RosterRefusedError("empty")
    position = _heading_position(filled)
    head = filled[position]
    if position:
        notices = (*notices, Notice("heading_row", {"line": head.line}))
    body = filled[position + 1 :]
    if not body:
        raise RosterRefusedError("no_rows")
    width = len(head.cells)
    return Table(
        headings=head.cells,
        rows=tuple(Row(row.line, (*row.cells[:width], *[""] * (width - len(row.cells)))) for row in body),
        notices=notices,
        problems=tuple(Problem(row.line, "", "extra_cells") for row in body if len(row.cells) > width),
    )


def _filled_rows(rows: Iterable[list[str]]) -> list[Row]:
    filled: list[Row] = []
    for line, raw in enumerate(rows, start=1):
        cells = [clean(cell) for cell in raw]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        if len(cells) > MAX_COLUMNS:
            raise RosterRefusedError("too_many_columns", limit=MAX_COLUMNS)
        filled.append(Row(line, tuple(cells)))
        if len(filled) > MAX_ROWS + HEADING_SEARCH_ROWS:
            raise RosterRefusedError("too_many_rows", limit=f"{MAX_ROWS:,}")
    return filled


def _heading_position(rows: list[Row]) -> int:
    """The row with most known headings among the first few; the first row when none has two."""
    counts = [len(known_headings(row.cells)) for row in rows[:HEADING_SEARCH_ROWS]]
    best = max(counts)
    return counts.index(best) if best >= 2 else 0
