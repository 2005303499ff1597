"""Answers on a scale of named levels, before and after: bars that part at the middle of the scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leaderdev.common.charts.drawing import LINE_HEIGHT, Chart, Column, box, frame, number, text, wrap

BAR_HEIGHT = 20
GAP = 6
ITEM_GAP = 16
BELOW_LABEL = 4
LABEL_WIDTH = 66
"""Pixels left of the bars for "Before"; the bars take SPREAD percent, which with it fits 300 pixels."""
SPREAD = 76.0
ROOM_FOR_NUMBER = 7.0
# On paper: labels in the left half, also in the broader letters of a PNG, and bars in the rest.
BESIDE_CHARACTERS = 37
BESIDE = 46.0
SPREAD_BESIDE = 43.0
ROOM_BESIDE = 3.2
SHADES = {1: ("mid",), 2: ("low-2", "high-2"), 3: ("low-2", "mid", "high-2")}


@dataclass(frozen=True)
class Strip:
    """One bar: `counts` of each level from low to high; None where they may not be shown."""

    label: str
    counts: tuple[int, ...] | None


@dataclass(frozen=True)
class LikertItem:
    label: str
    strips: tuple[Strip, ...]


def shades(levels: int) -> tuple[str, ...]:
    """The color class of each level: two shades below the middle, two above, the middle level neutral."""
    if levels in SHADES:
        return SHADES[levels]
    half = levels // 2
    low = ["low-2"] * (half - half // 2) + ["low-1"] * (half // 2)
    high = ["high-1"] * (half // 2) + ["high-2"] * (half - half // 2)
    return (*low, *(["mid"] if levels % 2 else []), *high)


def likert_chart(
    identifier: str,
    caption: str,
    levels: Sequence[str],
    items: Sequence[LikertItem],
    columns: tuple[str, str],
    hidden: str,
) -> Chart:
    """Shares of each level; levels below the middle lie left of one common line, the others right of it.

    `columns` heads the table's first two columns (statement, time); `hidden` stands where counts may not be
    shown. Raises ValueError when a strip does not count every level.
    """
    if any(
        strip.counts is not None and len(strip.counts) != len(levels)
        for item in items
        for strip in item.strips
    ):
        raise ValueError("Each bar counts every level of the scale.")
    words = _in_words(levels, items, hidden)
    height, body = _stacked(levels, items, hidden)
    wide_height, wide = _beside(levels, items, hidden)
    return Chart(
        caption=caption,
        svg=frame(identifier, height, caption, words, body),
        wide=frame(identifier, wide_height, caption, words, wide),
        columns=_columns(columns, levels),
        rows=[
            {"heading": item.label, "cells": [strip.label, *_cells(strip, len(levels), hidden)]}
            for item in items
            for strip in item.strips
        ],
    )


def _stacked(levels: Sequence[str], items: Sequence[LikertItem], hidden: str) -> tuple[float, list[str]]:
    """Labels above their bars: fits the narrowest phone."""
    kinds = shades(len(levels))
    scale = _scale(items)
    body, top = _key(levels, kinds, 2)
    y = float(top)
    bars: list[str] = []
    for item in items:
        for line in wrap(item.label):
            y += LINE_HEIGHT
            body.append(text("0", y - 5, line))
        y += BELOW_LABEL
        start = y
        for strip in item.strips:
            body.append(text("0", y + 15, strip.label, "soft"))
            bars += _bar(strip, kinds, y, scale, hidden)
            y += BAR_HEIGHT + GAP
        bars.append(_middle(scale.middle_at, start - 3, y - GAP + 3))
        y += ITEM_GAP - GAP
    body.append(f'<g transform="translate({LABEL_WIDTH},0)">{"".join(bars)}</g>')
    return y - ITEM_GAP + 4, body


def _beside(levels: Sequence[str], items: Sequence[LikertItem], hidden: str) -> tuple[float, list[str]]:
    """Labels left of their bars: half as high, for a page of paper."""
    kinds = shades(len(levels))
    scale = _scale(items, BESIDE, SPREAD_BESIDE, ROOM_BESIDE)
    body, top = _key(levels, kinds, 4 if len(levels) <= 4 else 3)
    y = float(top)
    bars: list[str] = []
    for item in items:
        lines = wrap(item.label, BESIDE_CHARACTERS)
        body += [text("0", y + 15 + LINE_HEIGHT * place, line) for place, line in enumerate(lines)]
        end = y
        for strip in item.strips:
            body.append(text(f"{number(BESIDE)}%", end + 15, strip.label, "soft"))
            bars += _bar(strip, kinds, end, scale, hidden)
            end += BAR_HEIGHT + GAP
        bars.append(_middle(scale.middle_at, y - 3, end - GAP + 3))
        y = max(end - GAP, y + LINE_HEIGHT * len(lines)) + ITEM_GAP
    body.append(f'<g transform="translate({LABEL_WIDTH},0)">{"".join(bars)}</g>')
    return y - ITEM_GAP + 4, body


@dataclass(frozen=True)
class _Scale:
    """From shares to places: bars begin at `left` percent; `middle` and `whole` are shares of answers."""

    left: float
    spread: float
    room: float
    middle: float
    whole: float

    def width(self, share: float) -> float:
        return self.spread * share / self.whole

    @property
    def middle_at(self) -> float:
        return self.left + self.width(self.middle)


def _scale(
    items: Sequence[LikertItem], left: float = 0.0, spread: float = SPREAD, room: float = ROOM_FOR_NUMBER
) -> _Scale:
    shown = [strip.counts for item in items for strip in item.strips if strip.counts and sum(strip.counts)]
    middle = max((_below(counts) for counts in shown), default=50.0)
    whole = middle + max((100 - _below(counts) for counts in shown), default=50.0)
    return _Scale(left, spread, room, middle, whole)


def _columns(first: Sequence[str], levels: Sequence[str]) -> list[Column]:
    names: list[Column] = [{"label": name, "number": False} for name in first]
    return names + [{"label": level, "number": True} for level in levels]


def _middle(x: float, top: float, bottom: float) -> str:
    place = f"{number(x)}%"
    return f'<line x1="{place}" x2="{place}" y1="{number(top)}" y2="{number(bottom)}" class="middle"/>'


def _below(counts: Sequence[int]) -> float:
    """Percent below the middle; a middle level counts half."""
    half = len(counts) // 2
    below = sum(counts[:half]) + (counts[half] / 2 if len(counts) % 2 else 0)
    return 100 * below / sum(counts)


def _key(levels: Sequence[str], kinds: Sequence[str], across: int) -> tuple[list[str], int]:
    """The levels with their color, `across` in a line; and where the drawing goes on."""
    found = []
    for place, (level, kind) in enumerate(zip(levels, kinds, strict=True)):
        x, y = f"{number(100 / across * (place % across))}%", (place // across) * (LINE_HEIGHT + 2)
        found.append(
            f'<rect x="{x}" y="{y + 3}" width="12" height="12" rx="2" class="level-{kind}"/>'
            f'<g transform="translate(18,0)">{text(x, y + 14, level)}</g>'
        )
    return found, -(-len(levels) // across) * (LINE_HEIGHT + 2) + 8


def _bar(strip: Strip, kinds: Sequence[str], y: float, scale: _Scale, hidden: str) -> list[str]:
    if strip.counts is None or not sum(strip.counts):
        word = hidden if strip.counts is None else "0"
        return [text(f"{number(scale.left)}%", y + 15, word, "soft")]
    total = sum(strip.counts)
    x = scale.middle_at - scale.width(_below(strip.counts))
    found = []
    for count, kind in zip(strip.counts, kinds, strict=True):
        width = scale.width(100 * count / total)
        if count:
            found.append(box(x, y, width, BAR_HEIGHT, f"part level-{kind}"))
        if width >= scale.room:
            ink = "on-part" if kind.endswith("2") else "on-light"
            found.append(text(f"{number(x + width / 2)}%", y + 15, str(count), ink, "middle"))
        x += width
    return found


def _cells(strip: Strip, levels: int, hidden: str) -> list[str]:
    if strip.counts is None:
        return [hidden] * levels
    total = sum(strip.counts)
    return [f"{count} ({100 * count / total:.0f} %)" if total else "0" for count in strip.counts]


def _in_words(levels: Sequence[str], items: Sequence[LikertItem], hidden: str) -> str:
    found = []
    for item in items:
        for strip in item.strips:
            counts = hidden if strip.counts is None else ", ".join(map(_count, levels, strip.counts))
            found.append(f"{item.label}, {strip.label}: {counts}")
    return "; ".join(found) + "."


def _count(level: str, count: int) -> str:
    return f"{level} {count}"
