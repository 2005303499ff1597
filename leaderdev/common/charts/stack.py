"""One bar in parts, with its key below: done, on schedule, delayed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from leaderdev.common.charts.drawing import LINE_HEIGHT, Chart, box, frame, number, text

BAR_HEIGHT = 24
KEY_TOP = 12
ROOM_FOR_NUMBER = 8.0
"""Percent of the width that a two-digit number needs on the narrowest page."""

Tone = Literal["good", "info", "warn", "bad", "quiet"]


@dataclass(frozen=True)
class Part:
    label: str
    value: int
    tone: Tone


def stacked_bar(identifier: str, caption: str, parts: Sequence[Part], columns: tuple[str, str]) -> Chart:
    """Shares of one whole, in the order given. The key names every part, so color never speaks alone.

    Raises ValueError when a count is negative or all of them are zero: there is no whole to divide.
    """
    whole = sum(part.value for part in parts)
    if whole <= 0 or any(part.value < 0 for part in parts):
        raise ValueError("A divided bar needs at least one thing to count.")
    body: list[str] = []
    x = 0.0
    for part in parts:
        width = 100 * part.value / whole
        if part.value:
            body.append(box(x, 0, width, BAR_HEIGHT, f"part part-{part.tone}"))
        if width >= ROOM_FOR_NUMBER:
            body.append(text(f"{number(x + width / 2)}%", 17, str(part.value), "on-part", "middle"))
        x += width
    y: float = BAR_HEIGHT + KEY_TOP
    for part in parts:
        body.append(
            f'<rect x="0" y="{number(y + 3)}" width="12" height="12" rx="2" class="part-{part.tone}"/>'
        )
        body.append(text("20", y + 14, f"{part.label}: {part.value}"))
        y += LINE_HEIGHT + 2
    words = "; ".join(f"{part.label}: {part.value}" for part in parts) + f" ({whole})."
    return Chart(
        caption=caption,
        svg=frame(identifier, y, caption, words, body),
        columns=[{"label": columns[0], "number": False}, {"label": columns[1], "number": True}],
        rows=[{"heading": part.label, "cells": [str(part.value)]} for part in parts],
    )
