"""Beginning a plan: three ways, one plan a year, and nobody begins another person's."""

from __future__ import annotations

import datetime

import pytest

from cohorts.services.errors import RefusedError
from growthplans.models import ActionStep, Goal, GrowthPlan
from growthplans.services.starting import start_plan
from tests.cast import join, make_year

pytestmark = pytest.mark.django_db


def begin(cast, origin="blank", **given):
    values = {"by": cast.participant, "membership": cast.members["participant"], "year": cast.year}
    return start_plan(**{**values, "origin": origin, **given})


@pytest.fixture
def last_year(cast) -> GrowthPlan:
    year = make_year(
        cast.cohort,
        cast.standard,
        label="2025–26",
        starts_on=datetime.date(2025, 8, 25),
        ends_on=datetime.date(2026, 6, 30),
    )
    plan = GrowthPlan.objects.create(
        membership=cast.members["participant"],
        program_year=year,
        rationale="Trust first.",
        competency=cast.standard.nodes.competencies()[1],
    )
    goal = Goal.objects.create(plan=plan, statement="Listen more", due_on=datetime.date(2026, 5, 1))
    for place, (what, status, reason) in enumerate(
        [
            ("Visit classes", "delayed", "Illness"),
            ("Read a book", "done", ""),
            ("Start a club", "dropped", "No time"),
        ]
    ):
        ActionStep.objects.create(
            goal=goal, position=place, what=what, status=status, reason=reason, money=20
        )
    return plan


def test_from_the_focus_the_rationale_of_the_selection_is_there(cast, selection):
    plan = begin(cast, "focus")
    assert (plan.competency, plan.rationale, plan.origin, plan.state) == (
        selection.competency,
        "Our staff room went quiet.",
        "focus",
        "draft",
    )


def test_from_the_focus_without_a_choice_is_refused(cast):
    with pytest.raises(RefusedError) as refusal:
        begin(cast, "focus")
    assert refusal.value.sentences == [
        "You have not chosen a focus competency for this year yet. Choose it first."
    ]


def test_carried_forward_words_and_open_steps_come_along_without_their_days(cast, last_year):
    plan = begin(cast, "carried")
    goal = plan.goals.get()
    steps = [(step.what, step.status, step.reason, step.due_on, step.money) for step in goal.steps.all()]
    assert (plan.rationale, plan.carried_from, plan.competency) == (
        "Trust first.",
        last_year,
        last_year.competency,
    )
    assert (goal.statement, goal.due_on) == ("Listen more", None)
    assert steps == [("Visit classes", "planned", "", None, 20)]


def test_nothing_to_carry_is_said(cast, other):
    with pytest.raises(RefusedError, match="There is no earlier plan of yours"):
        begin(cast, "carried")


def test_another_persons_plan_is_not_carried(cast, last_year):
    with pytest.raises(RefusedError, match="There is no earlier plan of yours"):
        begin(cast, "carried", by=cast.mate, membership=cast.members["mate"], carry_from=last_year)


def test_two_clicks_make_one_plan(cast):
    first, second = begin(cast), begin(cast, "carried")
    assert first == second
    assert GrowthPlan.objects.count() == 1


@pytest.mark.parametrize("who", ["lead", "mate", "operator", "facilitator"])
def test_nobody_begins_a_plan_for_another_person(cast, who):
    with pytest.raises(RefusedError, match="begun by a participant herself"):
        begin(cast, by=getattr(cast, who))


def test_a_lead_who_does_not_take_part_has_no_plan(cast):
    with pytest.raises(RefusedError, match="begun by a participant herself"):
        begin(cast, by=cast.lead, membership=cast.members["lead"])


def test_a_closed_year_takes_no_new_plan(cast):
    cast.year.state = "closed"
    cast.year.save()
    with pytest.raises(RefusedError, match="in an open year"):
        begin(cast)


def test_a_way_that_does_not_exist_is_refused(cast):
    with pytest.raises(RefusedError, match="Choose how to begin"):
        begin(cast, "somehow")


def test_a_lead_who_also_takes_part_has_a_plan_of_her_own(cast):
    leader = cast.members["lead"].leader
    plan = begin(cast, by=cast.lead, membership=join(cast.cohort, leader))
    assert plan.membership.leader == leader
