"""When are you free? The week, the exceptions, and what the trio shares."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coaching.forms.free_time import ExceptionForm, WeekForm
from coaching.free_time_page import coming_exceptions, shared_times, weekly_hours
from coaching.models import Availability, OwnCalendar
from coaching.services.availability import add_exception, remove_exception, say_weekly_hours
from leaderdev.accounts import zones
from leaderdev.common.dates import today_in
from leaderdev.common.refusals import RefusedError


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def free_time(request: HttpRequest) -> HttpResponse:
    said = Availability.objects.filter(user=request.user).prefetch_related("free_hours").first()
    hours = weekly_hours(said)
    form = WeekForm(request.POST if request.method == "POST" else None, hours=hours)
    if request.method == "POST" and form.is_valid():
        say_weekly_hours(by=request.user, hours=form.hours())
        messages.success(request, _("Your week is saved."))
        return redirect("coaching:free_time")
    context = {
        "form": form,
        "said": said,
        "exceptions": list(coming_exceptions(said, today_in(request.user.time_zone))),
        "zone": zones.name_of(request.user.time_zone),
        "own_calendar": OwnCalendar.objects.filter(user=request.user).first(),
        "shared": shared_times(request.user),
    }
    return render(request, "coaching/free_time.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def exception_add(request: HttpRequest) -> HttpResponse:
    form = ExceptionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            add_exception(by=request.user, **form.values())
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your week has an exception more."))
            return redirect("coaching:free_time")
    return render(request, "coaching/free_time_exception.html", {"form": form, "trail": trail()})


@login_required
@require_POST
def exception_remove(request: HttpRequest, pk: int) -> HttpResponse:
    if remove_exception(by=request.user, pk=pk) is None:
        raise Http404
    messages.success(request, _("The exception is gone. Your usual week holds on these days."))
    return redirect("coaching:free_time")


def trail() -> list[dict[str, str]]:
    return [{"label": _("When you are free"), "url": reverse("coaching:free_time")}]
