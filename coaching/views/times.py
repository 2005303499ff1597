"""Proposing times, answering them, settling, moving and calling off. No GET changes anything."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from coaching.forms.times import (
    AnswerSeriesForm,
    AnswersForm,
    MoveForm,
    ProposeForm,
    SeriesForm,
    SlotsForm,
    answered_at_once,
)
from coaching.models import CoachingSeries, CoachingSession, TimeAnswer, TimeProposal, circle_of, settings_of
from coaching.permissions import may_confirm_early, seat_of
from coaching.services import series as series_services
from coaching.services import times
from coaching.services.visits import hosts_so_far
from coaching.suggested import USUAL_TALK, USUAL_VISIT, for_meeting, length_of, offer_for
from coaching.views.loading_trio import load_meeting, load_trio, trail_of, zone_of
from cohorts.models import Trio
from cohorts.services.errors import RefusedError
from leaderdev.common.dates import span_in_words


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    trio = load_trio(request.user, pk)
    visit = (request.POST.get("kind") or request.GET.get("kind")) == CoachingSession.Kind.VISIT
    form = _propose_form(request, trio, visit=visit)
    if request.method == "POST" and form.is_valid():
        try:
            meeting = times.propose(by=request.user, trio=trio, **form.values())
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your trio is asked. The last yes settles the meeting."))
            return redirect("coaching:times", pk=meeting.pk)
    minutes = USUAL_VISIT if visit else USUAL_TALK
    context = {
        "form": form,
        "trio": trio,
        "visit": visit,
        "offer": offer_for(trio, visit=visit, minutes=minutes, now=timezone.now()),
        "trail": trail_of(trio),
    }
    return render(request, "coaching/propose.html", context)


def _propose_form(request: HttpRequest, trio: Trio, *, visit: bool) -> ProposeForm:
    hosted = hosts_so_far(trio)
    return ProposeForm(
        request.POST if request.method == "POST" else None,
        zone=zone_of(trio),
        seats=sorted(circle_of(trio), key=lambda seat: hosted[seat.pk]),
        visit=visit,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The page behind the mail's button: it shows, and only its own button answers."""
    meeting = load_meeting(request.user, pk)
    if meeting.state != CoachingSession.State.PROPOSED:
        return redirect("coaching:meeting", pk=pk)
    proposals = _proposals(meeting)
    seat = seat_of(request.user, meeting.trio)
    mine = {
        said.proposal_id: said.answer for one in proposals for said in one.said if said.seat_id == seat.pk
    }
    data = answered_at_once(request.POST, proposals) if request.method == "POST" else None
    form = AnswersForm(data, proposals=proposals, mine=mine)
    if request.method == "POST" and form.is_valid():
        try:
            meeting = times.answer(by=request.user, meeting=meeting, answers=form.answers())
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return _answered(request, meeting)
    context = {
        "meeting": meeting,
        "form": form,
        "table": _table(meeting, proposals),
        "seats": circle_of(meeting.trio),
        "settles": may_confirm_early(request.user, meeting),
        "another": times.needs_another_time(
            meeting, settings_of(meeting.trio.program_year).answer_days, timezone.now()
        ),
        "answered": bool(mine),
        "trail": trail_of(meeting.trio),
    }
    return render(request, "coaching/times.html", context)


def _answered(request: HttpRequest, meeting: CoachingSession) -> HttpResponse:
    if meeting.state == CoachingSession.State.CONFIRMED:
        messages.success(
            request, _("Everybody can come: the meeting is settled, and the invitations are sent.")
        )
        return redirect("coaching:meeting", pk=meeting.pk)
    messages.success(request, _("Your answer is kept. You can change it until the meeting is settled."))
    return redirect("coaching:times", pk=meeting.pk)


def _proposals(meeting: CoachingSession) -> list[TimeProposal]:
    zone = zone_of(meeting.trio)
    found = list(meeting.times.prefetch_related("answers"))
    for proposal in found:
        proposal.words = span_in_words(proposal.starts_at, proposal.ends_at, zone)
        proposal.said = list(proposal.answers.all())
    return found


def _table(meeting: CoachingSession, proposals: list[TimeProposal]) -> list[dict[str, Any]]:
    words = dict(TimeAnswer.Answer.choices)
    rows = []
    for proposal in proposals:
        said = {each.seat_id: each.answer for each in proposal.said}
        cells = [
            {
                "name": seat.membership.leader.user.get_short_name(),
                "answer": said.get(seat.pk, ""),
                "word": words.get(said.get(seat.pk), _("no answer yet")),
            }
            for seat in circle_of(meeting.trio)
        ]
        rows.append({"proposal": proposal, "cells": cells, "past": proposal.starts_at <= timezone.now()})
    return rows


