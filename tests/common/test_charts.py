"""Charts: what is drawn is what was counted, and every word is escaped."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderdev.common.charts import (
    Bar,
    Event,
    Part,
    bar_chart,
    month_starts,
    stacked_bar,
    wrap,
    year_chart,
)
from leaderdev.common.charts.year import NEAREST, _lanes

COLUMNS = ("Competency", "People")
SPAN = (date(2026, 9, 1), date(2027, 6, 26))


def widths(svg: str, kind: str) -> list[str]:
    return [node.get("width") for node in fromstring(svg).iter("rect") if kind in node.get("class", "")]


def test_a_bar_is_as_long_as_its_share_of_the_largest():
    chart = bar_chart("c", "Chosen", [Bar("A", 8), Bar("B", 2), Bar("C", 0)], COLUMNS)
    assert widths(chart.svg, "bar") == ["100%", "25%"]
    assert chart.rows == [
        {"heading": "A", "cells": ["8"]},
        {"heading": "B", "cells": ["2"]},
        {"heading": "C", "cells": ["0"]},
    ]
    assert chart.columns == [{"label": "Competency", "number": False}, {"label": "People", "number": True}]


def test_with_a_total_a_bar_is_a_share_of_it():
    chart = bar_chart("c", "Chosen", [Bar("A", 3)], COLUMNS, total=12)
    assert widths(chart.svg, "bar") == ["25%"]


def test_no_bars_and_all_zero_are_drawn_without_dividing():
    assert widths(bar_chart("c", "Chosen", [], COLUMNS).svg, "bar") == []
    assert widths(bar_chart("c", "Chosen", [Bar("A", 0)], COLUMNS).svg, "bar") == []


@pytest.mark.parametrize(("value", "total"), [(-1, None), (5, 4)])
def test_impossible_counts_are_refused(value, total):
    with pytest.raises(ValueError, match="from zero up to the total"):
        bar_chart("c", "Chosen", [Bar("A", value)], COLUMNS, total=total)


def test_a_name_cannot_break_out_of_the_drawing():
    chart = bar_chart("c", "<b>", [Bar("</text><script>alert(1)</script>", 1)], COLUMNS)
    assert "<script" not in chart.svg
    assert fromstring(chart.svg).find("title").text == "<b>"


def test_the_picture_is_named_and_described():
    root = fromstring(bar_chart("c", "Chosen", [Bar("A", 8)], COLUMNS).svg)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "c-title c-desc"
    assert (root.find("title").get("id"), root.find("desc").get("id")) == ("c-title", "c-desc")
    assert root.find("desc").text == "A: 8."


@pytest.mark.parametrize("identifier", ["", "Year", "1st", 'a"b', "a b"])
def test_an_identifier_that_would_break_the_page_is_refused(identifier):
    with pytest.raises(ValueError, match="cannot name a chart"):
        bar_chart(identifier, "Chosen", [], COLUMNS)


def test_a_divided_bar_fills_its_width_and_hides_no_number_in_a_sliver():
    parts = [Part("Done", 97, "good"), Part("Delayed", 3, "warn"), Part("Dropped", 0, "quiet")]
    chart = stacked_bar("s", "Steps", parts, ("State", "Steps"))
    assert widths(chart.svg, "part part-") == ["97%", "3%"]
    said = [node.text for node in fromstring(chart.svg).iter("text")]
    assert said == ["97", "Done: 97", "Delayed: 3", "Dropped: 0"]


@pytest.mark.parametrize("values", [[], [0], [3, -1]])
def test_a_divided_bar_needs_a_whole(values):
    with pytest.raises(ValueError, match="at least one thing"):
        stacked_bar("s", "Steps", [Part("Done", v, "good") for v in values], ("State", "Steps"))


def test_month_starts_lie_inside_the_span():
    assert month_starts(date(2026, 11, 15), date(2027, 2, 1)) == [
        date(2026, 12, 1),
        date(2027, 1, 1),
        date(2027, 2, 1),
    ]


def test_a_year_numbers_its_events_in_order_of_time_like_its_table():
    events = [
        Event(date(2027, 1, 14), "Later", "14 January"),
        Event(date(2026, 9, 1), "First", "1 September"),
    ]
    today = (date(2026, 11, 23), "Today")
    chart = year_chart("y", "Year", SPAN, events, ("What", "When"), today=today)
    assert [row["heading"] for row in chart.rows] == ["1. First", "2. Later"]
    assert [row["cells"] for row in chart.rows] == [["1 September"], ["14 January"]]
    circles = list(fromstring(chart.svg).iter("circle"))
    assert (circles[0].get("cx"), circles[0].get("class")) == ("4%", "dot past")
    assert circles[1].get("class") == "dot"
    assert chart.table_open


@pytest.mark.parametrize("day", [date(2026, 8, 31), date(2027, 6, 27)])
def test_an_event_outside_the_year_is_refused(day):
    with pytest.raises(ValueError, match="between the first and the last day"):
        year_chart("y", "Year", SPAN, [Event(day, "Lost", "?")], ("What", "When"))


def test_a_year_without_length_is_refused():
    with pytest.raises(ValueError, match="has a length"):
        year_chart("y", "Year", (SPAN[0], SPAN[0]), [], ("What", "When"))


@given(st.lists(st.floats(4, 96), max_size=40).map(sorted))
def test_no_two_circles_of_one_lane_touch(places):
    by_lane: dict[int, list[float]] = {}
    for place, lane in zip(places, _lanes(places), strict=True):
        by_lane.setdefault(lane, []).append(place)
    for lane in by_lane.values():
        assert all(right - left >= NEAREST for left, right in pairwise(lane))


@given(st.text(min_size=1, max_size=200), st.integers(2, 60))
def test_wrapped_lines_fit_and_lose_no_letter(label, characters):
    lines = wrap(label, characters)
    assert all(len(line) <= characters for line in lines)
    kept = "".join(lines).replace("-", "")
    assert "".join(kept.split()) == "".join(label.split()).replace("-", "")
