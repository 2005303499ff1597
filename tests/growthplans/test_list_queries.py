"""Lists of plans ask the same number of queries for 10 plans and for 1,000."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cohorts.models import Leader, Membership
from growthplans.models import GrowthPlan
from leaderdev.accounts.models import User
from tests.access.test_routes import client_for
from tests.cast import YEAR_START


def add_plans(cast, first: int, count: int) -> None:
    """Shared plans of new participants, all waiting for the lead."""
    users = [
        User(email=f"author{number:04}@{cast.district.slug}.example.ca", name=f"Author {number:04}")
        for number in range(first, first + count)
    ]
    leaders = [Leader(district=cast.district, user=user) for user in User.objects.bulk_create(users)]
    members = [
        Membership(cohort=cast.cohort, leader=leader, role="participant", joined_on=YEAR_START)
        for leader in Leader.objects.bulk_create(leaders)
    ]
    GrowthPlan.objects.bulk_create(
        GrowthPlan(
            membership=member,
            program_year=cast.year,
            state=GrowthPlan.State.SHARED,
            shared_at=timezone.now(),
            reviewer=cast.members["lead"].leader,
        )
        for member in Membership.objects.bulk_create(members)
    )


def queries(client, url: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


@pytest.mark.parametrize("name", ["growthplans:reviews", "growthplans:plan_list", "home:start"])
def test_a_reviewer_with_many_plans_waits_no_longer(name, cast):
    client = client_for("lead", cast, None)
    url = reverse(name)
    add_plans(cast, 0, 10)
    client.get(url)
    few = queries(client, url)
    add_plans(cast, 10, 990)
    assert queries(client, url) == few


def test_the_numbers_of_a_cohort_cost_the_same(cast):
    client = client_for("lead", cast, None)
    url = reverse("growthplans:progress", kwargs={"slug": cast.cohort.slug, "year": cast.year.slug})
    add_plans(cast, 0, 10)
    client.get(url)
    few = queries(client, url)
    add_plans(cast, 10, 990)
    assert queries(client, url) == few


@pytest.mark.parametrize("name", ["growthplans:reviews", "growthplans:plan_list"])
def test_a_thousand_plans_come_fifty_at_a_time(name, cast):
    client = client_for("lead", cast, None)
    add_plans(cast, 0, 120)
    found = []
    for number in (1, 2, 3):
        answer = client.get(reverse(name), {"page": number})
        text = answer.content.decode()
        assert f"Page {number} of 3" in text
        found += re.findall(r"Growth plan of (Author \d+)", text)
    assert found == [f"Author {number:04}" for number in range(120)]


def test_plans_that_wait_stand_before_those_that_were_read(cast):
    client = client_for("lead", cast, None)
    add_plans(cast, 0, 3)
    first = GrowthPlan.objects.order_by("pk").first()
    GrowthPlan.objects.filter(pk=first.pk).update(state="read")
    found = GrowthPlan.objects.for_review_by(cast.lead).in_order_of_review()
    assert [plan.state for plan in found] == ["shared", "shared", "read"]
    answer = client.get(reverse("growthplans:reviews"))
    assert [len(answer.context[name]) for name in ("waiting", "others", "earlier")] == [2, 1, 0]
