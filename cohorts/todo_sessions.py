"""What learning sessions ask of a person: to prepare, to note arriving, to build an agenda, to look back."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import AgendaItem, LearningSession, LookBack, Membership
from cohorts.services.sessions.attendance import CLOSES_AFTER, OPENS_BEFORE
from cohorts.standing import standing_of
from leaderdev.common.dates import day_in_words, days_left_in_words, moment_in_words, today_in
from leaderdev.common.todo import Task, Urgency

# Preparation is asked for from here on; earlier it would lie under everything else.
PREPARE_DAYS = 14
# A look-back after more than three weeks is fiction.
LOOK_BACK_DAYS = 21
Role = Membership.Role


def tasks_for(user: Any, now: datetime.datetime) -> list[Task]:
    standing = standing_of(user)
    takes_part = {year.pk for _, year in standing.in_role(Role.PARTICIPANT)}
    helps = {year.pk for role in (Role.FACILITATOR, Role.LEAD) for _, year in standing.in_role(role)}
    if not takes_part | helps:
        return []
    near = _near(takes_part | helps, now)
    found = [
        task for session in near if session.program_year_id in takes_part for task in _to_attend(session, now)
    ]
    helped = [session for session in near if session.program_year_id in helps]
    return found + _to_run(helped, user, now)


def _near(years: set[int], now: datetime.datetime) -> list[LearningSession]:
    """Sessions of three weeks back and two weeks ahead, with how many items they have, and `asking`."""
    first, last = now - datetime.timedelta(days=LOOK_BACK_DAYS), now + datetime.timedelta(days=PREPARE_DAYS)
    rows = LearningSession.objects.filter(program_year__in=years, ends_at__gte=first, starts_at__lte=last)
    kept = Count("items", filter=Q(items__removed_at=None))
    asking = AgendaItem.objects.kept().exclude(preparation="")
    return list(
        rows.select_related("program_year__cohort__district")
        .prefetch_related(Prefetch("items", queryset=asking, to_attr="asking"))
        .annotate(planned=kept)
        .order_by("starts_at")
    )


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
    words = [item.preparation for item in session.asking]  # type: ignore[attr-defined]
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
