"""A cohort and its program years, as those who belong to it see them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cohorts.models import Cohort, Membership, ProgramYear
from cohorts.offering import offered_competencies
from cohorts.permissions import may_configure_year, may_see_who_chose
from cohorts.services.selections import phase_of
from cohorts.standing import standing_of
from cohorts.views.loading import current_year, load_cohort, load_year, participation
from cohorts.year_line import year_line


@login_required
@require_safe
def cohort_list(request: HttpRequest) -> HttpResponse:
    belongs = Q(
        memberships__left_on=None,
        memberships__leader__is_active=True,
        memberships__leader__user__is_active=True,
    )
    people = Count("memberships__leader", filter=belongs, distinct=True)
    cohorts = Cohort.objects.visible_to(request.user).select_related("district").annotate(people=people)
    mine = {member.cohort_id: [] for member in standing_of(request.user).memberships}
    for member in standing_of(request.user).memberships:
        mine[member.cohort_id].append(str(member.get_role_display()))
    rows = [{"cohort": cohort, "roles": ", ".join(mine.get(cohort.pk, []))} for cohort in cohorts]
    return render(request, "cohorts/cohort_list.html", {"rows": rows})


@login_required
@require_safe
def cohort_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The cohort's present year; a cohort without one still shows what it is for."""
    cohort = load_cohort(request.user, slug)
    year = current_year(request.user, cohort)
    if year is None:
        return render(request, "cohorts/cohort_without_year.html", {"cohort": cohort})
    return _year_page(request, year)


@login_required
@require_safe
def year_detail(request: HttpRequest, slug: str, year: str) -> HttpResponse:
    return _year_page(request, load_year(request.user, slug, year))


def _year_page(request: HttpRequest, year: ProgramYear) -> HttpResponse:
    now = timezone.now()
    sessions = list(year.learning_sessions.select_related("host").order_by("starts_at"))
    member = participation(request.user, year)
    context = {
        "year": year,
        "cohort": year.cohort,
        "norms": year.cohort.norms.all(),
        "line": year_line(year, sessions, now),
        "offered": offered_competencies(year),
        "upcoming": [session for session in sessions if session.ends_at > now],
        "past": [session for session in sessions if session.ends_at <= now],
        "people": Membership.objects.current()
        .filter(cohort_id=year.cohort_id)
        .values("leader")
        .distinct()
        .count(),
        "trio": _trio(request.user, year),
        "phase": phase_of(year, now).value,
        "takes_part": member is not None,
        "choice": _choice(member, year),
        "configures": may_configure_year(request.user, year),
        "sees_selections": may_see_who_chose(request.user, year),
        "other_years": _others(request.user, year),
    }
    return render(request, "cohorts/year_detail.html", context)


def _trio(user: Any, year: ProgramYear):
    return next((trio for trio in standing_of(user).trios if trio.program_year_id == year.pk), None)


def _choice(member: Membership | None, year: ProgramYear):
    if member is None:
        return None
    return member.selections.current().filter(program_year=year).select_related("competency").first()


def _others(user: Any, year: ProgramYear):
    years = ProgramYear.objects.visible_to(user).filter(cohort_id=year.cohort_id).exclude(pk=year.pk)
    return years.select_related("cohort").order_by("-starts_on")
