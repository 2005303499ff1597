"""A meeting's page: what is brought, turns, notes saved as typed, the log."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from coaching.forms.talk import LogForm, LogUnplannedForm, NotesForm, PrepareForm, log_initial
from coaching.meeting_page import meeting_context
from coaching.models import CoachingSession, circle_of
from coaching.permissions import seat_of
from coaching.services import logs, notes
from coaching.talking import goals_of
from coaching.views.loading_trio import load_meeting, load_trio, trail_of, zone_of
from cohorts.services.errors import RefusedError
from growthplans.services.editing import Conflict
from growthplans.views.posted import autosaved
from growthplans.views.saving import saved_words
from leaderdev.common.numbers import whole


@login_required
@require_safe
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    found = load_meeting(request.user, pk)
    if found.state == CoachingSession.State.PROPOSED:
        return redirect("coaching:times", pk=pk)
    return render(request, "coaching/meeting.html", meeting_context(request.user, found))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: HttpRequest, pk: int) -> HttpResponse:
    found = load_meeting(request.user, pk)
    seat = seat_of(request.user, found.trio)
    goals = [goal for goal in goals_of(found.trio) if goal.plan.membership_id == seat.membership_id]
    mine = found.preparations.filter(seat=seat).prefetch_related("goals").first()
    initial = {"question": mine.question, "goals": [goal.pk for goal in mine.goals.all()]} if mine else {}
    form = PrepareForm(request.POST if request.method == "POST" else None, goals=goals, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            notes.prepare(by=request.user, meeting=found, **form.values())
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your trio sees what you bring."))
            return redirect("coaching:meeting", pk=pk)
    context = {"form": form, "meeting": found, "goals": goals, "trail": trail_of(found.trio, found)}
    return render(request, "coaching/prepare.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def autosave(request: HttpRequest, pk: int) -> HttpResponse:
    """As growthplans.views.saving.autosave: 200 saved, 409 the other text, 422 a sentence, 401 sign in.

    Without the page's script the form itself arrives here and is led back to the page.
    """
    if not request.user.is_authenticated:
        meeting_url = resolve_url("coaching:meeting", pk=pk)
        return JsonResponse({"sign_in": f"{resolve_url('account_login')}?next={meeting_url}"}, status=401)
    found = load_meeting(request.user, pk)
    if request.method != "POST":
        return JsonResponse({"token": get_token(request), "person": request.user.pk})
    if "plain" in request.POST:
        return _plain(request, found)
    sent = autosaved(request)
    try:
        answer = notes.save_note(
            by=request.user,
            meeting=found,
            field=str(sent.get("field", "")),
            text=str(sent.get("value", "")),
            version=whole(sent.get("version", "")),
        )
    except RefusedError as refusal:
        return JsonResponse({"sentence": str(refusal)}, status=422)
    if isinstance(answer, Conflict):
        current = next(iter(answer.current.values()))
        return JsonResponse({"current": current, "version": answer.version}, status=409)
    return JsonResponse({"version": answer.version, "saved_at": saved_words(answer.at)})


def _plain(request: HttpRequest, found: CoachingSession) -> HttpResponse:
    form = NotesForm(request.POST)
    if form.is_valid():
        sent = form.cleaned_data
        values: dict[str, Any] = {"field": sent["field"], "text": sent["value"], "version": sent["version"]}
        try:
            answer = notes.save_note(by=request.user, meeting=found, **values)
        except RefusedError as refusal:
            messages.error(request, str(refusal))
            return redirect("coaching:meeting", pk=found.pk)
        if not isinstance(answer, Conflict):
            messages.success(request, _("Saved."))
            return redirect("coaching:meeting", pk=found.pk)
        context = meeting_context(request.user, found)
        setattr(found, sent["field"], f"{answer.current[sent['field']]}\n\n{sent['value']}".strip())
        found.version = answer.version
        messages.error(
            request, _("Somebody else wrote here meanwhile. Both texts stand in the box; keep what you want.")
        )
        return render(request, "coaching/meeting.html", context)
    messages.error(request, _("This could not be read. Go back and try again."))
    return redirect("coaching:meeting", pk=found.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def log(request: HttpRequest, pk: int) -> HttpResponse:
    found = load_meeting(request.user, pk)
    if found.state in (CoachingSession.State.PROPOSED, CoachingSession.State.CANCELLED):
        return redirect("coaching:log_new", pk=found.trio_id)
    turns = list(
        found.turns.select_related("coached__membership__leader__user", "coach__membership__leader__user")
    )
    seats = _seats_then(found, turns)
    zone = zone_of(found.trio)
    form = LogForm(
        request.POST if request.method == "POST" else None,
        zone=zone,
        seats=seats,
        goals=goals_of(found.trio),
        turns=turns,
        initial=log_initial(found, zone, timezone.now()),
    )
    if request.method == "POST" and form.is_valid():
        try:
            found = logs.log(by=request.user, meeting=found, said=form.said())
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return _logged(request, found)
    context = {
        "form": form,
        "meeting": found,
        "promises": list(found.promises.select_related("seat__membership__leader__user")),
        "trail": trail_of(found.trio, found),
    }
    return render(request, "coaching/log.html", context)


def _seats_then(found: CoachingSession, turns: list[Any]) -> list[Any]:
    """Who sits in the trio now, and who was coached or coached then and has left since."""
    seats = {seat.pk: seat for seat in circle_of(found.trio)}
    for turn in turns:
        for seat in (turn.coached, turn.coach):
            if seat is not None:
                seats.setdefault(seat.pk, seat)
    return list(seats.values())


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def log_new(request: HttpRequest, pk: int) -> HttpResponse:
    trio = load_trio(request.user, pk)
    zone = zone_of(trio)
    form = LogUnplannedForm(
        request.POST if request.method == "POST" else None,
        zone=zone,
        seats=circle_of(trio),
        goals=goals_of(trio),
        initial=log_initial(None, zone, timezone.now()),
    )
    if request.method == "POST" and form.is_valid():
        host = form.chosen_host()
        kind = CoachingSession.Kind.VISIT if host else CoachingSession.Kind.TALK
        try:
            found = logs.log_unplanned(by=request.user, trio=trio, said=form.said(), kind=kind, host=host)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return _logged(request, found)
    context = {"form": form, "meeting": None, "trio": trio, "promises": [], "trail": trail_of(trio)}
    return render(request, "coaching/log.html", context)


def _logged(request: HttpRequest, found: CoachingSession) -> HttpResponse:
    if found.state == CoachingSession.State.NOT_HELD:
        messages.success(request, _("It is written down. Propose another time whenever you like."))
        return redirect("coaching:trio", pk=found.trio_id)
    messages.success(request, _("It is written down. Your journal is next, if you like."))
    if found.journal.filter(author__leader__user_id=request.user.pk).exists():
        return redirect("coaching:meeting", pk=found.pk)
    return redirect("coaching:journal_write", pk=found.pk)


def refuse_unless_visit(found: CoachingSession) -> None:
    if not found.is_visit:
        raise PermissionDenied
