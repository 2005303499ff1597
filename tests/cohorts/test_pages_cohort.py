"""Cohort, program year and directory as members and leads see them."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.urls import reverse

from cohorts.models import CompetencySelection, LearningSession, ProgramYear
from tests.cast import Cast, join, make_cohort, make_leader, make_year

NOW = datetime.datetime(2026, 11, 3, 18, tzinfo=datetime.UTC)


def get(client, user, name: str, *args) -> str:
    client.force_login(user)
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.fixture
def later_session(cast) -> LearningSession:
    return LearningSession.objects.create(
        program_year=cast.year,
        number=2,
        title="Giving feedback",
        # The clocks go back on 1 November 2026: 16:00 UTC is 9:00 in Edmonton.
        starts_at=datetime.datetime(2026, 11, 17, 16, tzinfo=datetime.UTC),
        ends_at=datetime.datetime(2026, 11, 17, 18, 30, tzinfo=datetime.UTC),
        host=cast.schools[2],
        place="Library",
    )


@time_machine.travel(NOW)
def test_a_member_sees_the_year_with_sessions_trio_and_competencies(client, cast, later_session):
    page = get(client, cast.participant, "cohorts:cohort_detail", cast.cohort.slug)
    assert "Learning together." in page
    assert "Tuesday 17 November, 9:00–11:30" in page
    assert "School 102, Library" in page
    assert "One earlier session" in page
    assert "Your trio" in page
    assert "Mate Person" in page
    assert "2 Competency 2" in page
    assert "Set-up of this year" not in page
    assert "Who has chosen which focus" not in page


@time_machine.travel(NOW)
def test_times_stand_on_the_readers_own_clock(client, cast, later_session):
    cast.participant.time_zone = "America/St_Johns"
    cast.participant.save()
    page = get(client, cast.participant, "cohorts:year_detail", cast.cohort.slug, cast.year.slug)
    assert "Tuesday 17 November, 12:30–15:00" in page


@time_machine.travel(NOW)
def test_a_lead_sees_state_and_the_ways_to_set_up_and_choices(client, cast):
    page = get(client, cast.lead, "cohorts:year_detail", cast.cohort.slug, cast.year.slug)
    assert "Set-up of this year" in page
    assert "Who has chosen which focus" in page
    assert "Your focus" not in page


def test_a_cohort_page_shows_the_open_year_then_the_draft_then_the_last(client, cast):
    earlier = make_year(
        cast.cohort,
        cast.standard,
        state="closed",
        label="2025–26",
        starts_on=datetime.date(2025, 8, 25),
        ends_on=datetime.date(2026, 6, 30),
        selection_opens_on=None,
        selection_closes_on=None,
    )
    assert "program year 2026–27" in get(client, cast.lead, "cohorts:cohort_detail", cast.cohort.slug)
    ProgramYear.objects.filter(pk=cast.year.pk).update(state="draft")
    assert "Only you and the other program leads" in get(
        client, cast.lead, "cohorts:cohort_detail", cast.cohort.slug
    )
    # Members do not know of a draft: for them the last closed year is the cohort's page.
    page = get(client, cast.participant, "cohorts:cohort_detail", cast.cohort.slug)
    assert "program year 2025–26" in page
    assert "2026–27" not in page
    draft = reverse("cohorts:year_detail", args=[cast.cohort.slug, cast.year.slug])
    assert client.get(draft).status_code == 404
    earlier.delete()
    assert "No program year is open yet" in get(
        client, cast.participant, "cohorts:cohort_detail", cast.cohort.slug
    )


def test_the_list_holds_ones_own_cohorts_with_ones_part(client, cast, other):
    make_cohort(cast.district, "Not mine", "not-mine")
    page = get(client, cast.facilitator, "cohorts:cohort_list")
    assert "Leaders 2026" in page
    assert "facilitator" in page
    assert "Not mine" not in page
    assert "River Bend" not in page
    assert "You belong to no cohort yet" in get(client, cast.stranger, "cohorts:cohort_list")


def focus(cast: Cast, name: str, number: int) -> None:
    CompetencySelection.objects.create(
        membership=cast.members[name],
        program_year=cast.year,
        competency=cast.standard.nodes.get(code=str(number)),
        rationale="Private",
    )


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["Bystander", "Facilitator", "Lead", "Mate", "Participant", "Researcher", "Third"]),
        ({"name": "part"}, ["Participant"]),
        ({"post": "assistant_principal"}, ["Bystander", "Third"]),
        ({"school": "101"}, ["Bystander", "Participant"]),
        ({"focus": "2"}, ["Mate"]),
        ({"part": "facilitator"}, ["Facilitator"]),
        ({"part": "participant", "school": "101"}, ["Bystander", "Participant"]),
        ({"focus": "1", "school": "101"}, ["Participant"]),
        ({"name": "nobody"}, []),
        (
            {"school": "999999"},
            ["Bystander", "Facilitator", "Lead", "Mate", "Participant", "Researcher", "Third"],
        ),
    ],
)
def test_the_directory_narrows(client, cast, asked, expected):
    focus(cast, "participant", 1)
    focus(cast, "mate", 2)
    asked = dict(asked)
    if asked.get("school") == "101":
        asked["school"] = cast.schools[1].pk
    if "focus" in asked:
        asked["focus"] = cast.standard.nodes.get(code=asked["focus"]).pk
    client.force_login(cast.researcher)
    response = client.get(reverse("cohorts:directory", args=[cast.cohort.slug]), asked)
    assert [str(entry.leader).split()[0] for entry in response.context["entries"]] == expected


def test_a_person_with_two_parts_stands_once(client, cast):
    join(cast.cohort, cast.members["lead"].leader)
    page = get(client, cast.participant, "cohorts:directory", cast.cohort.slug)
    assert page.count("lead@willow-plains.example.ca</a>") == 1
    assert "program lead, participant" in page or "participant, program lead" in page


def test_the_directory_turns_pages(client, cast):
    for number in range(60):
        join(cast.cohort, make_leader(cast.district, f"more{number}@example.ca", f"Zed {number:02}"))
    url = reverse("cohorts:directory", args=[cast.cohort.slug])
    client.force_login(cast.participant)
    assert len(client.get(url).context["entries"]) == 50
    assert len(client.get(url, {"page": 2}).context["entries"]) == 17


def test_who_has_left_is_a_list_for_leads(client, cast):
    member = cast.members["third"]
    member.left_on = datetime.date(2026, 10, 1)
    member.save()
    assert "Third Person" not in get(client, cast.participant, "cohorts:directory", cast.cohort.slug)
    assert "Third Person" in get(client, cast.lead, "cohorts:former_members", cast.cohort.slug)
