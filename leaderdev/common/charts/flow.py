"""Who is left after each step: boxes one below the other, with arrows between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leaderdev.common.charts.drawing import LINE_HEIGHT, Chart, frame, number, text, wrap

PADDING = 12
ARROW = 26
# On paper: percent of the width between two boxes, and letters across a box of a quarter of 760 pixels.
BETWEEN = 4.0
BESIDE_CHARACTERS = 17


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
        wide=frame(identifier, *_beside(steps, caption, words)) if 1 < len(steps) <= 4 else None,
        columns=[{"label": columns[0], "number": False}, {"label": columns[1], "number": True}],
        rows=[{"heading": step.label + _after(step.note), "cells": [step.figure]} for step in steps],
    )


def _beside(steps: Sequence[Step], caption: str, words: str) -> tuple[float, str, str, list[str]]:
    """The boxes in one row: the height, then caption, words and parts as frame() takes them."""
    width = (100 - BETWEEN * (len(steps) - 1)) / len(steps)
    texts = [(wrap(step.label, BESIDE_CHARACTERS), _note(step)) for step in steps]
    height = 2 * PADDING + 24 + LINE_HEIGHT * max(len(label) + len(note) for label, note in texts)
    body: list[str] = []
    for place, (step, (label, note)) in enumerate(zip(steps, texts, strict=True)):
        x = place * (width + BETWEEN)
        inside = [text(f"{number(x)}%", PADDING + 18, step.figure, "strong")]
        kinds = ["label"] * len(label) + ["soft"] * len(note)
        for row, (line, kind) in enumerate(zip(label + note, kinds, strict=True)):
            inside.append(text(f"{number(x)}%", PADDING + 42 + LINE_HEIGHT * row, line, kind))
        body.append(
            f'<g transform="translate(1,1)"><rect x="{number(x)}%" y="0" width="{number(width - 0.3)}%" '
            f'height="{number(height)}" rx="6" class="step"/></g>'
            f'<g transform="translate(12,0)">{"".join(inside)}</g>'
        )
        if place:
            body.append(_arrow_right(x, height / 2))
    return height + 3, caption, words, body


def _note(step: Step) -> list[str]:
    return wrap(step.note, BESIDE_CHARACTERS) if step.note else []


def _arrow_right(x: float, y: float) -> str:
    """From the box before to the box at `x` percent."""
    tip = (
        f'<svg x="{number(x - 0.5)}%" y="{number(y)}" width="8" height="12" overflow="visible">'
        '<path d="M-7 -5 L0 0 L-7 5" class="arrow"/></svg>'
    )
    start, end = number(x - BETWEEN + 0.4), number(x - 0.5)
    return f'<line x1="{start}%" x2="{end}%" y1="{number(y)}" y2="{number(y)}" class="arrow"/>{tip}'


def _after(note: str) -> str:
    return f" ({note})" if note else ""


def _arrow(y: float) -> list[str]:
    end = y + ARROW - 3
    return [
        f'<line x1="50%" x2="50%" y1="{number(y + 3)}" y2="{number(end)}" class="arrow"/>',
        f'<svg x="50%" y="{number(end - 7)}" width="12" height="8" overflow="visible">'
        '<path d="M-5 0 L0 7 L5 0" class="arrow"/></svg>',
    ]
