"""The start page answers "what do I do next?" for each kind of person."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.test import override_settings
from django.urls import reverse

from coaching.models import Availability
from cohorts.models import CompetencySelection, LearningSession, ProgramYear
from tests.cast import Cast, join, make_leader, make_user, make_year

IN_WINDOW = datetime.datetime(2026, 9, 15, 18, tzinfo=datetime.UTC)
AFTER = datetime.datetime(2026, 11, 3, 18, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def settled_people(cast):
    """Everybody has been here for long and has said when they are free, so that neither is a task."""
    type(cast.lead).objects.update(date_joined=datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC))
    for person in type(cast.lead).objects.all():
        Availability.objects.create(user=person, said_at=AFTER)


def start(client, user) -> str:
    client.force_login(user)
    return " ".join(client.get("/").content.decode().split())


def titles(client, user) -> list[str]:
    client.force_login(user)
    return [task.title for task in client.get("/").context["tasks"]]


def choose(cast: Cast, name: str) -> None:
    CompetencySelection.objects.create(
        membership=cast.members[name],
        program_year=cast.year,
        competency=cast.standard.nodes.get(code="1"),
        rationale="Private",
    )


def test_signed_out_people_meet_a_door(client, cast):
    page = client.get("/").content.decode()
    assert "Sign in" in page
    assert "demo’s people" not in page
    with override_settings(DEMO=True):
        assert "Look around as one of the demo’s people" in client.get("/").content.decode()


@time_machine.travel(IN_WINDOW)
def test_a_participant_is_asked_to_choose_by_the_day(client, cast):
    page = start(client, cast.participant)
    assert "Choose your focus competency for 2026–27" in page
    assert "By Friday 2 October (in 17 days)" in page
    assert "Mate Person" in page
    assert "Thursday 17 September, 9:00–12:00" in page


@time_machine.travel(IN_WINDOW)
def test_having_chosen_the_focus_stands_there_and_the_task_is_gone(client, cast):
    choose(cast, "participant")
    page = start(client, cast.participant)
    assert titles(client, cast.participant) == ["Start your growth plan for 2026–27"]
    assert "1 Competency 1" in page


@time_machine.travel(AFTER)
def test_who_missed_the_window_is_told_whom_to_ask(client, cast):
    cast.district.contact_name = "Dana Roy"
    cast.district.save()
    page = start(client, cast.participant)
    assert titles(client, cast.participant) == ["You have no focus competency for 2026–27 yet"]
    assert "Choosing closed on Friday 2 October" in page
    assert "Ask Dana Roy to let you in." in page


@time_machine.travel(datetime.datetime(2026, 8, 28, 18, tzinfo=datetime.UTC))
def test_before_the_window_there_is_no_task_yet(client, cast):
    assert titles(client, cast.participant) == []
    assert titles(client, cast.lead) == []


@time_machine.travel(IN_WINDOW)
def test_a_lead_sees_progress_and_the_one_action(client, cast):
    choose(cast, "mate")
    page = start(client, cast.lead)
    assert titles(client, cast.lead) == [
        "“Opening session” has no agenda yet",
        "3 of 4 participants of Leaders 2026, 2026–27 have no focus competency yet",
    ]
    assert "Remind them" in page
    assert 'value="1" max="4"' in page


@time_machine.travel(IN_WINDOW)
def test_what_blocks_a_year_is_a_task_of_its_own(client, cast):
    ProgramYear.objects.update(selection_opens_on=None, selection_closes_on=None)
    make_year(
        cast.cohort,
        cast.standard,
        state="draft",
        label="2027–28",
        starts_on=datetime.date(2027, 8, 23),
        ends_on=datetime.date(2028, 6, 30),
        selection_opens_on=None,
        selection_closes_on=None,
    )
    assert titles(client, cast.manager) == [
        "Set the days of choosing for Leaders 2026, 2026–27",
        "Finish setting up Leaders 2026, 2027–28",
    ]
    assert titles(client, cast.participant) == []


@time_machine.travel(IN_WINDOW)
def test_facilitator_and_researcher_find_what_is_theirs(client, cast):
    choose(cast, "mate")
    page = start(client, cast.facilitator)
    assert "1 of 4 participants have chosen a focus." in page
    assert titles(client, cast.facilitator) == ["“Opening session” has no agenda yet"]
    assert "There is nothing to analyze yet" in start(client, cast.researcher)


@time_machine.travel(IN_WINDOW)
def test_a_member_of_two_cohorts_has_both(client, cast, other):
    leader = make_leader(other.district, "visitor@example.ca")
    leader.user = cast.participant
    leader.save()
    join(other.cohort, leader)
    other.cohort.name = "Second cohort"
    other.cohort.save()
    page = start(client, cast.participant)
    assert len(titles(client, cast.participant)) == 2
    assert "Leaders 2026" in page
    assert "Second cohort" in page


def test_someone_in_no_program_is_told_what_to_do(client, cast):
    assert "You belong to no program yet" in start(client, cast.stranger)
    alone = make_leader(cast.district, "alone@example.ca").user
    assert "You belong to no cohort." in start(client, alone)


def test_someone_new_is_asked_to_look_over_the_profile(client, cast):
    new = make_user("new@example.ca", "New Person")
    make_leader_of(cast, new)
    assert titles(client, new) == ["Look over your profile"]
    new.preferred_name = "Nina"
    new.save()
    assert titles(client, new) == []


def make_leader_of(cast: Cast, user) -> None:
    leader = make_leader(cast.district, "placeholder@example.ca")
    leader.user = user
    leader.save()


@time_machine.travel(IN_WINDOW)
def test_sessions_stand_on_the_readers_own_clock(client, cast):
    cast.participant.time_zone = "Asia/Kolkata"
    cast.participant.save()
    assert "Thursday 17 September, 20:30–23:30" in start(client, cast.participant)


@pytest.mark.parametrize("name", ["participant", "lead", "facilitator", "researcher", "manager", "operator"])
@time_machine.travel(IN_WINDOW)
def test_twenty_one_queries_at_most_however_much_there_is(client, cast, name, django_assert_max_num_queries):
    client.force_login(getattr(cast, name))
    client.get("/")
    with django_assert_max_num_queries(21) as few:
        client.get("/")
    for number in range(8):
        person = make_leader(cast.district, f"many{number}@example.ca", school=cast.schools[1])
        join(cast.cohort, person)
        LearningSession.objects.create(
            program_year=cast.year,
            number=50 + number,
            title="Another",
            starts_at=IN_WINDOW + datetime.timedelta(days=number + 3),
            ends_at=IN_WINDOW + datetime.timedelta(days=number + 3, hours=2),
        )
    with django_assert_max_num_queries(21) as many:
        client.get("/")
    assert len(many) == len(few)


@time_machine.travel(IN_WINDOW)
def test_the_overview_holds_the_districts_own_years_only(client, cast, other):
    client.force_login(cast.lead)
    response = client.get(reverse("home:overview"))
    assert [year.pk for year in response.context["years"]] == [cast.year.pk]
    client.force_login(cast.operator)
    assert len(client.get(reverse("home:overview")).context["years"]) == 2
