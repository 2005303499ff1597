"""The start page: what do I do next?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cohorts.models import Membership
from cohorts.standing import Standing, standing_of
from leaderdev.home.sources import tasks_for


def start(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return render(request, "home/welcome.html")
    standing = standing_of(request.user)
    context = {
        "standing": standing,
        "tasks": tasks_for(request.user, timezone.now()),
        "sessions": standing.coming_up,
        "trios": standing.trios,
        "choices": list(standing.choices.values()) and _choices(standing),
        "led_years": [year for year in standing.years if standing.configures(year.cohort.district_id)],
        "helped_years": [year for _, year in standing.in_role(Membership.Role.FACILITATOR)],
        "studied_years": [year for _, year in standing.in_role(Membership.Role.RESEARCHER)],
    }
    return render(request, "home/start.html", context)


def _choices(standing: Standing) -> list[dict]:
    """The person's focus of each open year, with the year it belongs to."""
    mine = standing.in_role(Membership.Role.PARTICIPANT)
    pairs = [(year, standing.choices.get((member.pk, year.pk))) for member, year in mine]
    return [{"year": year, "choice": choice} for year, choice in pairs if choice is not None]
