"""Reading the two files of the command line: paired answers, and a printed table."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass

from surveys.analysis.published import COLUMNS as PRINTED

PAIRED = ("participant", "item", "pre", "post")
# An answer on a scale is a small number; the difference of two huge ones would be none at all.
LARGEST = 1e9
NO_ANSWER = {"", ".", "na", "n/a", "nan", "null", "none"}


@dataclass(frozen=True)
class PairedItem:
    """The answers of one item, as they came; NaN where one is missing. `people` names them in that order."""

    item: str
    people: tuple[str, ...]
    pre: tuple[float, ...]
    post: tuple[float, ...]


def read_paired(content: str) -> tuple[PairedItem, ...]:
    """Items in the order they first appear, from CSV with the columns participant, item, pre and post.

    An empty cell, ".", or "NA" is a missing answer. Raises ValueError naming the row: a missing column,
    something that is not a number, the same participant and item twice.
    """
    found: dict[str, dict[str, tuple[float, float]]] = {}
    for number, row in _rows(content, PAIRED):
        person, item = row["participant"], row["item"]
        if not person or not item:
            raise ValueError(f"Row {number} lacks a participant or an item.")
        answers = found.setdefault(item, {})
        if person in answers:
            raise ValueError(f"Row {number}: participant {person} has item {item} twice.")
        answers[person] = (_answer(row["pre"], "pre", number), _answer(row["post"], "post", number))
    if not found:
        raise ValueError("The file has no answers.")
    return tuple(
        PairedItem(item, tuple(answers), *zip(*answers.values(), strict=True))
        for item, answers in found.items()
    )


def read_printed(content: str) -> list[dict[str, str]]:
    """Rows of a printed table, as text. Raises ValueError for a missing column."""
    return [row for _, row in _rows(content, PRINTED)]


def _rows(content: str, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Row numbers as a spreadsheet shows them, and the cells by column, trimmed; empty rows left out."""
    content = content.removeprefix("\ufeff")
    first = content.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(content), delimiter=delimiter)
    try:
        heads = [cell.strip().lower() for cell in next(reader, [])]
        if absent := [name for name in needed if name not in heads]:
            lacks = f"column {absent[0]} is" if len(absent) == 1 else f"columns {', '.join(absent)} are"
            raise ValueError(f"The {lacks} missing; needed are {', '.join(needed)}.")
        if twice := [name for name in needed if heads.count(name) > 1]:
            raise ValueError(f"Two columns are named {twice[0]}; which one is meant?")
        for number, cells in enumerate(reader, start=2):
            if any(cell.strip() for cell in cells):
                filled = cells + [""] * (len(heads) - len(cells))
                yield number, {head: cell.strip() for head, cell in zip(heads, filled, strict=False)}
    except csv.Error as fault:
        raise ValueError(f"The file is not a table of comma-separated values: {fault}.") from fault


def _answer(cell: str, column: str, number: int) -> float:
    if cell.lower() in NO_ANSWER:
        return math.nan
    try:
        value = float(cell.replace(",", "."))
    except ValueError:
        value = math.inf
    if not abs(value) <= LARGEST:
        raise ValueError(f"Row {number}: {column} is “{cell}”, which is not a number.")
    return value
