"""What other people's plans, and the talk about one's own, ask of a person today."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.models import Membership
from cohorts.standing import standing_of
from growthplans.models import CheckIn, GrowthPlan, Reading
from growthplans.todo import open_plans_of
from leaderdev.common.dates import day_in_words, days_left_in_words, today_in
from leaderdev.common.todo import Task, Urgency

# A check-in shows up this many days before its day: time enough to find twenty minutes together.
AHEAD_DAYS = 21
SOON_DAYS = 7
# More unread plans than this would push everything else from the list.
MOST_UNREAD = 3


def tasks_for(user: Any, now: datetime.datetime) -> list[Task]:
    """Three queries: waiting reviews; for participants unread plans of mates and their own check-ins."""
    takes_part = standing_of(user).in_role(Membership.Role.PARTICIPANT)
    unread = _unread(user) if takes_part else []
    return [*_reviews(user), *unread, *_questions(user), *_check_ins(user, now)]


def _reviews(user: Any) -> list[Task]:
    plans = GrowthPlan.objects.for_review_by(user).filter(program_year__state="open").order_by()
    waiting = plans.filter(state=GrowthPlan.State.SHARED).aggregate(number=Count("pk"))["number"]
    if not waiting:
        return []
    title = ngettext("%(number)d growth plan waits for you", "%(number)d growth plans wait for you", waiting)
    return [
        Task(
            title=title % {"number": waiting},
            url=reverse("growthplans:reviews"),
            button=_("See which"),
            note=_("Their authors named you as reviewer."),
            icon="eye",
            urgency=Urgency.SOON,
        )
    ]


def _unread(user: Any) -> list[Task]:
    """Shared plans of trio mates, as PlanQuerySet.of_mates says it, from the trios that are at hand."""
    mates = {
        (seat.membership_id, trio.program_year_id): seat.membership.leader.user
        for trio in standing_of(user).trios
        for seat in trio.mates
    }
    if not mates:
        return []
    read = Reading.objects.filter(plan=OuterRef("pk"), reader_id=user.pk)
    plans = GrowthPlan.objects.shared().filter(
        ~Exists(read),
        membership__in={member for member, _year in mates},
        program_year__in={year for _member, year in mates},
    )
    rows = [plan for plan in plans.order_by("shared_at", "pk") if _key(plan) in mates]
    return [
        Task(
            title=_("Read the growth plan of %(name)s") % {"name": mates[_key(plan)]},
            url=reverse("growthplans:plan_detail", args=[plan.pk]),
            button=_("Read it"),
            note=_("Shared with your trio."),
            icon="people",
        )
        for plan in rows[:MOST_UNREAD]
    ]


def _key(plan: GrowthPlan) -> tuple[int, int]:
    return plan.membership_id, plan.program_year_id


def _questions(user: Any) -> list[Task]:
    plans = [plan for plan in open_plans_of(user) if plan.state == GrowthPlan.State.RETURNED]
    return [
        Task(
            title=_("Your reviewer has a question about your growth plan"),
            url=reverse("growthplans:plan_detail", args=[plan.pk]),
            button=_("Read the question"),
            note=_("Change what you like, then share the plan again."),
            icon="question-circle",
            urgency=Urgency.SOON,
        )
        for plan in plans
    ]


def _check_ins(user: Any, now: datetime.datetime) -> list[Task]:
    years = {year.pk: year for year in standing_of(user).years}
    mine = {
        plan.pk: years[plan.program_year_id]
        for plan in open_plans_of(user)
        # Whoever has left a cohort is not asked to talk over the plan any more.
        if plan.state != GrowthPlan.State.DRAFT and plan.program_year_id in years
    }
    if not mine:
        return []
    found = []
    for row in CheckIn.objects.filter(plan__in=mine, state=CheckIn.State.PLANNED):
        today = today_in(mine[row.plan_id].cohort.district.time_zone, now)
        left = (row.due_on - today).days
        if left > AHEAD_DAYS:
            continue
        found.append(
            Task(
                title=_("Talk your plan over: check-in %(kind)s") % {"kind": row.get_kind_display()},
                url=reverse("growthplans:check_in", args=[row.plan_id, row.kind]),
                button=_("See the agenda"),
                due_on=row.due_on,
                due=_("By %(day)s (%(left)s)")
                % {"day": day_in_words(row.due_on, today), "left": days_left_in_words(row.due_on, today)},
                icon="calendar-event",
                urgency=Urgency.LATE if left < 0 else Urgency.SOON if left <= SOON_DAYS else Urgency.NORMAL,
            )
        )
    return found
