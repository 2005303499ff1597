"""Pictures of answers: what is drawn, what stands in their tables, and the files made of them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from leaderdev.common.charts import Chart
from leaderdev.common.charts.drawing import Drawing
from leaderdev.common.charts.dumbbell import Dumbbell, dumbbell_chart
from leaderdev.common.charts.flow import Step, flow_chart
from leaderdev.common.charts.likert import LikertItem, Strip, likert_chart, shades
from leaderdev.common.charts.scree import scree_chart
from leaderdev.common.charts.standalone import INK, as_png, standalone
from leaderdev.common.views.gallery_samples import survey_charts

TOKENS = Path(__file__).parents[2] / "static" / "css" / "tokens.css"
CHARTS = TOKENS.with_name("charts.css")
LEVELS = ("Low", "Some", "Much", "All")


def likert(*strips: Strip, levels: tuple[str, ...] = LEVELS) -> Chart:
    return likert_chart("a", "Answers.", levels, [LikertItem("1. <b>", strips)], ("What", "When"), "hidden")


def texts(chart: Chart) -> list[str]:
    return [str(node.text) for node in ET.fromstring(chart.svg).iter() if node.tag == "text"]


def test_bars_part_at_the_middle() -> None:
    chart = likert(Strip("Before", (1, 4, 4, 1)), Strip("After", (0, 2, 4, 4)))
    root = ET.fromstring(chart.svg)
    bars = [node for node in root.iter("rect") if node.get("class", "").startswith("part ")]
    middle = next(float(node.get("x1", "").rstrip("%")) for node in root.iter("line"))
    for place in (1, 4):
        edge = float(bars[place].get("x", "").rstrip("%")) + (float(bars[place].get("width", "").rstrip("%")))
        assert edge == pytest.approx(middle, abs=0.02) or place == 4
    assert chart.rows[0]["cells"] == ["Before", "1 (10 %)", "4 (40 %)", "4 (40 %)", "1 (10 %)"]
    assert "1. <b>, After: Low 0, Some 2, Much 4, All 4" in str(ET.fromstring(chart.svg)[1].text)


def test_hidden_and_empty_bars_say_so() -> None:
    chart = likert(Strip("Before", None), Strip("After", (0, 0, 0, 0)))
    assert "hidden" in texts(chart)
    assert chart.rows[0]["cells"] == ["Before", *["hidden"] * 4]
    assert chart.rows[1]["cells"] == ["After", *["0"] * 4]


def test_levels_have_shades_on_both_sides() -> None:
    assert shades(4) == ("low-2", "low-1", "high-1", "high-2")
    assert shades(5) == ("low-2", "low-1", "mid", "high-1", "high-2")
    assert [len(shades(levels)) for levels in range(1, 10)] == list(range(1, 10))
    assert likert(Strip("Now", (1, 2, 1)), levels=("a", "b", "c")).rows[0]["cells"][0] == "Now"
    with pytest.raises(ValueError, match="every level"):
        likert(Strip("Now", (1, 2)))


def test_dumbbells_stand_on_the_scale() -> None:
    pairs = [Dumbbell("A", 1.5, 3), Dumbbell("B", None, 2), Dumbbell("C", None, None)]
    chart = dumbbell_chart("d", "Medians.", LEVELS, pairs, ("Competency", "Before", "After"), "hidden")
    assert [row["cells"] for row in chart.rows] == [
        ["1.50", "3.00"],
        ["hidden", "2.00"],
        ["hidden", "hidden"],
    ]
    assert chart.svg.count('class="link"') == 1
    with pytest.raises(ValueError, match="on the scale"):
        dumbbell_chart("d", "x", LEVELS, [Dumbbell("A", 0.5, 3)], ("a", "b", "c"), "hidden")


def test_scree_and_flow() -> None:
    chart = scree_chart("s", "Scree.", ((2.5, 0.5), (1.2, 0.8)), ("Factor", "Answers", "Random"))
    assert [row["cells"] for row in chart.rows] == [["2.50", "1.20"], ["0.50", "0.80"]]
    with pytest.raises(ValueError, match="one eigenvalue"):
        scree_chart("s", "x", ((1,), (1, 2)), ("a", "b", "c"))
    flow = flow_chart("f", "Flow.", [Step("Asked", "55"), Step("Answered", "50", "5 did not")], ("Step", "n"))
    assert flow.rows[1] == {"heading": "Answered (5 did not)", "cells": ["50"]}


@pytest.mark.parametrize("chart", survey_charts(), ids=lambda chart: chart.caption[:12])
def test_files_are_whole_and_keep_text_as_text(chart: Chart) -> None:
    root = ET.fromstring(standalone(chart, 400))
    assert root.get("viewBox", "").startswith("0 0 400 ")
    spaced = "{http://www.w3.org/2000/svg}"
    assert root.find(f"{spaced}title") is not None
    assert root.find(f"{spaced}desc") is not None
    classes = {name for node in root.iter() for name in (node.get("class") or "").split()}
    style = str(root.find(f"{spaced}style").text)  # type: ignore[union-attr]
    assert [name for name in classes - {"label"} if f".{name}" not in style] == []
    png = as_png(chart, 400)
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20]) == 800


def test_every_class_of_a_file_has_its_rule_on_the_page() -> None:
    page = CHARTS.read_text(encoding="utf-8")
    classes = {
        name
        for chart in survey_charts()
        for node in ET.fromstring(chart.svg).iter()
        for name in (node.get("class") or "").split()
    }
    assert [name for name in classes - {"label", "chart-drawing"} if f".{name}" not in page] == []


def test_colors_of_files_are_the_light_theme() -> None:
    light = dict(re.findall(r"--([\w-]+): light-dark\((#\w+),", TOKENS.read_text(encoding="utf-8")))
    assert {name: light[name] for name in INK} == INK


def test_only_our_drawings_become_files() -> None:
    with pytest.raises(ValueError, match="not a drawing"):
        standalone(Chart("x", Drawing("<svg/>"), [], []))
