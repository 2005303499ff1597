"""The roll of a session: who was there from when to when, and the code shown in the room."""

from __future__ import annotations

import datetime
from typing import Any
from zoneinfo import ZoneInfo

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from cohorts import hours
from cohorts.forms.sessions.attendance import CodeForm, StayForm
from cohorts.models import Attendance, LearningSession, Membership
from cohorts.permissions import may_edit_sessions, may_run_sessions
from cohorts.planning import codes
from cohorts.planning.hours import in_hours
from cohorts.services.errors import RefusedError
from cohorts.services.sessions import attendance as service
from cohorts.views.sessions.loading import load_run, load_session, trail_of


def _belonging(session: LearningSession) -> Any:
    """Participants on the day of the session, by name; who left before is not on its roll."""
    day = session.starts_at.astimezone(ZoneInfo(session.zone)).date()
    members = Membership.objects.participants().filter(
        cohort_id=session.program_year.cohort_id, joined_on__lte=day
    )
    return (members.filter(left_on=None) | members.filter(left_on__gt=day)).by_name()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def roll(request: HttpRequest, pk: int) -> HttpResponse:
    """The list, and one form that ticks everybody marked as there from beginning to end."""
    session = load_run(request.user, pk)
    members = list(_belonging(session))
    if request.method == "POST":
        load_run(request.user, pk, may_edit_sessions)
        chosen = set(request.POST.getlist("member"))
        _tick(request, session, [member for member in members if str(member.pk) in chosen])
        return redirect("cohorts:roll", pk=pk)
    context = {
        "session": session,
        "zone": session.zone,
        "rows": _rows(session, members),
        "edits": may_edit_sessions(request.user, session.program_year),
        "trail": trail_of(session),
    }
    return render(request, "cohorts/sessions/roll.html", context)


def _tick(request: HttpRequest, session: LearningSession, members: list[Membership]) -> None:
    try:
        count = service.tick_many(by=request.user, session=session, memberships=members)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return
    words = ngettext("%(count)d person is put on the roll.", "%(count)d people are put on the roll.", count)
    messages.success(request, words % {"count": count})


def _rows(session: LearningSession, members: list[Membership]) -> list[dict[str, Any]]:
    present = hours.of_session(session)
    stays: dict[int, list[Attendance]] = {}
    for stay in session.attendance.order_by("arrived_at"):
        stays.setdefault(stay.membership_id, []).append(stay)
    return [
        {
            "member": member,
            "stays": stays.get(member.pk, []),
            "presence": present.get(member.pk),
            "hours": in_hours(present[member.pk].minutes) if member.pk in present else "",
        }
        for member in members
    ]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def roll_entry(request: HttpRequest, pk: int, member_id: int) -> HttpResponse:
    """One person's times, corrected by the facilitator."""
    session = load_run(request.user, pk, may_edit_sessions)
    member = get_object_or_404(_belonging(session), pk=member_id)
    stay = session.attendance.filter(membership=member).order_by("-arrived_at").first()
    form = StayForm(request.POST if request.method == "POST" else None, session=session, stay=stay)
    if request.method == "POST" and "absent" in request.POST:
        service.untick(by=request.user, session=session, membership=member)
        return redirect("cohorts:roll", pk=pk)
    if form.is_valid():
        try:
            service.tick(by=request.user, session=session, membership=member, **form.times())
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("cohorts:roll", pk=pk)
    context = {
        "session": session,
        "member": member,
        "stay": stay,
        "form": form,
        "trail": [*trail_of(session), {"label": _("Roll"), "url": reverse("cohorts:roll", args=[pk])}],
    }
    return render(request, "cohorts/sessions/roll_entry.html", context)


@login_required
@require_safe
def door(request: HttpRequest, pk: int) -> HttpResponse:
    """The code and its drawing, large enough for the back row; a new one every few minutes."""
    session = load_run(request.user, pk, may_run_sessions)
    move = service.LEAVE if request.GET.get("move") == service.LEAVE else service.ARRIVE
    now = timezone.now()
    code = service.code_now(session, move, now)
    query = {"move": move, "code": code}
    address = f"{settings.SITE_URL}{reverse('cohorts:arrive', args=[pk])}?{urlencode(query)}"
    context = {
        "session": session,
        "move": move,
        "open": service.door_is_open(session, now),
        "opens_at": session.starts_at - service.OPENS_BEFORE,
        "code": code,
        "spoken": " ".join(code),
        "drawing": _drawing(address),
        "changes_in": max(1, int((codes.changes_at(now) - now).total_seconds())),
        "arrived": session.attendance.values("membership").distinct().count(),
        "trail": trail_of(session),
    }
    response = render(request, "cohorts/sessions/door.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _drawing(address: str) -> SafeString:
    drawn = segno.make(address, error="m").svg_inline(
        scale=6, border=2, dark="#000", light="#fff", omitsize=True
    )
    return mark_safe(drawn)  # noqa: S308 (drawn just now, from an address of ours)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def arrive(request: HttpRequest, pk: int) -> HttpResponse:
    """A participant notes arriving or leaving. The drawing leads here with the code filled in."""
    session = load_session(request.user, pk)
    asked = request.POST if request.method == "POST" else request.GET
    move = service.LEAVE if asked.get("move") == service.LEAVE else service.ARRIVE
    form = CodeForm(
        request.POST if request.method == "POST" else None, initial={"code": asked.get("code", "")[:20]}
    )
    if form.is_valid():
        try:
            stay = service.note_by_code(
                by=request.user, session=session, move=move, code=form.cleaned_data["code"]
            )
        except RefusedError as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(request, _said(session, stay, move))
            return redirect(session.get_absolute_url())
    context = {"session": session, "form": form, "move": move, "trail": trail_of(session)}
    return render(request, "cohorts/sessions/arrive.html", context)


def _said(session: LearningSession, stay: Attendance, move: str) -> str:
    at = (stay.left_at if move == service.LEAVE else stay.arrived_at) or timezone.now()
    local: datetime.datetime = at.astimezone(ZoneInfo(session.zone))
    words = (
        _("Noted: you left at %(time)s.") if move == service.LEAVE else _("Welcome. You arrived at %(time)s.")
    )
    return words % {"time": f"{local.hour}:{local:%M}"}
