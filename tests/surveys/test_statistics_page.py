"""docs/statistics.md defines each number: every key of the JSON, every column that the report prints."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from surveys.analysis.paired import KEYS
from surveys.analysis.study import study
from surveys.analysis.study_json import study_json
from surveys.report.contents import report_of
from tests.surveys.studies import make_study

PAGE = (Path(__file__).parents[2] / "docs" / "statistics.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([^`]+)`", PAGE))
# Kinds of missing are names from the data's side; the page lists them in its words.
IN_WORDS = {"not asked", "prefer not to answer", "skipped", "no answer"}


@pytest.fixture(scope="module")
def whole() -> Any:
    """A study with every part: groups, looking back, factors."""
    return study(make_study(80))


def keys_of(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for each in value.values() for key in keys_of(each)}
    if isinstance(value, list | tuple):
        return {key for each in value for key in keys_of(each)}
    return set()


def test_every_key_of_the_json_stands_on_the_page(whole) -> None:
    found = study_json(whole, [item.item.code for item in whole.items])
    parts = ("factors", "components", "then", "own_focus", "baseline", "changes_of_groups")
    assert [part for part in parts if not found[part]] == []
    assert sorted((keys_of(found) | set(KEYS)) - IN_WORDS - NAMED) == []


def test_every_printed_column_stands_on_the_page(whole) -> None:
    levels = set(whole.items[0].item.levels)
    columns = {label for table in report_of(whole).tables() for label, number in table.columns if number}
    named = {re.sub(r"^Factor \d+$", "Factor 1", label) for label in columns - levels}
    assert {"typical shift", "rank-biserial", "Factor 1", "apart"} <= named
    assert sorted(label for label in named if f"**{label}**" not in PAGE) == []
