"""Comma-separated text as people really save it: semicolons, byte-order marks, quotes, empty lines."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from cohorts.interchange.problems import mark, refuse

# A spreadsheet runs a cell that starts with one of these as a formula.
_DANGEROUS = re.compile(r"'*[=+\-@\t\r]")
SEPARATORS = ",;\t"


def rows_of(text: str) -> list[tuple[int, list[str]]]:
    """The rows that hold anything, each with its number in the sheet (the heading is 1), cells trimmed.

    Raises StandardRefused for text that no spreadsheet would open.
    """
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text), strict=True)
        rows = [(number, [cell.strip() for cell in row]) for number, row in enumerate(reader, start=1)]
    except csv.Error as fault:
        message = mark(
            "The file cannot be read as a table: a quotation mark is left open, or a cell is too large."
        )
        raise refuse(message, line=text.count("\n") + 1) from fault
    return [(number, [lines(cell) for cell in row]) for number, row in rows if any(row)]


def lines(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n")


def separator_of(text: str) -> str:
    """The separator that stands most often in the first line outside quotes; a comma in doubt."""
    first = re.sub(r'"[^"]*"', "", next((line for line in text.splitlines() if line.strip()), ""))
    return max(SEPARATORS, key=lambda separator: (first.count(separator), -SEPARATORS.index(separator)))


def written(rows: Iterable[Sequence[str]]) -> str:
    """The rows as comma-separated text with CRLF line ends, every cell made harmless for a spreadsheet."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue()


def harmless(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would run as a formula; `plain` takes it off."""
    return f"'{cell}" if _DANGEROUS.match(cell) else cell


def plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _DANGEROUS.match(cell) else cell
