"""What all drawings share: safe markup, wrapped text, and the table that stands behind each picture.

Widths are percentages and text keeps its size in pixels, so a phone gets a narrower chart, never smaller
print. Colors are classes (static/css/charts.css), so a chart follows light, dark and paper.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TypedDict

LINE_HEIGHT = 20
"""Pixels from one line of a label to the next."""
LABEL_CHARACTERS = 44
"""Letters that fit in 300 pixels at 15 pixels: the narrowest page, 360 pixels, less its margins."""
_IDENTIFIER = re.compile(r"[a-z][a-z0-9-]*")


class Drawing(str):
    """SVG markup whose every text was escaped here; templates print it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


class Column(TypedDict):
    label: str
    number: bool


class Row(TypedDict):
    heading: str
    cells: list[str]


@dataclass(frozen=True)
class Chart:
    """A picture and the same facts as a table: `columns` and `rows` go to components/data_table.html.

    `table_open`: the picture cannot be read without the table: it only shows numbers that stand there.
    `wide`: the same drawn for a page of paper, labels beside instead of above; None where that gains nothing.
    """

    caption: str
    svg: Drawing
    columns: list[Column]
    rows: list[Row]
    table_open: bool = False
    wide: Drawing | None = None


def frame(identifier: str, height: float, title: str, description: str, body: Sequence[str]) -> Drawing:
    """The outer element. `identifier` is unique on the page; the description says in words what is drawn."""
    if not _IDENTIFIER.fullmatch(identifier):
        raise ValueError(
            f"“{identifier}” cannot name a chart: use small letters, digits and hyphens, a letter first."
        )
    return Drawing(
        f'<svg class="chart-drawing" width="100%" height="{number(height)}" role="img" '
        f'aria-labelledby="{identifier}-title {identifier}-desc">'
        f'<title id="{identifier}-title">{escape(title)}</title>'
        f'<desc id="{identifier}-desc">{escape(description)}</desc>'
        f"{''.join(body)}</svg>"
    )


def wrap(label: str, characters: int = LABEL_CHARACTERS) -> list[str]:
    """The label in lines of at most `characters`, broken between words; a longer word is cut."""
    lines = [""]
    for word in label.split():
        while len(word) > characters:
            lines.append(word[: characters - 1] + "-")
            word = word[characters - 1 :]
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) <= characters:
            lines[-1] = joined
        else:
            lines.append(word)
    return [line for line in lines if line] or [""]


def text(x: str, y: float, content: str, kind: str = "label", anchor: str = "start") -> str:
    """A line of text: `x` with its unit, `y` of its base line in pixels."""
    return f'<text x="{x}" y="{number(y)}" class="{kind}" text-anchor="{anchor}">{escape(content)}</text>'


def box(x: float, y: float, width: float, height: float, kind: str) -> str:
    """A rectangle; `x` and `width` in percent, `y` and `height` in pixels."""
    return (
        f'<rect x="{number(x)}%" y="{number(y)}" width="{number(width)}%" height="{number(height)}" '
        f'rx="2" class="{kind}"/>'
    )


def number(value: float) -> str:
    """At most two decimals and no trailing zeros: 12, 12.5, 33.33."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