@login_required
@require_POST
def confirm(request: HttpRequest, pk: int, proposal_id: int) -> HttpResponse:
    meeting = load_meeting(request.user, pk)
    try:
        times.confirm(by=request.user, meeting=meeting, proposal_id=proposal_id)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("coaching:times", pk=pk)
    messages.success(request, _("The meeting is settled, and the invitations are sent."))
    return redirect("coaching:meeting", pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def more(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = load_meeting(request.user, pk)
    form = SlotsForm(
        request.POST if request.method == "POST" else None,
        zone=zone_of(meeting.trio),
        minutes=length_of(meeting),
    )
    if request.method == "POST" and form.is_valid():
        try:
            anyway = form.cleaned_data["anyway"]
            times.propose_more(by=request.user, meeting=meeting, times=form.slots(), anyway=anyway)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("The other times stand beside the first ones, and your trio is asked.")
            )
            return redirect("coaching:times", pk=pk)
    context = {
        "form": form,
        "meeting": meeting,
        "trio": meeting.trio,
        "offer": for_meeting(meeting, now=timezone.now()),
        "trail": trail_of(meeting.trio, meeting),
    }
    return render(request, "coaching/more_times.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = load_meeting(request.user, pk)
    if meeting.state != CoachingSession.State.CONFIRMED:
        return redirect("coaching:meeting", pk=pk)
    form = MoveForm(
        request.POST if request.method == "POST" else None,
        zone=zone_of(meeting.trio),
        initial=_move_initial(meeting),
    )
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        try:
            times.move(
                by=request.user,
                meeting=meeting,
                slot=found["slot"],
                place=found["place"],
                anyway=found["anyway"],
            )
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The meeting is moved, and everybody’s invitation with it."))
            return redirect("coaching:meeting", pk=pk)
    context = {
        "form": form,
        "meeting": meeting,
        "offer": for_meeting(meeting, now=timezone.now()),
        "trail": trail_of(meeting.trio, meeting),
    }
    return render(request, "coaching/move.html", context)


def _move_initial(meeting: CoachingSession) -> dict[str, Any]:
    local = timezone.localtime(meeting.starts_at, timezone=ZoneInfo(zone_of(meeting.trio)))
    minutes = int((meeting.ends_at - meeting.starts_at).total_seconds() // 60)
    return {"day": local.date(), "at": local.time(), "minutes": minutes, "place": meeting.place}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = load_meeting(request.user, pk)
    if request.method == "POST":
        try:
            times.call_off(by=request.user, meeting=meeting)
        except RefusedError as refusal:
            messages.error(request, str(refusal))
            return redirect("coaching:meeting", pk=pk)
        messages.success(request, _("The meeting is called off, and the others are told."))
        return redirect("coaching:trio", pk=meeting.trio_id)
    context = {"meeting": meeting, "trail": trail_of(meeting.trio, meeting)}
    return render(request, "coaching/call_off.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def series_new(request: HttpRequest, pk: int) -> HttpResponse:
    trio = load_trio(request.user, pk)
    form = SeriesForm(
        request.POST if request.method == "POST" else None, initial={"until": trio.program_year.ends_on}
    )
    if request.method == "POST" and form.is_valid():
        try:
            found = series_services.propose_series(by=request.user, trio=trio, **form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your trio is asked. One yes answers all of them."))
            return redirect("coaching:series", pk=found.pk)
    return render(request, "coaching/series_new.html", {"form": form, "trio": trio, "trail": trail_of(trio)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def series(request: HttpRequest, pk: int) -> HttpResponse:
    joined = (
        "trio__program_year__cohort__district",
        "trio__program_year__calendar",
        "organizer__leader__user",
    )
    found = get_object_or_404(CoachingSeries.objects.visible_to(request.user).select_related(*joined), pk=pk)
    form = AnswerSeriesForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            number = series_services.answer_series(
                by=request.user, series=found, said=form.cleaned_data["answer"]
            )
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            words = ngettext(
                "Your answer stands for one meeting.", "Your answer stands for %(n)d meetings.", number
            )
            messages.success(request, words % {"n": number})
            return redirect("coaching:series", pk=pk)
    meetings = list(found.coaching_sessions.prefetch_related("times").order_by("series_day"))
    zone = zone_of(found.trio)
    for meeting in meetings:
        first = next(iter(meeting.times.all()), None)
        starts_at = meeting.starts_at or (first.starts_at if first else None)
        ends_at = meeting.ends_at or (first.ends_at if first else None)
        meeting.words = span_in_words(starts_at, ends_at, zone) if starts_at else ""
    context = {
        "series": found,
        "meetings": meetings,
        "waiting": any(meeting.state == CoachingSession.State.PROPOSED for meeting in meetings),
        "form": form,
        "trail": trail_of(found.trio),
    }
    return render(request, "coaching/series.html", context)
