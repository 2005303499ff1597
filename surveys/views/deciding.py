"""What people decide about their own answers: saying no, withdrawing, consent, and answers sent by code."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leaderdev.common.refusals import RefusedError
from surveys.seats import Seat
from surveys.services.answering import decline, set_consent, settle_sheet, withdraw
from surveys.views.answering import frame, seated


def _own(seat: Seat) -> None:
    """Saying no, withdrawing and consent afterwards are for who signed in or followed their own link."""
    if seat.blind:
        raise PermissionDenied


@seated
def wave_decline(request: HttpRequest, seat: Seat) -> HttpResponse:
    _own(seat)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        decline(seat=seat)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("No further mail about this survey reaches you. You can still change your mind.")
        )
    return redirect("surveys:wave", pk=seat.wave.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def wave_withdraw(request: HttpRequest, seat: Seat) -> HttpResponse:
    _own(seat)
    if request.method == "POST":
        try:
            withdraw(seat=seat)
        except RefusedError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Your answers are erased."))
        return redirect("surveys:wave", pk=seat.wave.pk)
    return render(request, "surveys/wave_withdraw.html", frame(request, seat))


@seated
def wave_consent(request: HttpRequest, seat: Seat) -> HttpResponse:
    _own(seat)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        set_consent(seat=seat, analysis="analysis" in request.POST, quotes="quotes" in request.POST)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("What you decided about research is stored."))
    return redirect("surveys:wave", pk=seat.wave.pk)


@seated
def wave_sheet(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Take over, or throw away, what was sent with one's personal code after one's own answers."""
    _own(seat)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    use = "use" in request.POST
    try:
        settle_sheet(seat=seat, use=use)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        done = _("They stand in your survey now. Look them through, and send them if they are yours.")
        messages.success(request, done if use else _("They are thrown away. Your own answers count."))
    return redirect("surveys:wave", pk=seat.wave.pk)
