"""What learning sessions ask of a person: to prepare, to note arriving, to build an agenda, to look back."""

from __future__ import annotations

import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import AgendaItem, LearningSession, LookBack, Membership
from cohorts.services.sessions.attendance import CLOSES_AFTER, OPENS_BEFORE
from cohorts.standing import Standing, standing_of
from leaderdev.common.dates import day_in_words, days_left_in_words, moment_in_words, today_in
from leaderdev.common.todo import Task, Urgency

# Preparation is asked for from here on; earlier it would lie under everything else.
PREPARE_DAYS = 14
Role = Membership.Role


def tasks_for(user: Any, now: datetime.datetime) -> list[Task]:
    standing = standing_of(user)
    takes_part = {year.pk for _, year in standing.in_role(Role.PARTICIPANT)}
    helps = {year.pk for role in (Role.FACILITATOR, Role.LEAD) for _, year in standing.in_role(role)}
    if not takes_part | helps:
        return []
    near = _near(standing, takes_part | helps, now)
    found = [
        task for session in near if session.program_year_id in takes_part for task in _to_attend(session, now)
    ]
    helped = [session for session in near if session.program_year_id in helps]
    return found + _to_run(helped, user, now)


def _near(standing: Standing, years: set[int], now: datetime.datetime) -> list[LearningSession]:
    """Sessions up to two weeks ahead, with `planned`: whether the agenda has items, and what they ask for in
    `asking`; one query for the items."""
    last = now + datetime.timedelta(days=PREPARE_DAYS)
    ours = [session for session in standing.sessions if session.program_year_id in years]
    near = {session.pk: session for session in ours if session.starts_at <= last}
    for session in near.values():
        session.planned, session.asking = False, []  # type: ignore[attr-defined]
    if near:
        items = AgendaItem.objects.kept().filter(session__in=near).order_by("session_id", "position", "pk")
        for session_id, preparation in items.values_list("session_id", "preparation"):
            near[session_id].planned = True  # type: ignore[attr-defined]
            if preparation:
                near[session_id].asking.append(preparation)  # type: ignore[attr-defined]
    return list(near.values())


def _to_attend(session: LearningSession, now: datetime.datetime) -> list[Task]:
    if session.starts_at - OPENS_BEFORE <= now <= session.ends_at + CLOSES_AFTER:
        return [
            Task(
                title=_("You are at “%(title)s”: note your arrival") % {"title": session.title},
                url=reverse("cohorts:arrive", args=[session.pk]),
                button=_("Note my arrival"),
                due=moment_in_words(session.starts_at, session.zone),
                icon="geo-alt",
                urgency=Urgency.SOON,
            )
        ]
    if session.starts_at <= now or not session.planned:  # type: ignore[attr-defined]
        return []
    words = session.asking  # type: ignore[attr-defined]
    if not words:
        return []
    day, today = today_in(session.zone, session.starts_at), today_in(session.zone, now)
    return [
        Task(
            title=_("Prepare for “%(title)s”") % {"title": session.title},
            url=session.get_absolute_url(),
            button=_("See what to bring"),
            due_on=day,
            due=_("%(day)s (%(left)s)")
            % {"day": day_in_words(day, today), "left": days_left_in_words(day, today)},
            note="; ".join(words),
            icon="journal-text",
            urgency=Urgency.SOON if (day - today).days <= 7 else Urgency.NORMAL,
        )
    ]


def _to_run(sessions: list[LearningSession], user: Any, now: datetime.datetime) -> list[Task]:
    """For facilitators and leads: the next empty agenda, and the latest session not looked back on."""
    found = []
    coming = [each for each in sessions if each.starts_at > now]
    if coming and not coming[0].planned:  # type: ignore[attr-defined]
        session = coming[0]
        day, today = today_in(session.zone, session.starts_at), today_in(session.zone, now)
        found.append(
            Task(
                title=_("“%(title)s” has no agenda yet") % {"title": session.title},
                url=reverse("cohorts:agenda", args=[session.pk]),
                button=_("Build the agenda"),
                due_on=day,
                due=_("%(day)s (%(left)s)")
                % {"day": day_in_words(day, today), "left": days_left_in_words(day, today)},
                icon="list",
                audience="lead",
            )
        )
    held = [each for each in sessions if each.ends_at <= now]
    if held and not LookBack.objects.filter(session=held[-1], by=user).exists():
        found.append(
            Task(
                title=_("Look back on “%(title)s”") % {"title": held[-1].title},
                url=reverse("cohorts:look_back", args=[held[-1].pk]),
                button=_("Look back"),
                note=_("Five minutes, for yourself; nobody else reads it unless you share it."),
                icon="arrow-repeat",
                urgency=Urgency.WHENEVER,
                audience="lead",
            )
        )
    return found
