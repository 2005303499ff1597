"""The past of a real plan: any state again, what moved since, and putting it back."""

from __future__ import annotations

import pytest

from cohorts.services.errors import RefusedError
from growthplans.history import Difference
from growthplans.models import Revision
from growthplans.services import arranging, timeline
from growthplans.services.editing import save_fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def write(cast, plan):
    def call(part, row, **values):
        row.refresh_from_db()
        return save_fields(
            by=cast.participant, plan=plan, part=part, part_id=row.pk, values=values, version=row.version
        )

    return call


@pytest.fixture
def lived(cast, plan, write):
    """Every kind of change, with the state after each revision number noted on the way."""
    by = {"by": cast.participant, "plan": plan}
    states = {}

    def note():
        plan.refresh_from_db()
        states[plan.last_revision] = timeline.state_now(plan)

    note()
    write("plan", plan, rationale="First")
    note()
    goal = arranging.add_goal(**by)
    note()
    write("goal", goal, statement="Listen", due_on="2027-03-01")
    note()
    steps = []
    for what in ("Visit", "Talk", "Ask"):
        steps.append(arranging.add_step(**by, goal_id=goal.pk))
        write("step", steps[-1], what=what)
        note()
    arranging.move_part(**by, part="step", part_id=steps[2].pk, to=0)
    note()
    write("step", steps[0], status="delayed", reason="Illness", money="12.50")
    note()
    arranging.remove_part(**by, part="step", part_id=steps[1].pk)
    note()
    reflection = arranging.add_reflection(**by, stage="beginning")
    write("reflection", reflection, text="A good start " * 20)
    note()
    second = arranging.add_goal(**by)
    write("goal", second, statement="Read")
    arranging.move_part(**by, part="goal", part_id=second.pk, to=0)
    note()
    arranging.remove_part(**by, part="goal", part_id=goal.pk)
    note()
    arranging.restore_part(**by, part="goal", part_id=goal.pk)
    write("plan", plan, rationale="Second")
    note()
    return states, goal, second, steps, reflection


def parts_in(state):
    from growthplans.history import in_plan

    return {part: state[part] for part in in_plan(state)}


def test_every_state_of_the_past_can_be_seen_again(plan, lived):
    states = lived[0]
    for number, state in states.items():
        assert timeline.state_at(plan, number) == state, number


def test_every_state_can_be_put_back_by_new_revisions(cast, plan, lived):
    for number, state in reversed(lived[0].items()):
        before = Revision.objects.count()
        timeline.restore(by=cast.participant, plan=plan, number=number)
        plan.refresh_from_db()
        assert parts_in(timeline.state_now(plan)) == parts_in(state), number
        assert Revision.objects.count() >= before
    last = max(lived[0])
    timeline.restore(by=cast.participant, plan=plan, number=last)
    plan.refresh_from_db()
    assert parts_in(timeline.state_now(plan)) == parts_in(lived[0][last])


def test_one_part_is_put_back_alone(cast, plan, lived):
    timeline.restore(by=cast.participant, plan=plan, number=1, part="plan", part_id=plan.pk)
    plan.refresh_from_db()
    assert (plan.rationale, plan.goals.count()) == ("First", 2)


def test_what_moved_since(plan, lived, write):
    number = plan.last_revision
    plan.refresh_from_db()
    number = plan.last_revision
    assert timeline.moved_since(plan, number) == []
    step = lived[3][0]
    write("step", step, status="done")
    assert timeline.moved_since(plan, number) == [
        Difference("step", step.pk, "changed", {"status": ("delayed", "done")})
    ]


def test_nobody_else_puts_a_plan_back(cast, plan, lived):
    with pytest.raises(RefusedError):
        timeline.restore(by=cast.mate, plan=plan, number=0)


def test_a_state_is_read_in_the_same_number_of_queries_for_a_long_plan(
    cast, plan, lived, django_assert_num_queries
):
    for _ in range(2):
        with django_assert_num_queries(6):
            timeline.state_now(plan)
        for number in range(5):
            goal = arranging.add_goal(by=cast.participant, plan=plan)
            goal.statement = f"Goal {number}"
            goal.save()
