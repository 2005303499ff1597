"""What growth plans ask of a person today, for the start page and later for reminders."""

from __future__ import annotations

import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import Membership, ProgramYear
from cohorts.standing import standing_of
from growthplans.models import GrowthPlan
from leaderdev.common.dates import day_in_words, today_in
from leaderdev.common.todo import Task, Urgency


def tasks_for(user: Any, now: datetime.datetime) -> list[Task]:
    """Begin the plan of each open year in which the person takes part, or go on with it."""
    standing = standing_of(user)
    taking_part = standing.in_role(Membership.Role.PARTICIPANT)
    if not taking_part:
        return []
    plans = {(plan.membership_id, plan.program_year_id): plan for plan in open_plans_of(user)}
    found = []
    for member, year in taking_part:
        plan = plans.get((member.pk, year.pk))
        # Choosing the focus comes first: a plan without one can be begun from the page of plans.
        if plan is not None:
            found += _to_go_on(plan, year, now)
        elif (member.pk, year.pk) in standing.choices:
            found += _to_begin(year, now)
    return found


def open_plans_of(user: Any) -> list[GrowthPlan]:
    """The person's own plans of open years, asked for once in a request; nobody else has any."""
    if not hasattr(user, "open_growth_plans"):
        taking_part = standing_of(user).in_role(Membership.Role.PARTICIPANT)
        rows = GrowthPlan.objects.written_by(user).filter(program_year__state="open")
        user.open_growth_plans = list(rows) if taking_part else []
    return user.open_growth_plans


def _to_go_on(plan: GrowthPlan, year: ProgramYear, now: datetime.datetime) -> list[Task]:
    if plan.state == GrowthPlan.State.CLOSED:
        return []
    draft = plan.state == GrowthPlan.State.DRAFT
    today = today_in(year.cohort.district.time_zone, now)
    changed = today_in(year.cohort.district.time_zone, plan.changed_at)
    return [
        Task(
            title=_("Go on with your growth plan for %(year)s") % {"year": year.label},
            url=reverse("growthplans:plan_edit", args=[plan.pk]),
            button=_("Go on writing"),
            due=_("Last changed %(day)s") % {"day": day_in_words(changed, today)},
            note=_("It is a draft: nobody else sees it yet.") if draft else "",
            icon="journal-text",
            urgency=Urgency.NORMAL if draft else Urgency.WHENEVER,
        )
    ]


def _to_begin(year: ProgramYear, now: datetime.datetime) -> list[Task]:
    if today_in(year.cohort.district.time_zone, now) < year.starts_on:
        return []
    return [
        Task(
            title=_("Start your growth plan for %(year)s") % {"year": year.label},
            url=reverse("growthplans:plan_start", args=[year.cohort.slug, year.slug]),
            button=_("Start your growth plan"),
            note=_("From your focus, from an earlier plan, or on a blank page."),
            icon="journal-text",
        )
    ]
