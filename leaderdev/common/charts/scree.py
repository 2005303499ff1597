"""Eigenvalues in falling order beside those of random data: how many factors stand out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from leaderdev.common.charts.drawing import Chart, frame, number, text

HEIGHT = 220
TOP = 60
LEFT, RIGHT = 10.0, 97.0


def scree_chart(
    identifier: str,
    caption: str,
    series: tuple[Sequence[float], Sequence[float]],
    columns: tuple[str, str, str],
) -> Chart:
    """`series`: the data's eigenvalues, and those that random data reach; equally many, falling.

    `columns` heads the table: the number of the factor, the data, random data. Raises ValueError for two
    lists of different length.
    """
    mine, random = series
    if len(mine) != len(random) or not mine:
        raise ValueError("Both lists hold one eigenvalue a factor.")
    top = max(*mine, *random, 1.0)
    body = [
        f'<line x1="0" x2="24" y1="9" y2="9" class="link"/>{text("32", 14, columns[1])}',
        f'<line x1="0" x2="24" y1="31" y2="31" class="guide dashed"/>{text("32", 36, columns[2])}',
        f'<line x1="{LEFT}%" x2="{RIGHT}%" y1="{TOP + HEIGHT}" y2="{TOP + HEIGHT}" class="axis"/>',
    ]
    for value in range(int(top) + 1):
        y = _y(value, top)
        body.append(f'<line x1="{LEFT}%" x2="{RIGHT}%" y1="{number(y)}" y2="{number(y)}" class="guide"/>')
        body.append(text(f"{LEFT - 3}%", y + 5, str(value), "soft", "end"))
    body += _line(random, top, "guide dashed", "") + _line(mine, top, "link", "dot past")
    for place in range(len(mine)):
        if place % 2 == 0 or len(mine) < 10:
            x = f"{number(_x(place, len(mine)))}%"
            body.append(text(x, TOP + HEIGHT + 20, str(place + 1), "soft", "middle"))
    return Chart(
        caption=caption,
        svg=frame(identifier, TOP + HEIGHT + 28, caption, _in_words(mine, random, columns), body),
        columns=[
            {"label": columns[0], "number": False},
            {"label": columns[1], "number": True},
            {"label": columns[2], "number": True},
        ],
        rows=[
            {"heading": str(place), "cells": [f"{first:.2f}", f"{second:.2f}"]}
            for place, (first, second) in enumerate(zip(mine, random, strict=True), start=1)
        ],
    )


def _x(place: int, count: int) -> float:
    return LEFT + 3 + (RIGHT - LEFT - 6) * place / max(1, count - 1)


def _y(value: float, top: float) -> float:
    return TOP + HEIGHT - HEIGHT * max(0.0, value) / top


def _line(values: Sequence[float], top: float, kind: str, dot: str) -> list[str]:
    places = [(number(_x(place, len(values))), number(_y(value, top))) for place, value in enumerate(values)]
    found = [
        f'<line x1="{x1}%" y1="{y1}" x2="{x2}%" y2="{y2}" class="{kind}"/>'
        for (x1, y1), (x2, y2) in pairwise(places)
    ]
    return found + [f'<circle cx="{x}%" cy="{y}" r="4" class="{dot}"/>' for x, y in places if dot]


def _in_words(mine: Sequence[float], random: Sequence[float], columns: tuple[str, str, str]) -> str:
    return (
        "; ".join(
            f"{place}: {columns[1]} {first:.2f}, {columns[2]} {second:.2f}"
            for place, (first, second) in enumerate(zip(mine, random, strict=True), start=1)
        )
        + "."
    )
