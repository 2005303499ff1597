"""Check-ins: held over the author's own steps, moved, skipped; and what they do to the plan."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cohorts.services.errors import RefusedError
from growthplans import check_in_pages
from growthplans.check_in_calendar import usual_dates
from growthplans.models import ActionStep, CheckIn, CheckInDate, CheckInNote, Goal, GrowthPlan
from growthplans.services import check_in_dates, check_ins, sharing
from growthplans.services.check_ins import Ending, Said, StaleEndingError
from growthplans.services.editing import Conflict, save_fields
from growthplans.services.starting import start_plan
from leaderdev.common.dates import today_in


@pytest.fixture
def today(cast) -> datetime.date:
    """A day of the cast's year: the machine's clock may stand elsewhere."""
    day = today_in(cast.district.time_zone)
    cast.year.starts_on = day - datetime.timedelta(days=100)
    cast.year.ends_on = day + datetime.timedelta(days=200)
    cast.year.save()
    return day


@pytest.fixture
def read(plan, cast, today) -> GrowthPlan:
    goal = Goal.objects.create(plan=plan, statement="A goal")
    ActionStep.objects.create(goal=goal, what="Visit three classrooms")
    sharing.share(by=cast.participant, plan=plan, reviewer=cast.members["lead"].leader)
    return sharing.mark_read(by=cast.lead, plan=plan)


@pytest.fixture
def draft(cast) -> GrowthPlan:
    return start_plan(by=cast.mate, membership=cast.members["mate"], year=cast.year, origin="blank")


def said(plan, status="delayed", hindered="The flood in the gym") -> Said:
    step = ActionStep.objects.get(goal__plan=plan)
    return Said(step.pk, status=status, was="planned", helped="My trio", hindered=hindered)


def test_usual_days_are_weekdays_within_the_year_and_in_order():
    days = usual_dates(datetime.date(2026, 8, 24), datetime.date(2027, 6, 30))
    assert list(days) == ["beginning", "middle", "end"]
    assert sorted(days.values()) == list(days.values())
    assert all(day.weekday() < 5 for day in days.values())


def test_a_held_check_in_carries_the_states_of_steps_into_the_plan(read, cast, today):
    check_ins.hold(by=cast.participant, plan=read, kind="middle", held_on=today, said=[said(read)])
    step, note = ActionStep.objects.get(), CheckInNote.objects.get()
    assert (step.status, step.reason) == ("delayed", "The flood in the gym")
    assert (note.status, note.helped) == ("delayed", "My trio")
    plan = GrowthPlan.objects.get()
    assert plan.state == "mid_year"
    assert CheckIn.objects.get(kind="middle").revision_number == plan.last_revision > 0


def test_a_delay_without_a_reason_is_refused_and_nothing_is_stored(read, cast, today):
    with pytest.raises(RefusedError, match="Visit three classrooms"):
        check_ins.hold(
            by=cast.participant, plan=read, kind="middle", held_on=today, said=[said(read, hindered="")]
        )
    assert CheckIn.objects.get(kind="middle").state == "planned"
    assert GrowthPlan.objects.get().state == "read"


def test_a_status_that_changed_elsewhere_is_left_alone_when_the_form_did_not_touch_it(read, cast, today):
    ActionStep.objects.update(status="done")
    one = said(read, status="planned")
    check_ins.hold(by=cast.participant, plan=read, kind="beginning", held_on=today, said=[one])
    assert ActionStep.objects.get().status == "done"
    assert GrowthPlan.objects.get().state == "read"


def test_year_end_keeps_what_came_of_it(read, cast, today):
    ending = Ending("We talk about pupils first.", "Fewer steps.", True, GrowthPlan.objects.get().version)
    check_ins.hold(by=cast.participant, plan=read, kind="end", held_on=today, said=[], ending=ending)
    plan = GrowthPlan.objects.get()
    assert (plan.state, plan.outcome, plan.completed) == ("year_end", "We talk about pupils first.", True)


def test_closing_words_never_overwrite_others(read, cast, today):
    GrowthPlan.objects.update(outcome="Written on the phone.", version=7)
    with pytest.raises(StaleEndingError) as caught:
        check_ins.hold(
            by=cast.participant,
            plan=read,
            kind="end",
            held_on=today,
            said=[],
            ending=Ending("Written here.", "", None, 1),
        )
    assert (caught.value.plan.outcome, caught.value.plan.version) == ("Written on the phone.", 7)
    assert GrowthPlan.objects.get().state == "read"


def test_only_the_author_writes_a_check_in_down(read, cast, today):
    with pytest.raises(RefusedError, match="by the author"):
        check_ins.hold(by=cast.lead, plan=read, kind="middle", held_on=today, said=[])


def test_a_check_in_of_tomorrow_was_not_held(read, cast, today):
    with pytest.raises(RefusedError, match="still to come"):
        check_ins.hold(
            by=cast.participant,
            plan=read,
            kind="middle",
            held_on=today + datetime.timedelta(days=1),
            said=[],
        )


def test_moving_and_skipping_ask_for_a_reason(read, cast, today):
    later = today + datetime.timedelta(days=30)
    with pytest.raises(RefusedError, match="why"):
        check_ins.postpone(by=cast.participant, plan=read, kind="middle", due_on=later, reason=" ")
    check_ins.postpone(by=cast.participant, plan=read, kind="middle", due_on=later, reason="Storm")
    check_ins.skip(by=cast.participant, plan=read, kind="beginning", reason="I came in October")
    rows = set(CheckIn.objects.values_list("kind", "state", "reason"))
    assert {("middle", "planned", "Storm"), ("beginning", "skipped", "I came in October")} <= rows


def test_a_leads_change_of_a_day_reaches_what_nobody_moved(read, cast, today):
    later = today + datetime.timedelta(days=40)
    check_ins.postpone(by=cast.participant, plan=read, kind="end", due_on=later, reason="Exams")
    for kind in ("middle", "end"):
        row = CheckInDate.objects.get(program_year=cast.year, kind=kind)
        row.due_on = today + datetime.timedelta(days=9)
        row.save()
        check_in_dates.follow(dates=row)
    days = dict(CheckIn.objects.values_list("kind", "due_on"))
    assert (days["middle"], days["end"]) == (today + datetime.timedelta(days=9), later)


def test_a_kind_that_the_year_drops_leaves_held_ones(read, cast, today):
    check_ins.hold(by=cast.participant, plan=read, kind="middle", held_on=today, said=[])
    for row in CheckInDate.objects.exclude(kind="end"):
        check_in_dates.forget(dates=row)
    assert set(CheckIn.objects.values_list("kind", flat=True)) == {"middle", "end"}


def test_a_cohort_may_ask_for_five_and_each_has_its_agenda(read, cast, today, draft):
    for number, kind in enumerate(("early", "late")):
        day = today + datetime.timedelta(days=20 * (number + 1))
        row = CheckInDate.objects.create(program_year=cast.year, kind=kind, due_on=day)
        check_in_dates.follow(dates=row)
        check_in_dates.follow(dates=row)
    assert sorted(read.check_ins.values_list("kind", flat=True)) == sorted(CheckIn.Kind.values)
    assert not draft.check_ins.exists()
    lists = [check_in_pages.agenda(kind) for kind in CheckIn.Kind.values]
    assert all(len(lines) == 4 for lines in lists)
    assert len({lines[-1] for lines in lists}) == 5
    check_ins.hold(by=cast.participant, plan=read, kind="early", held_on=today, said=[said(read)])
    assert GrowthPlan.objects.get(pk=read.pk).state == "read", "only mid-year and year's end move a plan"


def test_a_closed_plan_gets_no_new_check_in(read, cast, today):
    GrowthPlan.objects.update(state="closed")
    row = CheckInDate.objects.create(program_year=cast.year, kind="late", due_on=today)
    check_in_dates.follow(dates=row)
    assert not read.check_ins.filter(kind="late").exists()


def test_a_day_outside_the_program_year_is_told_at_its_field(cast, today):
    row = CheckInDate(program_year=cast.year, kind="late", due_on=today + datetime.timedelta(days=400))
    with pytest.raises(ValidationError) as caught:
        row.full_clean()
    assert "within the program year" in caught.value.message_dict["due_on"][0]
    row.due_on = today
    row.full_clean()


def test_what_moved_since_is_asked_for_once_however_many_steps_moved(read, cast, today):
    goal = read.goals.get()
    steps = [ActionStep.objects.get()]
    steps += [
        ActionStep.objects.create(goal=goal, what=f"Step {n}", position=n, status="planned")
        for n in range(1, 6)
    ]
    told = [Said(step.pk, status="planned", was="planned", helped="", hindered="") for step in steps]
    check_ins.hold(by=cast.participant, plan=read, kind="beginning", held_on=today, said=told)
    counts = []
    for wanted in (1, 6):
        for step in steps[:wanted]:
            row = ActionStep.objects.get(pk=step.pk)
            if row.status == "planned":
                saved = save_fields(
                    by=cast.participant,
                    plan=read,
                    part="step",
                    part_id=row.pk,
                    values={"status": "done"},
                    version=row.version,
                )
                assert not isinstance(saved, Conflict)
        since = CheckIn.objects.get(kind="beginning")
        with CaptureQueriesContext(connection) as asked:
            found = check_in_pages.moved(GrowthPlan.objects.get(), since)
        counts.append(len(asked))
        assert [each.sentence for each in found] == ["was planned, is now done"] * wanted
    assert "Visit three classrooms" in found[0].title
    assert counts[0] == counts[1]
