"""Lists of plans ask the same number of queries for few plans and for many."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from growthplans.models import GrowthPlan
from tests.access.test_routes import client_for
from tests.cast import join, make_leader


def add_plans(cast, first: int, count: int) -> None:
    """Shared plans of new participants, all waiting for the lead."""
    for number in range(first, first + count):
        leader = make_leader(
            cast.district, f"author{number}@{cast.district.slug}.example.ca", f"Author {number}"
        )
        GrowthPlan.objects.create(
            membership=join(cast.cohort, leader),
            program_year=cast.year,
            state=GrowthPlan.State.SHARED,
            shared_at=timezone.now(),
            reviewer=cast.members["lead"].leader,
        )


def queries(client, url: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


@pytest.mark.parametrize("name", ["growthplans:reviews", "growthplans:plan_list", "home:start"])
def test_a_reviewer_with_many_plans_waits_no_longer(name, cast):
    client = client_for("lead", cast, None)
    url = reverse(name)
    add_plans(cast, 0, 2)
    client.get(url)
    few = queries(client, url)
    add_plans(cast, 2, 20)
    assert queries(client, url) == few


def test_the_numbers_of_a_cohort_cost_the_same(cast):
    client = client_for("lead", cast, None)
    url = reverse("growthplans:progress", kwargs={"slug": cast.cohort.slug, "year": cast.year.slug})
    add_plans(cast, 0, 2)
    client.get(url)
    few = queries(client, url)
    add_plans(cast, 2, 20)
    assert queries(client, url) == few
