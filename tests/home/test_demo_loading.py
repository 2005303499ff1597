"""Loading the demo: in any season, by the command, and never into a real installation."""

from __future__ import annotations

import datetime

import pytest
from django.core.management import CommandError, call_command

from cohorts.models import CompetencySelection, District
from cohorts.setup.checklist import checklist
from leaderdev.home.demo.load import load

TODAY = datetime.date(2026, 11, 23)
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "today", [datetime.date(2027, 4, 20), datetime.date(2027, 7, 10), datetime.date(2028, 1, 2)]
)
def test_a_demo_of_any_season_is_stored_whole(today):
    world = load(today)
    for year in world.years:
        year.full_clean()
        days = [row.starts_at.astimezone(world.zone).date() for row in year.learning_sessions.all()]
        assert all(year.calendar.has_school_on(day) for day in days)
        assert not [line for line in checklist(year).advice if line.item.key == "sessions"]
    assert world.years[1].choosing_on(today)
    assert CompetencySelection.objects.current().filter(program_year=world.years[1]).count() == 52


def test_command_says_what_happened(capsys, db):
    call_command("load_demo", today=TODAY)
    call_command("load_demo")
    first, second = capsys.readouterr().out.splitlines()
    assert "is loaded" in first
    assert "nothing typed was changed" in second
    assert "half-way through 2026–27, seen from 23 November 2026" in second


def test_a_real_installation_is_refused(settings, db):
    settings.MODE = "production"
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("load_demo")
    assert not District.objects.exists()
