"""What every format prints: sections of blocks, plain values without any library behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from leaderdev.common.charts import Chart

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
    below."""

    key: str
    caption: str
    columns: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    kind: str = "table"

    @property
    def lines(self) -> list[dict[str, object]]:
        """For templates: each row as its heading and its cells with their column."""
        found: list[dict[str, object]] = []
        for row in self.rows:
            cells = [
                {"text": text, "label": label, "number": number}
                for text, (label, number) in zip(row[1:], self.columns[1:], strict=False)
            ]
            found.append({"heading": row[0], "cells": cells, "group": len(row) == 1})
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
