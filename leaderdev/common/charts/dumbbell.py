"""Where each of several things stood before and stands after: two dots on one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leaderdev.common.charts.drawing import LINE_HEIGHT, Chart, frame, number, text, wrap

EDGE = 6.0
RADIUS = 8
ROW = 34
# On paper the labels take the left part of the width, in percent.
BESIDE = 46.0
BESIDE_CHARACTERS = 37
SHORT = 11
"""Letters of a level's name that fit between two ticks there."""


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
    words = _in_words(pairs, columns, hidden)
    height, body = _drawn(levels, pairs, columns, hidden, 0.0)
    wide_height, wide = _drawn(levels, pairs, columns, hidden, BESIDE)
    return Chart(
        caption=caption,
        svg=frame(identifier, height, caption, words, body),
        wide=frame(identifier, wide_height, caption, words, wide),
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


def _drawn(
    levels: Sequence[str],
    pairs: Sequence[Dumbbell],
    columns: tuple[str, str, str],
    hidden: str,
    left: float,
) -> tuple[float, list[str]]:
    """The height and the parts. `left` is the percent of the width that labels take; 0 sets them above."""
    body, y = _key(columns)
    rows: list[str] = []
    lines: list[float] = []
    for pair in pairs:
        label = wrap(pair.label, BESIDE_CHARACTERS) if left else wrap(pair.label)
        for place, line in enumerate(label):
            rows.append(text("0", y + 15 + LINE_HEIGHT * place, line))
        line_at = y + LINE_HEIGHT * len(label) / 2 if left else y + LINE_HEIGHT * len(label) + 12
        lines.append(line_at)
        rows += _row(pair, line_at, len(levels), hidden, left)
        y += LINE_HEIGHT * len(label) + (14 if left else ROW)
    for place in range(len(levels)):
        x = f"{number(_x(place + 1, len(levels), left))}%"
        body += [
            f'<line x1="{x}" x2="{x}" y1="{number(row - 11)}" y2="{number(row + 11)}" class="guide"/>'
            for row in lines
        ]
        body.append(_tick(place, levels, x, y + 18, left))
    return y + 42, body + rows


def _tick(place: int, levels: Sequence[str], x: str, y: float, left: float) -> str:
    """The name of a level; the outer ones stay inside the drawing."""
    if left and len(levels) <= 5 and max(map(len, levels)) <= SHORT:
        return text(x, y, levels[place], "soft", "middle")
    last = place == len(levels) - 1
    anchor = "start" if place == 0 else "end" if last else "middle"
    edge = f"{number(left)}%" if place == 0 else "100%" if last else x
    # Every second name stands lower, so that long ones do not touch on a phone.
    return text(edge, y + 18 * (place % 2), levels[place], "soft", anchor)


def _x(value: float, levels: int, left: float) -> float:
    return left + EDGE + (100 - left - 2 * EDGE) * (value - 1) / max(1, levels - 1)


def _key(columns: tuple[str, str, str]) -> tuple[list[str], float]:
    return [
        f'<circle cx="8" cy="9" r="{RADIUS - 2}" class="dot"/>{text("22", 14, columns[1])}',
        f'<g transform="translate(12,0)"><circle cx="50%" cy="9" r="{RADIUS - 2}" class="dot past"/></g>'
        f'<g transform="translate(26,0)">{text("50%", 14, columns[2])}</g>',
    ], 26.0


def _row(pair: Dumbbell, y: float, levels: int, hidden: str, left: float) -> list[str]:
    if pair.before is None and pair.after is None:
        return [text(f"{number(left)}%", y + 5, hidden, "soft")]
    values = (pair.before, pair.after)
    places = [None if value is None else number(_x(value, levels, left)) for value in values]
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
