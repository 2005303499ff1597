"""Mail about growth plans: what is due, what waits, what has not been read; never a word of a plan."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core import mail

from cohorts.models import Membership
from growthplans.models import CheckIn, Comment, GrowthPlan
from leaderdev.accounts.models import User
from leaderdev.reminders.kinds.weekly import stuck_in
from tests.cast import make_plan
from tests.reminders.postbox import DAY, HOUR, MINUTE, morning, sent, told

# Monday 2 November 2026, nine o'clock in Edmonton.
MONDAY = dt.datetime(2026, 11, 2, 16, tzinfo=dt.UTC)
DUE_ON = dt.date(2026, 11, 20)


@pytest.fixture
def plan(cast) -> GrowthPlan:
    with time_machine.travel(MONDAY, tick=False):
        found = make_plan(cast)
    found.comments.all().delete()
    found.check_ins.all().delete()
    found.reviewer = cast.members["lead"].leader
    found.shared_at = MONDAY
    found.save()
    return found


def check_in(plan: GrowthPlan, kind: str = "middle", **fields) -> CheckIn:
    values = {"due_on": DUE_ON, "first_due_on": DUE_ON, **fields}
    return CheckIn.objects.create(plan=plan, kind=kind, **values)


def test_a_check_in_is_announced_a_week_ahead_and_asked_about_after_its_day(plan):
    check_in(plan)
    check_in(plan, "beginning", state="held", held_on=MONDAY.date())
    check_in(plan, "end", state="skipped", reason="The year was short.")
    friday = morning(dt.date(2026, 11, 13))
    assert told(friday - MINUTE, "check_in") == []
    path = f"/plans/{plan.pk}/check-ins/middle/"
    assert told(friday, "check_in") == [("participant", path)]
    assert told(friday + DAY, "check_in") == []
    # Two days after a Friday is a Sunday.
    monday = morning(dt.date(2026, 11, 23))
    assert told(monday - MINUTE, "check_in") == []
    assert told(monday, "check_in") == [("participant", path)]
    assert told(monday + DAY, "check_in") == []


@pytest.mark.parametrize("state", [GrowthPlan.State.DRAFT, GrowthPlan.State.CLOSED])
def test_a_plan_that_is_a_draft_or_closed_has_no_check_in_due(plan, state):
    check_in(plan)
    GrowthPlan.objects.update(state=state)
    assert told(morning(dt.date(2026, 11, 13)), "check_in") == []


def test_a_check_in_that_was_moved_is_announced_for_its_new_day(plan):
    check_in(plan, due_on=DUE_ON + 14 * DAY)
    assert told(morning(dt.date(2026, 11, 13)), "check_in") == []
    assert len(told(morning(dt.date(2026, 11, 27)), "check_in")) == 1


def test_the_reviewer_hears_twice_of_a_plan_she_has_not_opened(plan):
    first, second = morning(dt.date(2026, 11, 9)), morning(dt.date(2026, 11, 16))
    assert told(first - MINUTE, "plan_waiting") == []
    assert told(first, "plan_waiting") == [("lead", f"/plans/{plan.pk}/")]
    assert told(second - MINUTE, "plan_waiting") == []
    assert told(second, "plan_waiting") == [("lead", f"/plans/{plan.pk}/")]
    assert told(second + 7 * DAY, "plan_waiting") == []


def test_a_plan_that_was_opened_or_taken_back_waits_for_nobody(plan):
    first = morning(dt.date(2026, 11, 9))
    GrowthPlan.objects.update(reviewer_opened_at=MONDAY + DAY)
    assert told(first, "plan_waiting") == []
    GrowthPlan.objects.update(reviewer_opened_at=None, state=GrowthPlan.State.DRAFT)
    assert told(first, "plan_waiting") == []


def comment(plan: GrowthPlan, by, **fields) -> Comment:
    with time_machine.travel(MONDAY, tick=False):
        return Comment.objects.create(plan=plan, by=by, voice="mate", text="SECRET", **fields)


def test_feedback_that_is_not_read_comes_up_once_for_any_number_of_comments(cast, plan):
    comment(plan, cast.mate)
    comment(plan, cast.third)
    wednesday = morning(dt.date(2026, 11, 4))
    assert told(wednesday - MINUTE, "feedback_received") == []
    assert told(wednesday, "feedback_received") == [("participant", f"/plans/{plan.pk}/")]
    assert told(wednesday + DAY, "feedback_received") == []


@pytest.mark.parametrize("field", ["read_at", "withdrawn_at", "resolved_at"])
def test_feedback_that_is_read_withdrawn_or_settled_and_her_own_answer_ask_nothing(cast, plan, field):
    comment(plan, cast.mate, **{field: MONDAY})
    comment(plan, cast.participant)
    assert told(morning(dt.date(2026, 11, 4)), "feedback_received") == []


def test_no_mail_about_a_plan_holds_a_word_of_it(cast, plan):
    check_in(plan)
    comment(plan, cast.mate)
    letters = [
        *sent(morning(dt.date(2026, 11, 4)), "feedback_received"),
        *sent(morning(dt.date(2026, 11, 9)), "plan_waiting"),
        *sent(morning(dt.date(2026, 11, 13)), "check_in"),
    ]
    assert len(letters) == 3
    for letter in letters:
        assert isinstance(letter, mail.EmailMultiAlternatives)
        assert "SECRET" not in str(letter.message())


def test_who_has_left_the_cohort_is_neither_written_to_nor_counted_as_stuck(cast, plan):
    check_in(plan, due_on=MONDAY.date())
    now = MONDAY + 9 * DAY
    numbers = [number for _, number in stuck_in({cast.year.pk}, now)[cast.year.pk]]
    # Nobody has a focus; one plan waits; one check-in is past its day.
    assert numbers == [4, 1, 1]
    Membership.objects.filter(pk=cast.members["participant"].pk).update(left_on=MONDAY.date())
    assert [number for _, number in stuck_in({cast.year.pk}, now)[cast.year.pk]] == [3]
    assert told(now, "check_in", "plan_waiting", "feedback_received") == []


def test_leads_hear_on_monday_what_is_stuck_in_counts_without_names(cast, plan):
    check_in(plan, due_on=MONDAY.date())
    monday = morning(dt.date(2026, 11, 16))
    (letter,) = sent(monday, "weekly_digest")
    assert letter.to == [cast.lead.email]
    assert "4 participants have no focus competency" in letter.body
    assert "1 check-in is past its day" in letter.body
    assert "Participant Person" not in letter.body.split("You get this mail")[0].split("\n", 1)[1]
    assert sent(monday + DAY, "weekly_digest") == []


@pytest.mark.parametrize(
    ("zone", "instant"),
    [
        ("Australia/Sydney", dt.datetime(2026, 11, 15, 20, 30, tzinfo=dt.UTC)),
        ("America/Edmonton", dt.datetime(2026, 11, 16, 14, 30, tzinfo=dt.UTC)),
        ("Pacific/Honolulu", dt.datetime(2026, 11, 16, 17, 30, tzinfo=dt.UTC)),
    ],
)
def test_the_week_begins_on_the_leads_own_monday_morning(cast, plan, zone, instant):
    User.objects.filter(pk=cast.lead.pk).update(time_zone=zone)
    assert sent(instant - MINUTE, "weekly_digest") == []
    assert len(sent(instant, "weekly_digest")) == 1
    for later in (MINUTE, 6 * HOUR, DAY, 3 * DAY):
        assert sent(instant + later, "weekly_digest") == []
