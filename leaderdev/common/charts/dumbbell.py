"""Where each of several things stood before and stands after: two dots on one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leaderdev.common.charts.drawing import LINE_HEIGHT, Chart, frame, number, text, wrap

EDGE = 6.0
RADIUS = 8
ROW = 34


@dataclass(frozen=True)
class Dumbbell:
    """None where a figure is missing or may not be shown."""

    label: str
    before: float | None
    after: float | None


def dumbbell_chart(
    identifier: str,
    caption: str,
    levels: Sequence[str],
    pairs: Sequence[Dumbbell],
    columns: tuple[str, str, str],
    hidden: str,
) -> Chart:
    """Figures from 1 to the number of `levels`, the levels' names at the ticks.

    `columns` heads the table: what it is, before, after. The hollow dot is before, the full one after. Raises
    ValueError for a figure off the scale.
    """
    values = [value for pair in pairs for value in (pair.before, pair.after) if value is not None]
    if any(not 1 <= value <= len(levels) for value in values):
        raise ValueError("Every figure lies on the scale.")
    body, y = _key(columns)
    rows: list[str] = []
    lines: list[float] = []
    for pair in pairs:
        for line in wrap(pair.label):
            y += LINE_HEIGHT
            rows.append(text("0", y - 5, line))
        lines.append(y + 12)
        rows += _row(pair, y + 12, len(levels), hidden)
        y += ROW
    for place, level in enumerate(levels):
        x = f"{number(_x(place + 1, len(levels)))}%"
        anchor = "start" if place == 0 else "end" if place == len(levels) - 1 else "middle"
        edge = "0" if place == 0 else "100%" if place == len(levels) - 1 else x
        # Every second name stands lower, so that long ones do not touch on a phone.
        body += [
            f'<line x1="{x}" x2="{x}" y1="{number(row - 11)}" y2="{number(row + 11)}" class="guide"/>'
            for row in lines
        ]
        body.append(text(edge, y + 18 + 18 * (place % 2), level, "soft", anchor))
    return Chart(
        caption=caption,
        svg=frame(identifier, y + 42, caption, _in_words(pairs, columns, hidden), body + rows),
        columns=[
            {"label": columns[0], "number": False},
            {"label": columns[1], "number": True},
            {"label": columns[2], "number": True},
        ],
        rows=[
            {"heading": pair.label, "cells": [_figure(pair.before, hidden), _figure(pair.after, hidden)]}
            for pair in pairs
        ],
    )


def _x(value: float, levels: int) -> float:
    return EDGE + (100 - 2 * EDGE) * (value - 1) / max(1, levels - 1)


def _key(columns: tuple[str, str, str]) -> tuple[list[str], float]:
    return [
        f'<circle cx="8" cy="9" r="{RADIUS - 2}" class="dot"/>{text("22", 14, columns[1])}',
        f'<g transform="translate(12,0)"><circle cx="50%" cy="9" r="{RADIUS - 2}" class="dot past"/></g>'
        f'<g transform="translate(26,0)">{text("50%", 14, columns[2])}</g>',
    ], 26.0


def _row(pair: Dumbbell, y: float, levels: int, hidden: str) -> list[str]:
    if pair.before is None and pair.after is None:
        return [text("0", y + 5, hidden, "soft")]
    places = [None if value is None else number(_x(value, levels)) for value in (pair.before, pair.after)]
    found = []
    if None not in places:
        found.append(
            f'<line x1="{places[0]}%" x2="{places[1]}%" y1="{number(y)}" y2="{number(y)}" class="link"/>'
        )
    # The later dot is smaller and drawn last: where both agree, a ring is left of the earlier one.
    for place, radius, kind in zip(places, (RADIUS, RADIUS - 3), ("dot", "dot past"), strict=True):
        if place is not None:
            found.append(f'<circle cx="{place}%" cy="{number(y)}" r="{radius}" class="{kind}"/>')
    return found


def _figure(value: float | None, hidden: str) -> str:
    return hidden if value is None else f"{value:.2f}"


def _in_words(pairs: Sequence[Dumbbell], columns: tuple[str, str, str], hidden: str) -> str:
    return (
        "; ".join(
            f"{pair.label}: {columns[1]} {_figure(pair.before, hidden)}, {columns[2]} "
            f"{_figure(pair.after, hidden)}"
            for pair in pairs
        )
        + "."
    )
