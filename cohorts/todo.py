"""What the cohorts ask of a person today, for the start page and later for reminders."""

from __future__ import annotations

import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.choosing import Choosing
from cohorts.models import Membership, ProgramYear
from cohorts.services.selection_refusals import whom_to_ask
from cohorts.services.selections import phase_of
from cohorts.standing import Standing, standing_of
from leaderdev.common.dates import day_in_words, days_left_in_words, today_in
from leaderdev.common.todo import Task, Urgency

# From here on a date is near enough to come before everything without one.
SOON_DAYS = 7


def tasks_for(user: Any, now: datetime.datetime) -> list[Task]:
    standing = standing_of(user)
    mine = [
        task
        for member, year in standing.in_role(Membership.Role.PARTICIPANT)
        if (member.pk, year.pk) not in standing.choices
        for task in _to_choose(year, now)
    ]
    return mine + _to_lead(standing, now)


def year_url(name: str, year: ProgramYear) -> str:
    return reverse(f"cohorts:{name}", kwargs={"slug": year.cohort.slug, "year": year.slug})


def _to_choose(year: ProgramYear, now: datetime.datetime) -> list[Task]:
    phase, closes = phase_of(year, now), year.selection_closes_on
    today = today_in(year.cohort.district.time_zone, now)
    if phase is Choosing.NOW and closes is not None:
        near = (closes - today).days <= SOON_DAYS
        return [
            Task(
                title=_("Choose your focus competency for %(year)s") % {"year": year.label},
                url=year_url("focus", year),
                button=_("Choose your focus"),
                due_on=closes,
                due=_("By %(day)s (%(left)s)")
                % {"day": day_in_words(closes, today), "left": days_left_in_words(closes, today)},
                icon="bullseye",
                urgency=Urgency.SOON if near else Urgency.NORMAL,
            )
        ]
    if phase is Choosing.OVER and closes is not None:
        return [
            Task(
                title=_("You have no focus competency for %(year)s yet") % {"year": year.label},
                url=year_url("focus", year),
                button=_("See what to do"),
                due_on=closes,
                due=_("Choosing closed on %(day)s") % {"day": day_in_words(closes, today)},
                note=_("Ask %(whom)s to let you in.") % {"whom": whom_to_ask(year)},
                icon="bullseye",
                urgency=Urgency.LATE,
            )
        ]
    return []


def _to_lead(standing: Standing, now: datetime.datetime) -> list[Task]:
    """What holds a year up, for those who configure it."""
    found = []
    for year in standing.years:
        if not standing.configures(year.cohort.district_id):
            continue
        task = _to_set_up(year) if year.is_draft else _to_unblock(year, now)
        if task is not None:
            found.append(task)
    return found


def _to_set_up(year: ProgramYear) -> Task:
    return Task(
        title=_("Finish setting up %(year)s") % {"year": year},
        url=year_url("year_setup", year),
        button=_("Open the set-up checklist"),
        due_on=year.starts_on,
        due=_("The year begins on %(day)s") % {"day": day_in_words(year.starts_on)},
        icon="clipboard-check",
        audience="lead",
    )


def _to_unblock(year: ProgramYear, now: datetime.datetime) -> Task | None:
    waiting, phase = year.participants_now - year.chosen_now, phase_of(year, now)
    if phase is Choosing.NO_DAYS:
        return Task(
            title=_("Set the days of choosing for %(year)s") % {"year": year},
            url=year_url("year_setup", year),
            button=_("Open the set-up checklist"),
            note=_("Until they are set, nobody can choose a focus competency."),
            icon="calendar-event",
            urgency=Urgency.SOON,
            audience="lead",
        )
    if not waiting or phase not in (Choosing.NOW, Choosing.OVER):
        return None
    closes, today = year.selection_closes_on, today_in(year.cohort.district.time_zone, now)
    over = phase is Choosing.OVER
    return Task(
        title=_("%(waiting)d of %(all)d participants of %(year)s have no focus competency yet")
        % {"waiting": waiting, "all": year.participants_now, "year": year},
        url=year_url("selections", year),
        button=_("See who") if over else _("Remind them"),
        due_on=closes,
        due=(_("Choosing closed on %(day)s") if over else _("Choosing closes on %(day)s"))
        % {"day": day_in_words(closes, today)},
        note=_("Move the last day in the set-up of the year to let them in.") if over else "",
        icon="bell",
        urgency=Urgency.NORMAL,
        audience="lead",
    )
