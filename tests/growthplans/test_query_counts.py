"""A long plan costs as many queries as a short one; so does a long list of plans."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cohorts.models import TrioSeat
from growthplans.models import ActionStep, Comment, Evidence, Goal, GrowthPlan, Reflection
from growthplans.services.starting import start_plan
from tests.cast import YEAR_START, join, make_leader, make_plan, make_year

pytestmark = pytest.mark.django_db
SHARED_AT = datetime.datetime(2026, 10, 10, 15, tzinfo=datetime.UTC)
# Session, person, plan, post, goals, steps, indicators, evidence, reflections, and the frame of the page.
READING, WRITING, LISTING = 17, 16, 14


def lengthen(cast, plan) -> None:
    """Up to 5 goals, 25 steps and 40 comments, with indicators, evidence and reflections."""
    nodes = list(cast.standard.nodes.filter(kind="indicator"))
    for number in range(plan.goals.count(), 5):
        goal = Goal.objects.create(
            plan=plan, position=number, statement=f"Goal {number}", competency=nodes[0].parent
        )
        goal.indicators.set(nodes[:3])
        Evidence.objects.create(
            plan=plan, goal=goal, kind="note", title="Seen", indicator=nodes[1], happened_on=YEAR_START
        )
        Reflection.objects.create(plan=plan, stage="free", text="Thought", written_on=YEAR_START)
    goals = list(plan.goals.all())
    for number in range(ActionStep.objects.filter(goal__plan=plan).count(), 25):
        ActionStep.objects.create(goal=goals[number % 5], position=number, what=f"Step {number}")
    for number in range(plan.comments.count(), 40):
        Comment.objects.create(plan=plan, goal=goals[number % 5], by=cast.mate, voice="mate", text="Why?")


def asked(client, address: str) -> int:
    client.get(address)  # the first visit may write to the session
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


@pytest.mark.parametrize(("address", "most"), [("", READING), ("edit/", WRITING)])
def test_five_goals_25_steps_and_40_comments(client, cast, address, most):
    plan = make_plan(cast)
    client.force_login(cast.participant)
    short = asked(client, f"/plans/{plan.pk}/{address}")
    lengthen(cast, plan)
    long = asked(client, f"/plans/{plan.pk}/{address}")
    assert (long, plan.goals.count(), plan.comments.count()) == (short, 5, 40)
    assert long <= most


def test_the_list_asks_as_often_for_many_plans_as_for_one(client, cast):
    make_plan(cast)
    client.force_login(cast.mate)
    few = asked(client, "/plans/")
    for number in range(12):
        member = join(cast.cohort, make_leader(cast.district, f"more{number}@example.ca"))
        TrioSeat.objects.create(trio=cast.trio, membership=member, seated_on=YEAR_START)
        plan = start_plan(by=member.leader.user, membership=member, year=cast.year, origin="blank")
        GrowthPlan.objects.filter(pk=plan.pk).update(state="shared", shared_at=SHARED_AT)
        start = datetime.date(2010 + number, 8, 24)
        year = make_year(
            cast.cohort,
            cast.standard,
            label=f"{2010 + number}",
            starts_on=start,
            ends_on=start + datetime.timedelta(days=300),
            state="closed",
        )
        GrowthPlan.objects.create(membership=cast.members["mate"], program_year=year)
    many = asked(client, "/plans/")
    assert many == few <= LISTING
