"""Where each line of the checklist is mended."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import ProgramYear


@dataclass(frozen=True)
class Mend:
    label: str
    url: str


def mend(key: str, year: ProgramYear) -> Mend:
    """The page on which the district leader changes what the line speaks of."""
    return Mend(_labels()[key], _urls(year)[key])


def _labels() -> dict[str, str]:
    return {
        "participants": _("Add participants"),
        "school": _("See who"),
        "lead": _("Name a program lead"),
        "offered": _("Choose what is offered"),
        "window": _("Set the days"),
        "calendar": _("Choose a calendar"),
        "sessions": _("Plan sessions"),
        "session_days": _("See the sessions"),
        "invited": _("Invite them"),
        "supervisor": _("See who"),
        "places": _("See the schools"),
        "norms": _("Write norms"),
        "other_year": _("See the cohort’s years"),
    }


def _urls(year: ProgramYear) -> dict[str, str]:
    change_year = reverse("admin:cohorts_programyear_change", args=[year.pk])
    change_cohort = reverse("admin:cohorts_cohort_change", args=[year.cohort_id])
    add_members = reverse("admin:cohorts_cohort_add_members", args=[year.cohort_id])
    # The lines speak of participants; a facilitator from the central office needs no school.
    leaders = reverse("admin:cohorts_leader_changelist") + f"?cohort={year.cohort_id}&part=participant"
    calendar = (
        reverse("admin:cohorts_schoolcalendar_change", args=[year.calendar_id])
        if year.calendar_id
        else f"{change_year}#id_calendar"
    )
    return {
        "participants": add_members,
        "school": f"{leaders}&post=none",
        "lead": f"{add_members}?as=lead",
        "offered": f"{change_year}#id_offered",
        "window": f"{change_year}#id_selection_opens_on",
        "calendar": calendar,
        "sessions": f"{change_year}#learning_sessions-group",
        "session_days": f"{change_year}#learning_sessions-group",
        "invited": reverse("cohorts:year_invite", args=[year.cohort.slug, year.slug]),
        "supervisor": f"{leaders}&supervisor=none",
        "places": reverse("admin:cohorts_school_changelist") + "?place=none",
        "norms": f"{change_cohort}#norms-group",
        "other_year": f"{change_cohort}#years-group",
    }
