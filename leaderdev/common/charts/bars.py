"""Horizontal bars, one line of text above each: counts per competency and the like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leaderdev.common.charts.drawing import LINE_HEIGHT, Chart, box, frame, text, wrap

BAR_HEIGHT = 10
GAP = 18


@dataclass(frozen=True)
class Bar:
    label: str
    value: int


def bar_chart(
    identifier: str, caption: str, bars: Sequence[Bar], columns: tuple[str, str], total: int | None = None
) -> Chart:
    """Bars on one common scale from zero, in the order given.

    `columns` heads the table: what a bar is, what it counts ("Competency", "People"). The scale ends at
    `total` when it is given (every bar is a share of the same people), else at the largest bar. Raises
    ValueError for a negative count or a bar longer than the total.
    """
    top = max((bar.value for bar in bars), default=0) if total is None else total
    if any(bar.value < 0 or bar.value > top for bar in bars):
        raise ValueError("A bar counts from zero up to the total.")
    body: list[str] = []
    y = 0.0
    for bar in bars:
        for line in wrap(bar.label):
            y += LINE_HEIGHT
            body.append(text("0", y - 5, line))
        body.append(text("100%", y - 5, str(bar.value), anchor="end"))
        body.append(box(0, y, 100, BAR_HEIGHT, "track"))
        if bar.value:
            body.append(box(0, y, 100 * bar.value / top, BAR_HEIGHT, "bar"))
        y += BAR_HEIGHT + GAP
    return Chart(
        caption=caption,
        svg=frame(identifier, max(y - GAP, 0), caption, _in_words(bars), body),
        columns=[{"label": columns[0], "number": False}, {"label": columns[1], "number": True}],
        rows=[{"heading": bar.label, "cells": [str(bar.value)]} for bar in bars],
    )


def _in_words(bars: Sequence[Bar]) -> str:
    return "; ".join(f"{bar.label}: {bar.value}" for bar in bars) + "."
