"""Opening, closing, reopening and copying a program year."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cohorts.models import (
    CompetencySelection,
    NodeLink,
    ProgramYear,
    SchoolCalendar,
    Standard,
    StandardNode,
)
from cohorts.services.errors import RefusedError
from cohorts.services.years import (
    close_program_year,
    copy_to_next_year,
    open_program_year,
    reopen_program_year,
)
from cohorts.year_labels import a_year_later, next_label, same_label
from tests.cast import make_year

pytestmark = pytest.mark.django_db


def draft(cast, **fields) -> ProgramYear:
    """The same year again, being set up, with nothing else open."""
    ProgramYear.objects.filter(pk=cast.year.pk).update(state="draft", **fields)
    return ProgramYear.objects.get(pk=cast.year.pk)


def state_of(year) -> str:
    return ProgramYear.objects.get(pk=year.pk).state


def test_a_year_that_lacks_nothing_opens(cast):
    year = draft(cast)
    open_program_year(by=cast.lead, year=year)
    assert state_of(year) == "open"


def test_opening_is_refused_with_every_sentence(cast):
    year = draft(cast, selection_opens_on=None, selection_closes_on=None)
    year.offered.all().delete()
    with pytest.raises(RefusedError) as refused:
        open_program_year(by=cast.manager, year=year)
    assert refused.value.sentences == [
        "No competency is offered yet.",
        "The days of choosing a focus are not set yet.",
    ]
    assert state_of(year) == "draft"


def test_one_year_of_a_cohort_is_open_at_a_time(cast):
    second = make_year(cast.cohort, cast.standard, state="draft", label="2027–28")
    with pytest.raises(RefusedError, match="2026–27 of this cohort is still open"):
        open_program_year(by=cast.lead, year=second)


@pytest.mark.parametrize("role", ["participant", "facilitator", "researcher", "stranger"])
def test_only_those_who_configure_move_a_year(cast, role):
    for move in (open_program_year, close_program_year, reopen_program_year, copy_to_next_year):
        with pytest.raises(PermissionDenied):
            move(by=getattr(cast, role), year=cast.year)
    assert state_of(cast.year) == "open"


def test_another_districts_lead_moves_nothing(cast, other):
    with pytest.raises(PermissionDenied):
        close_program_year(by=other.lead, year=cast.year)


def test_closed_and_open_again(cast):
    close_program_year(by=cast.lead, year=cast.year)
    assert state_of(cast.year) == "closed"
    reopen_program_year(by=cast.lead, year=cast.year)
    assert state_of(cast.year) == "open"


def test_a_move_from_the_wrong_state_is_refused(cast):
    with pytest.raises(RefusedError, match="opened already"):
        open_program_year(by=cast.lead, year=cast.year)
    with pytest.raises(RefusedError, match="not closed"):
        reopen_program_year(by=cast.lead, year=cast.year)
    with pytest.raises(RefusedError, match="not open"):
        close_program_year(by=cast.lead, year=draft(cast))


def test_a_closed_year_stays_closed_while_the_next_is_open(cast):
    close_program_year(by=cast.lead, year=cast.year)
    make_year(cast.cohort, cast.standard, label="2027–28")
    with pytest.raises(RefusedError, match="2027–28 of this cohort is still open"):
        reopen_program_year(by=cast.lead, year=cast.year)


def test_the_next_year_keeps_settings_and_offer_and_nothing_else(cast):
    CompetencySelection.objects.create(
        membership=cast.members["mate"],
        program_year=cast.year,
        competency=cast.trio.competency,
        rationale="Because.",
    )
    ProgramYear.objects.filter(pk=cast.year.pk).update(session_length="full_day", trio_size=4)
    next_calendar = SchoolCalendar.objects.create(
        district=cast.district,
        label="2027-28",
        first_day=datetime.date(2027, 8, 24),
        last_day=datetime.date(2028, 6, 30),
    )

    copied = copy_to_next_year(by=cast.lead, year=cast.year)

    year = ProgramYear.objects.get(pk=copied.year.pk)
    assert (year.label, year.slug, year.state) == ("2027–28", "2027-28", "draft")
    assert (year.starts_on, year.ends_on) == (datetime.date(2027, 8, 24), datetime.date(2028, 6, 30))
    assert (year.selection_opens_on, year.selection_closes_on) == (
        datetime.date(2027, 9, 1),
        datetime.date(2027, 10, 2),
    )
    assert (year.session_length, year.trio_size, year.calendar) == ("full_day", 4, next_calendar)
    assert [o.competency for o in year.offered.all()] == [o.competency for o in cast.year.offered.all()]
    assert (year.learning_sessions.count(), year.selections.count(), year.trios.count()) == (0, 0, 0)
    assert copied.left_behind == []


def test_a_year_is_copied_once(cast):
    copy_to_next_year(by=cast.lead, year=cast.year)
    with pytest.raises(RefusedError, match="2027–28 already"):
        copy_to_next_year(by=cast.lead, year=cast.year)


def test_a_draft_is_not_copied(cast):
    with pytest.raises(RefusedError, match="Open this year first"):
        copy_to_next_year(by=cast.lead, year=draft(cast))


def newer_version(standard: Standard, status: str = "in_use") -> Standard:
    return Standard.objects.create(
        district=standard.district,
        title=standard.title,
        slug=f"{standard.slug}-2",
        version="2",
        replaces=standard,
        status=status,
    )


def node(standard: Standard, code: str) -> StandardNode:
    return StandardNode.objects.create(
        standard=standard, kind="competency", code=code, label=f"New {code}", focus_selectable=True
    )


def test_the_offer_follows_the_newer_version(cast):
    old = list(cast.standard.nodes.competencies())
    newer = newer_version(cast.standard)
    first, split = node(newer, "A"), node(newer, "B")
    same = StandardNode.objects.create(
        standard=newer,
        kind="competency",
        code="C",
        label="Kept",
        focus_selectable=True,
        identifier=old[1].identifier,
    )
    for destination in (first, split):
        NodeLink.objects.create(origin=old[0], destination=destination, kind=NodeLink.Kind.REPLACED)

    copied = copy_to_next_year(by=cast.lead, year=cast.year)

    assert copied.year.standard == newer
    assert [o.competency for o in copied.year.offered.order_by("position")] == [first, split, same]
    assert copied.left_behind == ["3 Competency 3"]


def test_a_version_that_is_still_being_written_is_not_taken_up(cast):
    newer_version(cast.standard, status="draft")
    assert copy_to_next_year(by=cast.lead, year=cast.year).year.standard == cast.standard


def test_copying_asks_as_often_for_many_competencies(cast, other):
    for number in range(20):
        extra = node(other.standard, f"X{number}")
        other.year.offered.create(competency=extra, position=number)
    counts = []
    for district in (cast, other):
        with CaptureQueriesContext(connection) as caught:
            copy_to_next_year(by=district.lead, year=district.year)
        counts.append(len(caught))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("label", "following"),
    [
        ("2026–27", "2027–28"),
        ("2026-2027", "2027-2028"),
        ("2026/27", "2027/28"),
        ("1998–99", "1999–00"),
        ("2027", "2028"),
        ("First year", ""),
    ],
)
def test_the_name_of_the_next_year(label, following):
    assert next_label(label) == following


def test_the_leap_day_has_a_next_year():
    assert a_year_later(datetime.date(2028, 2, 29)) == datetime.date(2029, 2, 28)


def test_labels_are_the_same_however_the_dash_is_typed():
    assert same_label("2026–27", "2026-27")
    assert same_label("2026–27", "2026/2027") is False
    assert not same_label("First", "First")
