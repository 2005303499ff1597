"""What the services of plans say no to, each in its sentence; and whom the policy of a year lets be named."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError

from cohorts.models import Appointment, Membership, ProgramYear, StandardNode, Supervision
from cohorts.services.errors import RefusedError
from growthplans import permissions
from growthplans.models import ActionStep, CheckIn, Goal, GrowthPlan, Reflection
from growthplans.services import check_ins, comments, sharing, starting
from growthplans.services.releases import release, withdraw_release
from growthplans.services.reviewers import possible_reviewers
from leaderdev.common.dates import today_in
from tests.cast import YEAR_START, make_standard, make_year
from tests.growthplans.test_moves import fresh, lead_of

DAY = datetime.timedelta(days=1)


@pytest.fixture
def today(cast) -> datetime.date:
    day = today_in(cast.district.time_zone)
    ProgramYear.objects.filter(pk=cast.year.pk).update(starts_on=day - 100 * DAY, ends_on=day + 200 * DAY)
    cast.year.refresh_from_db()
    return day


@pytest.fixture
def goal(plan) -> Goal:
    return Goal.objects.create(plan=plan, statement="Listen first")


@pytest.fixture
def step(goal) -> ActionStep:
    return ActionStep.objects.create(goal=goal, what="Visit three classrooms")


@pytest.fixture
def shared(today, step, plan, cast) -> GrowthPlan:
    return sharing.share(by=cast.participant, plan=plan, reviewer=lead_of(cast))


def refused(words: str, action, **values) -> None:
    with pytest.raises(RefusedError, match=words):
        action(**values)


# --- who can be named ---------------------------------------------------------------------------


def test_the_supervisor_is_the_reviewer_where_the_year_says_so(plan, cast):
    Supervision.objects.create(
        leader=plan.membership.leader, supervisor=cast.members["facilitator"].leader, starts_on=YEAR_START
    )
    ProgramYear.objects.update(plan_reviewers=ProgramYear.Reviewers.SUPERVISOR)
    assert possible_reviewers(fresh(plan)) == [cast.members["facilitator"].leader]


def test_a_program_lead_is_the_reviewer_where_the_year_says_so(plan, cast):
    ProgramYear.objects.update(plan_reviewers=ProgramYear.Reviewers.LEADS)
    assert possible_reviewers(fresh(plan)) == [lead_of(cast)]


def test_where_the_policy_finds_nobody_any_division_leader_can_be_named(plan, cast):
    ProgramYear.objects.update(plan_reviewers=ProgramYear.Reviewers.SUPERVISOR)
    names = {leader.user for leader in possible_reviewers(fresh(plan))}
    assert names == {cast.lead, cast.manager}


def test_a_plan_is_shared_with_somebody_who_can_be_named(goal, plan, cast):
    refused("Choose who reads", sharing.share, by=cast.participant, plan=plan)
    mate = cast.members["mate"].leader
    refused("cannot be named", sharing.share, by=cast.participant, plan=plan, reviewer=mate)


def test_with_one_division_leader_nothing_is_chosen_and_with_none_the_trio_reads(goal, plan, cast):
    Appointment.objects.filter(leader=lead_of(cast)).delete()
    assert sharing.share(by=cast.participant, plan=plan).reviewer.user == cast.manager
    sharing.recall(by=cast.participant, plan=fresh(plan))
    Appointment.objects.filter(role_kind="director").delete()
    assert sharing.share(by=cast.participant, plan=fresh(plan)).reviewer is None


# --- moves --------------------------------------------------------------------------------------


def test_a_question_has_words(shared, cast):
    refused("Write the question", sharing.send_back, by=cast.lead, plan=shared, question="  ")


def test_a_plan_is_closed_after_its_year_and_can_be_opened_again(shared, cast):
    refused(".", sharing.close, by=cast.participant, plan=shared)
    GrowthPlan.objects.filter(pk=shared.pk).update(state=GrowthPlan.State.YEAR_END)
    assert sharing.close(by=cast.participant, plan=fresh(shared)).state == "closed"
    assert sharing.reopen(by=cast.participant, plan=fresh(shared)).state == "year_end"


def test_a_release_is_signed_once_with_the_own_name(shared, cast):
    values = {"plan": shared, "signed_name": cast.participant.name, "purpose": "My talk in May"}
    refused("Only the author", release, by=cast.mate, **values)
    refused("Sign with your name", release, by=cast.participant, **{**values, "signed_name": "Somebody"})
    refused("Say for what", release, by=cast.participant, **{**values, "purpose": " "})
    release(by=cast.participant, **values)
    refused("signed a release", release, by=cast.participant, **values)
    withdraw_release(by=cast.participant, plan=shared)
    assert not shared.releases.filter(withdrawn_at=None).exists()


# --- comments -----------------------------------------------------------------------------------


def test_comments_that_cannot_be_stored(shared, step, cast):
    values = {"by": cast.mate, "plan": shared}
    refused("Write a sentence", comments.add_comment, **values, text=" ")
    refused("too long", comments.add_comment, **values, text="a" * (comments.LONGEST + 1))
    refused("no longer in the plan", comments.add_comment, **values, text="?", goal_id=10**9)
    refused("no longer in the plan", comments.add_comment, **values, text="?", step_id=10**9)
    refused("not there", comments.add_comment, **values, text="?", answers_id=10**9)


def test_answers_to_answers_stand_under_the_first_comment(shared, step, cast):
    head = comments.add_comment(by=cast.mate, plan=shared, text="Which three?", step_id=step.pk)
    answer = comments.add_comment(by=cast.participant, plan=shared, text="Mine.", answers_id=head.pk)
    second = comments.add_comment(by=cast.mate, plan=shared, text="Good.", answers_id=answer.pk)
    assert (second.answers, second.step) == (head, step)
    assert comments.resolve(by=cast.participant, plan=shared, comment_id=second.pk).pk == head.pk
    refused("Only the author", comments.resolve, by=cast.mate, plan=shared, comment_id=head.pk)
    refused("Only the person", comments.withdraw, by=cast.lead, plan=shared, comment_id=head.pk)


def test_what_shows_this_is_asked_once_by_a_reader(shared, goal, cast):
    ask = comments.ask_what_shows_this
    refused("for readers", ask, by=cast.participant, plan=shared, goal_id=goal.pk)
    refused("for readers", ask, by=cast.mate, plan=shared)
    ask(by=cast.mate, plan=shared, goal_id=goal.pk)
    refused("once is enough", ask, by=cast.lead, plan=shared, goal_id=goal.pk)


def test_nobody_comments_on_a_draft(goal, plan, cast):
    refused("Nobody else reads", comments.add_comment, by=cast.participant, plan=plan, text="Hello")


# --- check-ins ----------------------------------------------------------------------------------


def test_check_ins_that_cannot_be_written_down(shared, today, cast):
    values = {"by": cast.participant, "plan": shared, "kind": "middle", "said": []}
    refused("still to come", check_ins.hold, **values, held_on=today + DAY)
    refused("before the program year", check_ins.hold, **values, held_on=today - 101 * DAY)
    refused("by the author", check_ins.hold, **{**values, "by": cast.mate}, held_on=today)
    CheckIn.objects.filter(plan=shared, kind="middle").delete()
    refused("not planned", check_ins.hold, **values, held_on=today)


def test_a_check_in_is_moved_inside_the_year_with_a_reason(shared, today, cast):
    values = {"by": cast.participant, "plan": shared, "kind": "middle", "reason": "Report cards"}
    refused("Choose a day", check_ins.postpone, **values, due_on=today - DAY)
    refused("Choose a day", check_ins.postpone, **values, due_on=today + 201 * DAY)
    refused("Say in a few words", check_ins.postpone, **{**values, "reason": " "}, due_on=today + DAY)
    assert check_ins.postpone(**values, due_on=today + DAY).due_on == today + DAY
    check_ins.hold(by=cast.participant, plan=shared, kind="beginning", said=[], held_on=today)
    refused("held already", check_ins.skip, **{**values, "kind": "beginning"})


def test_a_draft_has_no_check_ins(goal, plan, cast, today):
    refused(
        "once the plan is shared",
        check_ins.hold,
        by=cast.participant,
        plan=plan,
        kind="middle",
        said=[],
        held_on=today,
    )


def test_the_closing_form_shows_the_plans_own_words(plan):
    plan.outcome = "The staff room is loud again."
    assert check_ins.current_ending(plan) == {"outcome": plan.outcome, "implications": ""}


# --- beginning ----------------------------------------------------------------------------------


def next_year(cast) -> ProgramYear:
    """The year after, on a newer version of the standard that uses the same codes."""
    cast.standard.slug = "older"
    cast.standard.save()
    cast.standard.scale.name = "Older levels"
    cast.standard.scale.save()
    newer = make_standard(cast.district)
    start = YEAR_START + 365 * DAY
    return make_year(cast.cohort, newer, label="2027–28", starts_on=start, ends_on=start + 300 * DAY)


def begin(cast, year, **values) -> GrowthPlan:
    member = Membership.objects.get(pk=cast.members["participant"].pk)
    return starting.start_plan(by=cast.participant, membership=member, year=year, **values)


def test_what_is_carried_forward_follows_the_years_own_standard(step, goal, plan, cast):
    node = cast.standard.nodes.competencies().first()
    GrowthPlan.objects.filter(pk=plan.pk).update(competency=node)
    Goal.objects.filter(pk=goal.pk).update(competency=node)
    year = next_year(cast)
    carried = begin(cast, year, origin="carried")
    assert carried.competency == year.standard.nodes.get(code=node.code)
    assert [each.statement for each in carried.goals.all()] == [goal.statement]


def test_a_competency_without_a_code_has_no_counterpart(plan, goal, cast):
    node = cast.standard.nodes.competencies().first()
    StandardNode.objects.filter(pk=node.pk).update(code="")
    Goal.objects.filter(pk=goal.pk).update(competency=node)
    assert begin(cast, next_year(cast), origin="carried").goals.get().competency is None


def test_a_plan_that_cannot_be_stored_is_not_pretended(cast, monkeypatch):
    def broken(membership, year, origin, carry_from):
        raise IntegrityError

    monkeypatch.setattr(starting, "_begin", broken)
    with pytest.raises(IntegrityError):
        begin(cast, cast.year, origin="blank")


def test_words_and_history_are_the_authors_alone(plan, cast):
    thought = Reflection(plan=plan)
    for may in (permissions.may_edit_plan, permissions.may_read_history):
        assert (may(cast.participant, plan), may(cast.mate, plan)) == (True, False)
    assert not permissions.may_read_reflection(cast.mate, thought)
