"""The program year as a line: months above, numbered events on it, today marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from leaderdev.common.charts.drawing import Chart, frame, number, text

RADIUS = 11
LANE = 28
AXIS = 40
NEAREST = 7.5
"""Percent between two events in one lane: two circles side by side on the narrowest page (300 pixels)."""
EDGE = 4.0
"""Percent kept free at both ends, so that the first and the last circle are not cut."""


@dataclass(frozen=True)
class Event:
    """`when` is the day as people write it; `day` places it."""

    day: date
    label: str
    when: str


def month_starts(first: date, last: date) -> list[date]:
    """The first of every month from the month of `first` to that of `last`, within the span."""
    found = []
    year, month = first.year, first.month
    while (day := date(year, month, 1)) <= last:
        if day >= first:
            found.append(day)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found


def year_chart(
    identifier: str,
    caption: str,
    span: tuple[date, date],
    events: Sequence[Event],
    columns: tuple[str, str],
    ticks: Sequence[tuple[date, str]] = (),
    today: tuple[date, str] | None = None,
) -> Chart:
    """Events in order of time between the two days of `span`, both included.

    `ticks` are days with their short month names; `today` is the day and its word. The table numbers the
    events like the picture. Raises ValueError for an event outside the span or a span without length.
    """
    first, last = span
    if last <= first or any(not first <= event.day <= last for event in events):
        raise ValueError("Every event lies between the first and the last day, and the year has a length.")
    ordered = sorted(events, key=lambda event: event.day)
    places = [_place(event.day, span) for event in ordered]
    lanes = _lanes(places)
    height = AXIS + LANE * (max(lanes, default=0) + 1) + (LANE if today else 0)
    body = [f'<line x1="0" x2="100%" y1="{AXIS}" y2="{AXIS}" class="axis"/>']
    body += [text(f"{number(_place(day, span))}%", 16, name, "soft", "middle") for day, name in ticks]
    body += _today(today, span, height) if today else []
    for index, (place, lane, event) in enumerate(zip(places, lanes, ordered, strict=True), start=1):
        past = today is not None and event.day < today[0]
        body += _circle(place, AXIS + LANE * lane, index, "dot past" if past else "dot")
    return Chart(
        caption=caption,
        svg=frame(identifier, height, caption, _in_words(ordered), body),
        columns=[{"label": columns[0], "number": False}, {"label": columns[1], "number": False}],
        rows=[
            {"heading": f"{index}. {event.label}", "cells": [event.when]}
            for index, event in enumerate(ordered, start=1)
        ],
        table_open=True,
    )


def _place(day: date, span: tuple[date, date]) -> float:
    """Percent from the left, between the free edges."""
    share = (day - span[0]).days / (span[1] - span[0]).days
    return EDGE + share * (100 - 2 * EDGE)


def _lanes(places: Sequence[float]) -> list[int]:
    """For each place the first lane, counted from the axis down, where its circle touches no other."""
    ends: list[float] = []
    found = []
    for place in places:
        lane = next((i for i, end in enumerate(ends) if place - end >= NEAREST), len(ends))
        if lane == len(ends):
            ends.append(place)
        ends[lane] = place
        found.append(lane)
    return found


def _circle(place: float, y: float, index: int, kind: str) -> list[str]:
    ink = "on-part" if "past" in kind else "in-dot"
    return [
        f'<circle cx="{number(place)}%" cy="{number(y)}" r="{RADIUS}" class="{kind}"/>',
        text(f"{number(place)}%", y + 5, str(index), ink, "middle"),
    ]


def _today(today: tuple[date, str], span: tuple[date, date], height: float) -> list[str]:
    place = _place(min(max(today[0], span[0]), span[1]), span)
    x = f"{number(place)}%"
    anchor = "start" if place < 15 else "end" if place > 85 else "middle"
    return [
        f'<line x1="{x}" x2="{x}" y1="24" y2="{number(height - 18)}" class="today"/>',
        text(x, height - 3, today[1], "today-word", anchor),
    ]


def _in_words(events: Sequence[Event]) -> str:
    return (
        "; ".join(f"{index}. {event.label}, {event.when}" for index, event in enumerate(events, start=1))
        + "."
    )
