"""Places on a plain map, with lines between those that belong together: no tiles, no service, no script."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from leaderdev.common.charts.drawing import Chart, Row, frame, number, text

# Room around the outermost places, so that dots and numbers stay inside: percent of the width, and pixels.
EDGE_X = 6.0
EDGE_Y = 32.0
LOWEST, HIGHEST = 180.0, 420.0
# What the width of a page is taken to be when the height is worked out, in pixels.
USUAL_WIDTH = 640.0
DOT = 11.0
# How far from the dots a group's word stands where it cannot stand among them; the room it needs (pixels).
ABOVE, BELOW, ROOM = 16.0, 26.0, 26.0

# Percent from the left, pixels from the top.
Spot = tuple[float, float]


@dataclass(frozen=True)
class Place:
    """lat, lng: degrees."""

    key: str
    label: str
    lat: float
    lng: float


@dataclass(frozen=True)
class Group:
    """A word that stands at its middle, the keys of its places, and a sentence for the table."""

    word: str
    places: tuple[str, ...]
    sentence: str


def place_map(
    identifier: str, caption: str, places: Sequence[Place], groups: Sequence[Group], columns: tuple[str, str]
) -> Chart:
    """Numbered dots at the places, lines within each group, the group's word at its middle.

    Distances are right at the map's middle latitude on a page of the usual width; a phone squeezes the map
    from the sides. `columns` heads the table: what a group is, and what is said of it.
    """
    points, height = _points(places)
    order = {place.key: rank for rank, place in enumerate(places, 1)}
    body: list[str] = []
    words: list[str] = []
    spots: list[Spot] = []
    for group in groups:
        here = [points[key] for key in dict.fromkeys(group.places) if key in points]
        body += [_line(one, other) for rank, one in enumerate(here) for other in here[rank + 1 :]]
        if here:
            x, y = _open_spot(here, [*points.values(), *spots])
            spots.append((x, y))
            words.append(text(f"{number(x)}%", y, group.word, "way-word", "middle"))
    for place in places:
        x, y = points[place.key]
        body.append(f'<circle cx="{number(x)}%" cy="{number(y)}" r="{number(DOT)}" class="dot"/>')
        body.append(text(f"{number(x)}%", y + 4.5, str(order[place.key]), "in-dot", "middle"))
    rows: list[Row] = [{"heading": group.word, "cells": [group.sentence]} for group in groups]
    described = "; ".join(f"{group.word}: {group.sentence}" for group in groups)
    return Chart(
        caption=caption,
        svg=frame(identifier, height, caption, f"{described}.", [*body, *words]),
        columns=[{"label": columns[0], "number": False}, {"label": columns[1], "number": False}],
        rows=rows,
        table_open=False,
    )


def _open_spot(here: Sequence[Spot], taken: Sequence[Spot]) -> Spot:
    """Where the word of a group hides least: at its middle, or above or below it where dots crowd there."""
    x = sum(spot[0] for spot in here) / len(here)
    middle = (x, sum(spot[1] for spot in here) / len(here))
    above = (x, min(spot[1] for spot in here) - ABOVE)
    below = (x, max(spot[1] for spot in here) + BELOW)

    def room(spot: Spot) -> float:
        # Words are wide and low: to their sides they need twice the room.
        return min(
            math.hypot((spot[0] - other[0]) * USUAL_WIDTH / 200, spot[1] - other[1]) for other in taken
        )

    return middle if room(middle) >= ROOM else max(above, below, middle, key=room)


def _points(places: Sequence[Place]) -> tuple[dict[str, Spot], float]:
    """Key → (percent from the left, pixels from the top), and the height of the map."""
    if not places:
        return {}, LOWEST
    west, east = min(p.lng for p in places), max(p.lng for p in places)
    south, north = min(p.lat for p in places), max(p.lat for p in places)
    narrowing = math.cos(math.radians((south + north) / 2))
    wide, high = (east - west) * narrowing, north - south
    inner = USUAL_WIDTH * (1 - 2 * EDGE_X / 100)
    height = min(HIGHEST, max(LOWEST, inner * high / wide + 2 * EDGE_Y if wide else LOWEST))
    # Degrees per pixel: the larger of the two, so that everything fits and nothing is stretched.
    scale = max(wide / inner, high / (height - 2 * EDGE_Y)) or 1.0
    found: dict[str, Spot] = {}
    taken: dict[tuple[int, int], int] = {}
    for place in places:
        x = 50 + 100 * ((place.lng - (west + east) / 2) * narrowing / scale) / USUAL_WIDTH
        y = height / 2 - (place.lat - (south + north) / 2) / scale
        # Places on one spot would hide each other: the later ones move a little to the right and down.
        spot = (round(x * USUAL_WIDTH / 100 / (2 * DOT)), round(y / (2 * DOT)))
        times = taken.get(spot, 0)
        taken[spot] = times + 1
        found[place.key] = (x + 3.2 * times, y + 5.0 * times)
    return found, height


def _line(one: Spot, other: Spot) -> str:
    return (
        f'<line x1="{number(one[0])}%" y1="{number(one[1])}" x2="{number(other[0])}%" '
        f'y2="{number(other[1])}" class="way"/>'
    )
