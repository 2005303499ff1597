"""Wrong states cannot be stored: one test for each constraint that guards a rule of the program."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cohorts.models import (
    Appointment,
    CompetencySelection,
    Leader,
    Membership,
    OfferedCompetency,
    School,
    Supervision,
    Trio,
    TrioSeat,
)
from leaderdev.common.dates import today_in
from tests.cast import YEAR_START

LATER = YEAR_START + datetime.timedelta(days=30)


def refused(action, name: str) -> None:
    """The database itself refuses, and names the constraint (SQLite names columns for unique ones)."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        action()
    assert name in str(caught.value) or "UNIQUE" in str(caught.value)


def select(cast, **fields):
    values = {
        "membership": cast.members["participant"],
        "program_year": cast.year,
        "competency": cast.standard.nodes.competencies().first(),
        "rationale": "Because.",
    }
    return CompetencySelection.objects.create(**{**values, **fields})


def test_a_leader_stands_once_on_a_roll(cast):
    refused(lambda: Leader.objects.create(district=cast.district, user=cast.lead), "leader_once_per_district")


def test_half_a_place_is_no_place(cast):
    refused(
        lambda: School.objects.create(district=cast.district, code="9", name="X", latitude=51),
        "school_place_whole_and_on_earth",
    )


def test_half_a_selection_window_is_no_window(cast):
    cast.year.selection_closes_on = None
    refused(cast.year.save, "selection_window_whole")


def test_one_open_post_at_a_time(cast):
    leader = cast.members["participant"].leader
    refused(
        lambda: Appointment.objects.create(
            leader=leader, school=cast.schools[2], role_kind="principal", starts_on=LATER
        ),
        "appointment_one_open_per_leader",
    )


def test_posts_do_not_overlap_even_when_ended(cast):
    leader = cast.members["participant"].leader
    post = Appointment(
        leader=leader, school=cast.schools[2], role_kind="principal", starts_on=YEAR_START, ends_on=LATER
    )
    with pytest.raises(ValidationError, match="another post at that time"):
        post.full_clean()


def test_nobody_supervises_themselves(cast):
    leader = cast.members["lead"].leader
    refused(
        lambda: Supervision.objects.create(leader=leader, supervisor=leader, starts_on=YEAR_START),
        "supervision_not_of_oneself",
    )


def test_a_reporting_line_makes_no_circle(cast):
    first, second, third = (cast.members[name].leader for name in ("participant", "mate", "third"))
    Supervision.objects.create(leader=first, supervisor=second, starts_on=YEAR_START)
    Supervision.objects.create(leader=second, supervisor=third, starts_on=YEAR_START)
    with pytest.raises(ValidationError, match="would make a circle"):
        Supervision(leader=third, supervisor=first, starts_on=YEAR_START).full_clean()


def test_a_role_is_held_once_but_two_roles_may_be_held(cast):
    leader = cast.members["participant"].leader
    Membership.objects.create(cohort=cast.cohort, leader=leader, role="facilitator", joined_on=YEAR_START)
    refused(
        lambda: Membership.objects.create(
            cohort=cast.cohort, leader=leader, role="participant", joined_on=YEAR_START
        ),
        "membership_once_per_role",
    )


def test_a_competency_is_offered_once(cast):
    offered = cast.year.offered.first()
    refused(
        lambda: OfferedCompetency.objects.create(program_year=cast.year, competency=offered.competency),
        "competency_offered_once",
    )


def test_one_current_selection_a_year(cast):
    select(cast)
    refused(lambda: select(cast), "selection_one_current_per_year")


def test_a_change_needs_a_reason(cast):
    first = select(cast)
    first.superseded_at = first.chosen_at + datetime.timedelta(days=1)
    first.save()
    refused(lambda: select(cast, replaces=first), "selection_change_has_a_reason")
    assert select(cast, replaces=first, change_reason="role_change").replaces == first


def test_groups_under_five_are_never_shown(cast):
    cast.year.smallest_group_shown = 4
    refused(cast.year.save, "smallest_group_at_least_five")


def test_one_seat_a_year(cast):
    second = Trio.objects.create(program_year=cast.year, number=2, competency=cast.trio.competency)
    refused(
        lambda: TrioSeat.objects.create(
            trio=second, membership=cast.members["participant"], seated_on=YEAR_START
        ),
        "seat_one_current_per_year",
    )


def test_a_supervisor_is_not_seated_beside_whom_she_supervises(cast):
    Supervision.objects.create(
        leader=cast.members["participant"].leader,
        supervisor=cast.members["bystander"].leader,
        starts_on=YEAR_START,
    )
    seat = TrioSeat(trio=cast.trio, membership=cast.members["bystander"], seated_on=YEAR_START)
    with pytest.raises(ValidationError, match="must not mix"):
        seat.full_clean()


def test_a_membership_does_not_end_before_its_day(cast):
    member = cast.members["participant"]
    member.left_on = datetime.date(2999, 6, 30)
    with pytest.raises(ValidationError, match="when it has come"):
        member.full_clean()


@pytest.mark.parametrize("kept", ["appointments", "supervisions"])
def test_an_end_ahead_of_time_is_refused_because_it_would_count_at_once(cast, kept):
    leader, lead = (cast.members[who].leader for who in ("participant", "lead"))
    Supervision.objects.create(leader=leader, supervisor=lead, starts_on=YEAR_START)
    row = getattr(leader, kept).get(ends_on=None)
    today = today_in(cast.district.time_zone)

    row.ends_on = today + datetime.timedelta(days=1)
    with pytest.raises(ValidationError) as caught:
        row.clean()
    assert caught.value.message_dict == {
        "ends_on": ["Enter this day when it has come. Until then it holds still."]
    }

    row.ends_on = today
    row.clean()
