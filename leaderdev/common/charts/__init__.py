"""Small drawings for pages, mail and paper: plain SVG made on the server, without Django or script."""

from leaderdev.common.charts.bars import Bar, bar_chart
from leaderdev.common.charts.drawing import Chart, Column, Drawing, Row, wrap
from leaderdev.common.charts.places import Group, Place, place_map
from leaderdev.common.charts.stack import Part, stacked_bar
from leaderdev.common.charts.year import Event, month_starts, year_chart

__all__ = [
    "Bar",
    "Chart",
    "Column",
    "Drawing",
    "Event",
    "Group",
    "Part",
    "Place",
    "Row",
    "bar_chart",
    "month_starts",
    "place_map",
    "stacked_bar",
    "wrap",
    "year_chart",
]
