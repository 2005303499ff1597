"""Who is left after each step: boxes one below the other, with arrows between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leaderdev.common.charts.drawing import LINE_HEIGHT, Chart, frame, number, text, wrap

PADDING = 12
ARROW = 26


@dataclass(frozen=True)
class Step:
    """`figure` is written as people read it ("35 of 55"); `note` says who left on the way."""

    label: str
    figure: str
    note: str = ""


def flow_chart(identifier: str, caption: str, steps: Sequence[Step], columns: tuple[str, str]) -> Chart:
    """Steps in the order given. `columns` heads the table: the step, the people."""
    body: list[str] = []
    y = 1.0
    for place, step in enumerate(steps):
        lines = wrap(step.label, 30)
        notes = wrap(step.note, 38) if step.note else []
        height = LINE_HEIGHT * (len(lines) + len(notes)) + 2 * PADDING - 4
        if place:
            body += _arrow(y)
            y += ARROW
        body.append(
            f'<rect x="0.5%" y="{number(y)}" width="99%" height="{number(height)}" rx="6" class="step"/>'
        )
        kinds = ["label"] * len(lines) + ["soft"] * len(notes)
        inside = [
            text("2%", y + PADDING + 14 + LINE_HEIGHT * row, line, kind)
            for row, (line, kind) in enumerate(zip(lines + notes, kinds, strict=True))
        ]
        body.append(f'<g transform="translate(6,0)">{"".join(inside)}</g>')
        figure = text("98%", y + PADDING + 14, step.figure, "strong", "end")
        body.append(f'<g transform="translate(-6,0)">{figure}</g>')
        y += height
    words = "; ".join(f"{step.label}: {step.figure}{_after(step.note)}" for step in steps) + "."
    return Chart(
        caption=caption,
        svg=frame(identifier, y + 2, caption, words, body),
        columns=[{"label": columns[0], "number": False}, {"label": columns[1], "number": True}],
        rows=[{"heading": step.label + _after(step.note), "cells": [step.figure]} for step in steps],
    )


def _after(note: str) -> str:
    return f" ({note})" if note else ""


def _arrow(y: float) -> list[str]:
    end = y + ARROW - 3
    return [
        f'<line x1="50%" x2="50%" y1="{number(y + 3)}" y2="{number(end)}" class="arrow"/>',
        f'<svg x="50%" y="{number(end - 7)}" width="12" height="8" overflow="visible">'
        '<path d="M-5 0 L0 7 L5 0" class="arrow"/></svg>',
    ]
