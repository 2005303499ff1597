"""Synthetic districts: the sizes asked for, lifelike shares, the same for one seed, walls between them."""

from __future__ import annotations

import datetime
import random
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F
from hypothesis import given, settings
from hypothesis import strategies as st

from cohorts.models import (
    Appointment,
    CompetencySelection,
    District,
    Leader,
    LearningSession,
    ProgramYear,
    School,
    TrioSeat,
)
from leaderdev.home.scale.generate import generate, program_years
from leaderdev.home.scale.people import draw_people, draw_years, pairs_of
from leaderdev.home.scale.sizes import SIZES, Size

TODAY = datetime.date(2026, 11, 23)


@pytest.mark.django_db
def test_small_is_as_large_as_the_demo(capsys):
    call_command("generate_scale", "S", seed=7)
    assert "Size S: 1 district(s) of 55 leaders and 2 years" in capsys.readouterr().out
    assert (Leader.objects.count(), School.objects.count()) == (55, 23)
    assert Counter(ProgramYear.objects.values_list("state", flat=True)) == {"closed": 1, "open": 1}
    assert LearningSession.objects.count() == 12
    for seat in TrioSeat.objects.filter(program_year__state="open"):
        seat.clean()
    for post in Appointment.objects.all():
        post.full_clean()


@pytest.mark.django_db
def test_a_second_run_leaves_what_is_there_and_districts_stay_apart():
    def choices() -> list[tuple]:
        rows = CompetencySelection.objects.values_list(
            "membership__leader__user__email", "program_year__label", "competency__code", "chosen_at"
        )
        return sorted(rows)

    two = Size("T", districts=2, schools=5, leaders=14, years=2)
    assert list(generate(two, seed=3, today=TODAY)) == [1, 2]
    first = choices()
    assert list(generate(two, seed=4, today=TODAY)) == [1, 2]
    assert choices() == first
    assert District.objects.count() == 2
    crossing = TrioSeat.objects.exclude(
        membership__leader__district=F("trio__program_year__cohort__district")
    )
    assert not crossing.exists()


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(["S", "L"]))
def test_drawn_people_and_years_are_lifelike(seed, name):
    size = SIZES[name]
    rng = random.Random(seed)
    people = draw_people(rng, size)
    years = draw_years(rng, people, size.years)
    bosses = {frozenset((n, person.boss)) for n, person in enumerate(people) if person.boss is not None}
    assert len(people) == size.leaders
    assert all(person.boss is None or person.boss < n for n, person in enumerate(people))
    for year in years:
        groups = [seats for _code, seats in year.trios]
        assert not pairs_of(groups) & bosses
        assert {len(group) for group in groups} <= {2, 3, 4}
        assert all(year.focus[n] == code for code, seats in year.trios for n in seats)
        assert max(Counter(n for group in groups for n in group).values(), default=0) <= 1
        assert all(year.focus[n] != before for n, before in year.before_change.items())


def test_one_seed_gives_one_district():
    def drawn(seed: int):
        rng = random.Random(seed)
        people = draw_people(rng, SIZES["S"])
        return people, draw_years(rng, people, 2)

    assert drawn(5) == drawn(5)
    assert drawn(5) != drawn(6)


def test_about_two_in_five_change_from_year_to_year():
    rng = random.Random(1)
    years = draw_years(rng, draw_people(rng, SIZES["M"]), 2)
    both = years[0].focus.keys() & years[1].focus.keys()
    assert 0.35 < sum(years[0].focus[n] != years[1].focus[n] for n in both) / len(both) < 0.47


def test_program_years_are_one_a_year_with_six_sessions_each():
    years = program_years(TODAY, 3)
    assert [year.label for year in years] == ["2024–25", "2025–26", "2026–27"]
    assert [len(year.sessions) for year in years] == [6, 6, 6]


@pytest.mark.django_db
def test_a_real_installation_is_refused(settings):
    settings.MODE = "production"
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("generate_scale", "S")
    assert not District.objects.exists()
