"""The way around: each person has their own sections, and one of them is where they are."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.cast import join, make_cohort


def sections(client, user, path: str = "/") -> list[str]:
    """Labels in order; the current one between stars."""
    client.force_login(user)
    shown = client.get(path).context["navigation"]
    return [f"*{item['label']}*" if item["current"] else item["label"] for item in shown]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("participant", ["*Start*", "My cohort", "Members", "My plan", "My trio", "Surveys", "Standards"]),
        ("facilitator", ["*Start*", "My cohort", "Members", "Surveys", "Standards", "Findings"]),
        ("researcher", ["*Start*", "My cohort", "Members", "Surveys", "Standards", "Findings"]),
        ("lead", ["*Start*", "Cohorts", "Surveys", "Standards", "Overview", "Set-up", "Findings"]),
        ("manager", ["*Start*", "Cohorts", "Surveys", "Standards", "Overview", "Set-up", "Findings"]),
        ("operator", ["*Start*", "Cohorts", "Surveys", "Standards", "Overview", "Set-up", "Findings"]),
        ("stranger", ["*Start*"]),
    ],
)
def test_each_person_has_their_own_sections(client, cast, name, expected):
    assert sections(client, getattr(cast, name)) == expected


def test_the_nearest_section_is_the_current_one(client, cast):
    members = reverse("cohorts:directory", args=[cast.cohort.slug])
    year = cast.year.get_absolute_url()
    assert sections(client, cast.participant, members)[2] == "*Members*"
    assert sections(client, cast.participant, year)[1] == "*My cohort*"
    assert sections(client, cast.lead, members)[1] == "*Cohorts*"


def test_with_two_cohorts_the_list_takes_the_place_of_the_one(client, cast):
    join(make_cohort(cast.district, "Second", "second"), cast.members["participant"].leader)
    assert sections(client, cast.participant)[1] == "Cohorts"


def test_the_district_is_named_where_there_is_one(client, cast):
    client.force_login(cast.participant)
    assert "Willow Plains" in client.get("/").content.decode()
    client.force_login(cast.stranger)
    assert "wordmark-district" not in client.get("/").content.decode()
