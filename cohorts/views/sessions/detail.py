"""One session: what it is for, its agenda, what to bring; on paper, and on a facilitator's phone."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cohorts import hours, permissions
from cohorts.agenda_facts import lines_of, minutes_over
from cohorts.models import LearningSession
from cohorts.services.sessions.attendance import door_is_open
from cohorts.views.loading import participation
from cohorts.views.sessions.loading import load_run, load_session, trail_of, trail_of_year

# When the page offers feedback; whether it is asked for and open, the page of feedback says.
FEEDBACK_BEFORE, FEEDBACK_AFTER = datetime.timedelta(minutes=30), datetime.timedelta(days=3)


@login_required
@require_safe
def session_detail(request: HttpRequest, pk: int) -> HttpResponse:
    session = load_session(request.user, pk)
    member = participation(request.user, session.program_year)
    year, now = session.program_year, timezone.now()
    context = {
        **_agenda(session),
        "resources": session.resources.filter(is_active=True),
        "runs": permissions.may_run_sessions(request.user, year),
        "edits": permissions.may_edit_sessions(request.user, year),
        "plans": permissions.may_plan_sessions(request.user, year),
        "looks_back": permissions.may_look_back(request.user, year),
        "takes_part": member is not None,
        "present": hours.of_session(session).get(member.pk) if member else None,
        "door_open": door_is_open(session, now),
        "closing": session.ends_at - FEEDBACK_BEFORE <= now <= session.ends_at + FEEDBACK_AFTER,
        "over": session.ends_at <= now,
        "groups": groups_of(session),
        "trail": trail_of_year(year),
    }
    return render(request, "cohorts/sessions/detail.html", context)


@login_required
@require_safe
def session_print(request: HttpRequest, pk: int) -> HttpResponse:
    session = load_session(request.user, pk)
    context = {**_agenda(session), "trail": trail_of(session)}
    return render(request, "cohorts/sessions/print.html", context)


@login_required
@require_safe
def session_run(request: HttpRequest, pk: int) -> HttpResponse:
    """The agenda with the time left of each item, for a phone held in one hand."""
    session = load_run(request.user, pk)
    now = timezone.now()
    agenda = _agenda(session)
    running = next((line for line in agenda["lines"] if line.slot.starts_at <= now < line.slot.ends_at), None)
    left = -(-(running.slot.ends_at - now).total_seconds() // 60) if running else None
    context = {
        **agenda,
        "running": running,
        "left": left and int(left),
        "now": now,
        "trail": trail_of(session),
    }
    return render(request, "cohorts/sessions/run.html", context)


def groups_of(session: LearningSession) -> list[dict[str, Any]]:
    """Each dialogue group with its people by name; one query."""
    seats = session.group_seats.select_related("group", "membership__leader__user")
    found: dict[int, dict[str, Any]] = {}
    for seat in seats.order_by("group__number", "membership__leader__user__name"):
        found.setdefault(seat.group.number, {"number": seat.group.number, "seats": []})["seats"].append(seat)
    return list(found.values())


def _agenda(session: LearningSession) -> dict[str, Any]:
    lines = lines_of(session)
    return {
        "session": session,
        "year": session.program_year,
        "zone": session.zone,
        "lines": lines,
        "over_by": minutes_over(session, lines),
        "asked": [line.item for line in lines if line.item.preparation],
    }
