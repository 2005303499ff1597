"""What every format prints: sections of blocks, plain values without any library behind them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from leaderdev.common.charts import Chart

MANY, LONG = 11, 13
"""Columns, and letters of a head, that a page of paper holds without breaking heads."""
Tone = Literal["text", "finding", "caution"]


@dataclass(frozen=True)
class Words:
    """A paragraph. A finding is what a trustee reads; a caution says what it depends on."""

    text: str
    tone: Tone = "text"
    kind: str = "words"


@dataclass(frozen=True)
class Table:
    """`columns` are (label, is a number). A row of one cell is a heading within the table. `notes` stand
    below. `spans` are (label, number of columns) that stand above the columns; an empty label above none."""

    key: str
    caption: str
    columns: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    spans: tuple[tuple[str, int], ...] = ()
    kind: str = "table"

    @property
    def crowded(self) -> bool:
        """Heads must break into lines, or they take the room of the words below."""
        return len(self.columns) > MANY or any(len(label) > LONG for label, _number in self.columns)

    @property
    def labels(self) -> list[str]:
        """Of each column, with what spans it: for formats whose head is one row."""
        over = [label for label, count in self.spans for _place in range(count)] or [""] * len(self.columns)
        return [
            f"{span}: {label}" if span else label
            for span, (label, _number) in zip(over, self.columns, strict=True)
        ]

    @property
    def lines(self) -> list[dict[str, object]]:
        """For templates: each row as its heading and its cells with their column.

        Rows that follow each other under the same heading have it once: `span` counts them, and is 0
        after the first.
        """
        found: list[dict[str, object]] = []
        for same, rows in groupby(self.rows, key=lambda row: (row[0], len(row) == 1)):
            together = list(rows)
            for place, row in enumerate(together):
                cells = [
                    {"text": text, "label": label, "number": number}
                    for text, (label, number) in zip(row[1:], self.columns[1:], strict=False)
                ]
                span = 0 if place else len(together)
                last = place == len(together) - 1
                found.append(
                    {"heading": row[0], "cells": cells, "group": same[1], "span": span, "last": last}
                )
        return found


@dataclass(frozen=True)
class Picture:
    key: str
    chart: Chart
    kind: str = "picture"


@dataclass(frozen=True)
class Method:
    """How the figures above it are computed: (what, how) pairs."""

    entries: tuple[tuple[str, str], ...]
    kind: str = "method"


Block = Words | Table | Picture | Method


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Report:
    """`facts` are (label, text) pairs below the title."""

    title: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]

    def pictures(self) -> dict[str, Chart]:
        return {
            block.key: block.chart
            for section in self.sections
            for block in section.blocks
            if isinstance(block, Picture)
        }

    def tables(self) -> list[Table]:
        return [block for section in self.sections for block in section.blocks if isinstance(block, Table)]
