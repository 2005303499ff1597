"""The figures of the selections page, and their base."""

from __future__ import annotations

import datetime

import pytest

from cohorts.models import CompetencySelection, Membership, ProgramYear
from cohorts.services.overview import (
    participants_of,
    percent_of,
    same_focus,
    selection_overview,
    with_progress,
)
from tests.cast import Cast, make_leader, make_standard, make_year

EARLY = datetime.datetime(2025, 9, 10, 15, tzinfo=datetime.UTC)
NOW = datetime.datetime(2026, 9, 10, 15, tzinfo=datetime.UTC)


def choice(
    cast: Cast, name: str, number: int, year: ProgramYear | None = None, **fields
) -> CompetencySelection:
    values = {
        "membership": cast.members[name],
        "program_year": year or cast.year,
        "competency": cast.standard.nodes.get(code=str(number)),
        "rationale": f"Secret words of {name}",
        "chosen_at": NOW,
    }
    return CompetencySelection.objects.create(**{**values, **fields})


@pytest.fixture
def last_year(cast) -> ProgramYear:
    Membership.objects.update(joined_on=datetime.date(2025, 8, 25))
    return make_year(
        cast.cohort,
        cast.standard,
        state="closed",
        label="2025–26",
        starts_on=datetime.date(2025, 8, 25),
        ends_on=datetime.date(2026, 6, 30),
        selection_opens_on=None,
        selection_closes_on=None,
    )


def names(rows) -> list[str]:
    return [row.membership.leader.user.name for row in rows]


def test_who_has_chosen_and_who_has_not(cast):
    choice(cast, "participant", 1)
    choice(cast, "mate", 1)
    choice(cast, "third", 3)

    found = selection_overview(cast.year)

    # The disabled person may not sign in, so nobody waits for them.
    assert names(found.chosen) == ["Mate Person", "Participant Person", "Third Person"]
    assert names(found.waiting) == ["Bystander Person"]
    assert [(node.code, people) for node, people in found.counts] == [("1", 2), ("2", 0), ("3", 1)]
    assert (found.previous, found.in_both, found.changed_percent) == (None, [], None)


def test_changes_within_the_year_are_told_by_person(cast):
    first = choice(cast, "participant", 1, superseded_at=NOW)
    choice(cast, "participant", 2, replaces=first, change_reason="other")
    choice(cast, "mate", 1)

    found = selection_overview(cast.year)

    assert names(found.changed_within) == ["Participant Person"]
    assert [row.competency.code for row in found.changed_within[0].earlier] == ["1"]
    assert [people for _, people in found.counts] == [1, 1, 0]


def test_changes_between_years_count_those_who_chose_in_both(cast, last_year):
    # Stayed; changed; only this year; only last year; changed twice and came back: no change between years.
    for name, before, after in [
        ("participant", 1, 1),
        ("mate", 1, 2),
        ("third", None, 2),
        ("bystander", 3, None),
    ]:
        if before:
            choice(cast, name, before, last_year, chosen_at=EARLY)
        if after:
            choice(cast, name, after)

    found = selection_overview(cast.year)

    assert found.previous == last_year
    assert names(found.in_both) == ["Mate Person", "Participant Person"]
    assert names(found.changed_between) == ["Mate Person"]
    assert found.changed_percent == 50


def test_last_years_final_choice_is_the_one_compared(cast, last_year):
    first = choice(cast, "mate", 1, last_year, chosen_at=EARLY, superseded_at=EARLY)
    choice(cast, "mate", 2, last_year, chosen_at=EARLY, replaces=first, change_reason="other")
    choice(cast, "mate", 2)

    assert selection_overview(cast.year).changed_between == []


def test_the_same_competency_of_a_newer_version_is_no_change(cast):
    old = cast.standard.nodes.get(code="1")
    cast.standard.slug, cast.standard.scale.name = "older", "Older levels"
    cast.standard.save()
    cast.standard.scale.save()
    newer = make_standard(cast.district)
    same, other = newer.nodes.get(code="1"), newer.nodes.get(code="2")

    assert (same_focus(old, old), same_focus(old, same), same_focus(old, other)) == (True, True, False)
    same.label, same.identifier = "Reworded", old.identifier
    assert same_focus(old, same)


def test_a_closed_year_keeps_those_who_have_left_since(cast, last_year):
    choice(cast, "mate", 1, last_year, chosen_at=EARLY)
    mate = cast.members["mate"]
    Membership.objects.filter(pk=mate.pk).update(left_on=datetime.date(2026, 8, 1))

    assert mate in participants_of(last_year)
    assert mate not in participants_of(cast.year)
    progress = {
        year.label: (year.participants_now, year.chosen_now) for year in with_progress(ProgramYear.objects)
    }
    assert progress == {"2025–26": (5, 1), "2026–27": (3, 0)}
    assert len(participants_of(last_year)) == 5


def test_progress_agrees_with_the_overview(cast, other):
    choice(cast, "participant", 1)
    choice(other, "mate", 1)
    for year in with_progress(ProgramYear.objects.all()):
        found = selection_overview(year)
        assert (year.participants_now, year.chosen_now) == (len(found.rows), len(found.chosen)) == (4, 1)


@pytest.mark.parametrize(
    ("part", "whole", "percent"), [(0, 0, None), (0, 5, 0), (14, 34, 41), (1, 8, 13), (1, 3, 33), (5, 5, 100)]
)
def test_percent_is_whole_with_halves_up(part, whole, percent):
    assert percent_of(part, whole) == percent


def test_queries_do_not_grow_with_the_people(cast, django_assert_num_queries):
    def ask() -> None:
        found = selection_overview(cast.year)
        assert all(row.post for row in found.rows)

    with django_assert_num_queries(5):
        ask()
    for number in range(10):
        leader = make_leader(cast.district, f"more{number}@example.ca", school=cast.schools[1])
        member = Membership.objects.create(cohort=cast.cohort, leader=leader, joined_on=cast.year.starts_on)
        CompetencySelection.objects.create(
            membership=member,
            program_year=cast.year,
            competency=cast.standard.nodes.get(code="1"),
            rationale="x",
        )
    with django_assert_num_queries(5):
        ask()
