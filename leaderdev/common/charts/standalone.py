"""A drawing as a file of its own: colors and letters inside it, a fixed width, for PDF, slides and papers."""

from __future__ import annotations

import re

from leaderdev.common.charts.drawing import Chart, Drawing

WIDTH = 760
"""Pixels: across a printed page of 180 millimetres the letters come out at ten points, like the text's."""
# The light theme of static/css/tokens.css; tests/common/test_chart_files.py holds the two together.
INK = {
    "ink": "#17232b",
    "ink-soft": "#4a5a63",
    "paper": "#fcfcfa",
    "rule": "#d8dfdc",
    "edge": "#75848c",
    "accent": "#0d5c75",
    "mark": "#d99a1c",
    "good": "#1d6b3a",
    "warn": "#854d00",
    "bad": "#a3262a",
    "level-low": "#efcf9c",
    "level-high": "#a6d2de",
}
_STYLE = (
    'text{{font-family:"Source Sans 3","DejaVu Sans",Arial,sans-serif;font-size:15px;fill:{ink}}}'
    ".soft{{fill:{ink-soft};font-size:14px}}.strong{{font-weight:700}}"
    ".on-part{{fill:{paper};font-weight:600;font-size:14px}}.on-light{{fill:{ink};font-size:14px}}"
    ".in-dot,.today-word{{font-weight:600;font-size:14px}}"
    ".axis{{stroke:{edge};stroke-width:2}}.track{{fill:{rule}}}.bar{{fill:{accent}}}"
    ".part{{stroke:{paper};stroke-width:2}}"
    ".part-good{{fill:{good}}}.part-info{{fill:{accent}}}.part-warn{{fill:{warn}}}.part-bad{{fill:{bad}}}"
    ".part-quiet{{fill:{ink-soft}}}.today{{stroke:{mark};stroke-width:3}}"
    ".level-low-2{{fill:{warn}}}.level-low-1{{fill:{level-low}}}.level-mid{{fill:{rule}}}"
    ".level-high-1{{fill:{level-high}}}.level-high-2{{fill:{accent}}}"
    ".middle{{stroke:{ink};stroke-width:1}}.guide{{stroke:{rule};stroke-width:1}}"
    ".dashed{{stroke:{ink-soft};stroke-width:2;stroke-dasharray:5 4}}.link{{stroke:{accent};stroke-width:3}}"
    ".dot{{fill:{paper};stroke:{accent};stroke-width:2}}.dot.past{{fill:{accent}}}"
    ".step{{fill:{paper};stroke:{edge};stroke-width:1}}.arrow{{fill:none;stroke:{edge};stroke-width:2}}"
)


def style() -> str:
    """The rules that a page has in static/css/charts.css, with the light theme's colors."""
    found = _STYLE
    for name, value in INK.items():
        found = found.replace("{" + name + "}", value)
    return found.replace("{{", "{").replace("}}", "}")


def standalone(chart: Chart, width: int = WIDTH) -> Drawing:
    """The chart's SVG as a whole document of `width` pixels on a light ground; text stays text.

    Drawn as for paper where `width` has room for it.
    """
    drawing = chart.wide if chart.wide is not None and width >= WIDTH else chart.svg
    height = _height(drawing)
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
    sized = re.sub(r'^<svg class="[^"]*" width="[^"]*"', f'{opening}width="{width}"', drawing, count=1)
    head, inner = sized.split("</desc>", 1)
    return Drawing(f"{head}</desc><style>{style()}</style>{inner}")


def as_png(chart: Chart, width: int = WIDTH, scale: int = 2) -> bytes:
    """The same as a PNG of `scale` times as many pixels, on white, with the system's fonts."""
    # A renderer of several megabytes that only a download needs.
    import resvg_py

    drawn = resvg_py.svg_to_bytes(
        svg_string=str(standalone(chart, width)), width=width * scale, background="white"
    )
    return bytes(drawn)


def _height(svg: str) -> str:
    found = re.search(r'height="([\d.]+)"', svg)
    if found is None:
        raise ValueError("This is not a drawing of ours.")
    return found.group(1)
