"""The leaders' page names everything that is sent, to the day, and what nobody can stop."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from leaderdev.reminders.clock import Soon
from leaderdev.reminders.kinds import KINDS
from leaderdev.reminders.notices import NOTICES

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guides" / "what-the-program-sends.md"
LINES = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in GUIDE.read_text().splitlines()
    if line.startswith("| ") and not line.startswith("| Mail |")
]


def line_of(label: str) -> list[str]:
    found = [line for line in LINES if re.split(r", with| \*", line[0])[0] == label]
    assert len(found) == 1, f"{GUIDE.name} has {len(found)} lines for “{label}”."
    return found[0]


@pytest.mark.parametrize("each", [*KINDS, *NOTICES], ids=lambda each: each.name)
def test_it_stands_on_the_leaders_page_with_its_star(each):
    line = line_of(str(each.label))
    assert line[0].endswith(" *") == each.required
    assert all(line)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_its_days_are_the_real_ones(kind):
    said = line_of(str(kind.label))[2]
    days = {stage.timing.days for stage in kind.stages if not isinstance(stage.timing, Soon)} - {0}
    assert {int(number) for number in re.findall(r"\b(\d+)(?= day| and \d)", said)} == days


def test_the_page_names_nothing_else():
    assert len(LINES) == len(KINDS) + len(NOTICES)
