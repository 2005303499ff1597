"""What a program lead does about coaching: see how it stands, and decide about release time."""

from __future__ import annotations

import csv
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coaching.forms.coaching_settings import CoachingSettingsForm
from coaching.forms.visit import BudgetForm, DeclineForm
from coaching.models import CoachingSession, LeadConversation, ReleaseBudget, ReleaseRequest, settings_of
from coaching.services import release_time
from coaching.services.coaching_settings import set_coaching
from coaching.services.release_time import OverBudgetError
from coaching.services.standing import standing_of_year
from coaching.views.loading_trio import load_led_request, load_led_year
from cohorts.models import Leader, Membership, ProgramYear
from cohorts.services.errors import RefusedError
from leaderdev.common.dates import today_in

COLUMNS = ("employee_number", "name", "school", "date", "portion", "days", "cost", "cost_code")


@login_required
@require_safe
def standing(request: HttpRequest, slug: str, year: str) -> HttpResponse:
    found = load_led_year(request.user, slug, year)
    words = dict(CoachingSession.State.choices)
    result = standing_of_year(found)
    for row in result.trios:
        row.dates = [
            {"at": one.starts_at, "word": words[one.state], "visit": one.visit} for one in row.appointments
        ]
    leads = Membership.objects.of_person(request.user).leads().current().filter(cohort=found.cohort).exists()
    context = {
        "year": found,
        "standing": result,
        "stats": [
            {"value": result.held, "label": _("rounds held")},
            {"value": result.visits, "label": _("site visits among them")},
            {"value": result.missed, "label": _("appointments that did not come about")},
        ],
        "zone": found.cohort.district.time_zone,
        "conversations": list(_conversations(found)) if leads else [],
        "leads": leads,
        "asked": ReleaseRequest.objects.of_year(found).waiting().count(),
        "trail": _trail(found),
    }
    return render(request, "coaching/standing.html", context)


def _conversations(year: ProgramYear) -> Any:
    rows = LeadConversation.objects.filter(program_year=year).exclude(state=LeadConversation.State.DECLINED)
    return rows.select_related("membership__leader__user")


@login_required
@require_safe
def release(request: HttpRequest, slug: str, year: str) -> HttpResponse:
    found = load_led_year(request.user, slug, year)
    budget = ReleaseBudget.objects.filter(program_year=found).first()
    rows = _rows(found).filter(state__in=["approved", "declined"])
    context = {
        "year": found,
        "budget": budget,
        "ledger": release_time.ledger_of(found, budget) if budget else None,
        "asked": list(_rows(found).waiting()),
        "decided": list(rows),
        "zone": found.cohort.district.time_zone,
        "trail": _trail(found),
    }
    for row in context["asked"]:
        row.price = budget.cost_of(row.portion) if budget else None
        row.fits = bool(budget) and context["ledger"].holds(row.length, row.price)
    return render(request, "coaching/release.html", context)


def _rows(year: ProgramYear) -> Any:
    joined = ("coaching_session__trio", "seat__membership__leader__user")
    return ReleaseRequest.objects.of_year(year).select_related(*joined)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def budget(request: HttpRequest, slug: str, year: str) -> HttpResponse:
    found = load_led_year(request.user, slug, year)
    there = ReleaseBudget.objects.filter(program_year=found).first()
    form = BudgetForm(request.POST if request.method == "POST" else None, instance=there)
    if request.method == "POST" and form.is_valid():
        try:
            release_time.set_budget(by=request.user, year=found, values=form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The budget of the year is kept."))
            return redirect("coaching:release", slug=slug, year=year)
    context = {"form": form, "year": found, "trail": _trail(found)}
    return render(request, "coaching/budget.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def coaching_settings(request: HttpRequest, slug: str, year: str) -> HttpResponse:
    found = load_led_year(request.user, slug, year)
    kept = settings_of(found)
    form = CoachingSettingsForm(request.POST if request.method == "POST" else None, instance=kept)
    if request.method == "POST" and form.is_valid():
        try:
            set_coaching(by=request.user, year=found, values=form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept. The trios’ pages count with it from now on."))
            return redirect("coaching:standing", slug=slug, year=year)
    context = {"form": form, "year": found, "trail": _trail(found)}
    return render(request, "coaching/settings.html", context)


@login_required
@require_POST
def release_approve(request: HttpRequest, slug: str, year: str, pk: int) -> HttpResponse:
    found = load_led_year(request.user, slug, year)
    wanted = load_led_request(request.user, found, pk)
    try:
        over = request.POST.get("over_budget") == "yes"
        release_time.approve(by=request.user, request=wanted, over_budget=over)
    except OverBudgetError as refusal:
        messages.warning(request, str(refusal))
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Approved."))
    return redirect("coaching:release", slug=slug, year=year)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def release_decline(request: HttpRequest, slug: str, year: str, pk: int) -> HttpResponse:
    found = load_led_year(request.user, slug, year)
    wanted = load_led_request(request.user, found, pk)
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            release_time.decline(by=request.user, request=wanted, reason=form.cleaned_data["reason"])
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Declined; the person sees why."))
            return redirect("coaching:release", slug=slug, year=year)
    context = {"form": form, "year": found, "wanted": wanted, "trail": _trail(found)}
    return render(request, "coaching/release_decline.html", context)


@login_required
@require_safe
def release_csv(request: HttpRequest, slug: str, year: str) -> HttpResponse:
    """Approved release time, one line a person and visit, for the absence system."""
    found = load_led_year(request.user, slug, year)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="release-{found.cohort.slug}-{found.slug}.csv"'
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    zone = found.cohort.district.time_zone
    # People and posts of all lines in three queries, not one for each line.
    people = Prefetch("seat__membership__leader", queryset=Leader.objects.with_post())
    for row in release_time.counted(found).select_related("coaching_session").prefetch_related(people):
        leader = row.seat.membership.leader
        post = leader.current_post
        writer.writerow(
            [
                _safe(leader.employee_number),
                _safe(leader.user.get_full_name()),
                _safe(post.school.code if post else ""),
                today_in(zone, row.coaching_session.starts_at).isoformat(),
                row.portion,
                row.days,
                row.cost,
                _safe(row.cost_code),
            ]
        )
    return response


def _safe(text: str) -> str:
    """A cell that a spreadsheet program does not run."""
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text


def _trail(year: ProgramYear) -> list[dict[str, str]]:
    return [
        {"label": year.cohort.name, "url": year.cohort.get_absolute_url()},
        {"label": year.label, "url": year.get_absolute_url()},
    ]
