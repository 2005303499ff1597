"""Busy times out of a calendar that somebody keeps elsewhere."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coaching.forms.free_time import CalendarAddressForm, CalendarFileForm
from coaching.models import OwnCalendar
from coaching.services import own_calendars
from coaching.views.free_time import trail
from leaderdev.common.refusals import RefusedError


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_calendar(request: HttpRequest) -> HttpResponse:
    form = CalendarAddressForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            own_calendars.subscribe(by=request.user, address=form.cleaned_data["address"])
        except RefusedError as refusal:
            form.add_error("address", str(refusal))
        else:
            messages.success(request, _("Your calendar will be read within a minute or two."))
            return redirect("coaching:own_calendar")
    return _page(request, form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_calendar_file(request: HttpRequest) -> HttpResponse:
    form = CalendarFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        try:
            count = own_calendars.read_file(by=request.user, file=form.cleaned_data["file"])
        except RefusedError as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("Read: %(count)d busy times from now on.") % {"count": count})
            return redirect("coaching:own_calendar")
    return render(request, "coaching/own_calendar_file.html", {"form": form, "trail": trail()})


@login_required
@require_POST
def own_calendar_again(request: HttpRequest) -> HttpResponse:
    if own_calendars.read_again(by=request.user):
        messages.success(request, _("Your calendar will be read within a minute or two."))
    return redirect("coaching:own_calendar")


@login_required
@require_POST
def own_calendar_remove(request: HttpRequest) -> HttpResponse:
    own_calendars.remove(by=request.user)
    messages.success(request, _("Its address and the busy times are erased."))
    return redirect("coaching:own_calendar")


def _page(request: HttpRequest, form: CalendarAddressForm) -> HttpResponse:
    found = OwnCalendar.objects.filter(user=request.user).first()
    context = {
        "form": form,
        "calendar": found,
        "problem": own_calendars.problem_in_words(found.problem) if found else "",
        "busy_count": found.busy_times.count() if found else 0,
        "trail": trail(),
    }
    return render(request, "coaching/own_calendar.html", context)
