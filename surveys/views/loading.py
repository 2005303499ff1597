"""Fetch and authorize: who may answer, who may run, and who does not even learn that there is a survey."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from cohorts.models import Membership
from cohorts.standing import standing_of
from surveys.models import Instrument, Survey, Wave
from surveys.permissions import may_run_survey
from surveys.seats import Seat

SEAT = "survey_seat"
_WAVE = ("survey__instrument", "program_year")


class SignInFirstError(Exception):
    """Nobody is signed in, and no link or code has opened this wave on this device."""

    def __init__(self, request: HttpRequest) -> None:
        self.answer: HttpResponse = redirect_to_login(request.get_full_path())
        super().__init__()


def load_seat(request: HttpRequest, pk: int) -> Seat:
    """The place of whoever answers a wave: by link or code on this device, else by their own membership.

    Raises SignInFirstError for somebody unknown, 404 for who may not know of it, 403 for who may and is not
    asked.
    """
    # Not first(), which sorts: by the survey, and so by all that surveys are sorted by.
    wave = next(iter(Wave.objects.select_related(*_WAVE).filter(pk=pk, announced=True).order_by()), None)
    seat = _seat_on_device(request, wave)
    if seat is not None:
        return seat
    if not request.user.is_authenticated:
        raise SignInFirstError(request)
    if wave is None:
        raise Http404
    # The memberships are what the frame of the page asks for anyway.
    member = wave.voice_among(standing_of(request.user).memberships)
    if member is not None:
        return _seat(wave, member)
    if Survey.objects.visible_to(request.user).filter(pk=wave.survey_id).exists():
        raise PermissionDenied
    raise Http404


def _seat_on_device(request: HttpRequest, wave: Wave | None) -> Seat | None:
    kept = request.session.get(SEAT)
    if wave is None or not kept or kept["wave"] != wave.pk:
        return None
    rows = wave.invited().current().select_related("leader__user", "leader__district", "cohort")
    member = rows.filter(pk=kept["member"]).first()
    return _seat(wave, member, blind=kept["blind"], sheet=kept.get("sheet", "")) if member else None


def _seat(wave: Wave, member: Membership, *, blind: bool = False, sheet: str = "") -> Seat:
    """The seat, with the cohort and its district fetched once, by way of the member."""
    member.cohort.district = member.leader.district
    wave.survey.cohort = wave.program_year.cohort = member.cohort
    return Seat(wave, member, blind=blind, sheet=sheet)


def take_seat(request: HttpRequest, wave: Wave, member: Membership, *, blind: bool) -> None:
    """Remember on this device who answers. A blind seat ends with the browser; it has a sheet of its own."""
    sheet = secrets.token_hex(8) if blind else ""
    request.session[SEAT] = {"wave": wave.pk, "member": member.pk, "blind": blind, "sheet": sheet}
    if not request.user.is_authenticated:
        request.session.set_expiry(0)


def leave_seat(request: HttpRequest) -> None:
    request.session.pop(SEAT, None)


def load_survey(user: Any, slug: str) -> Survey:
    """A survey that the person runs: 404 for who may not know of it, 403 for who may not run it."""
    rows = Survey.objects.visible_to(user).select_related("cohort__district", "instrument")
    survey = get_object_or_404(rows, slug=slug)
    if not may_run_survey(user, survey):
        raise PermissionDenied
    return survey


def load_wave(user: Any, slug: str, wave: str) -> Wave:
    """A wave of a survey that the person runs."""
    survey = load_survey(user, slug)
    found = get_object_or_404(survey.waves.select_related("program_year", "learning_session"), slug=wave)
    found.survey = survey
    return found


def load_instrument(user: Any, pk: int) -> Instrument:
    """An instrument of a district that the person configures; colleagues of the district get 403."""
    rows = Instrument.objects.visible_to(user).select_related("district", "standard")
    instrument = get_object_or_404(rows, pk=pk)
    if not Instrument.objects.managed_by(user).filter(pk=pk).exists():
        raise PermissionDenied
    return instrument
