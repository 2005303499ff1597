"""Addresses of districts, standards, cohorts, selections and rosters."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from cohorts.models import RosterImport
from cohorts.services import roster
from tests.access.roles import (
    LEADS,
    LEADS_AND_FACILITATORS,
    LEADS_POST,
    MEMBERS,
    PARTICIPANTS,
    SIGNED_IN,
    policy,
)
from tests.access.routes.route import Route, of_cohort, of_district, of_year
from tests.cast import Cast


def of_standard(cast: Cast) -> dict[str, Any]:
    return {"district": cast.district.slug, "slug": cast.standard.slug}


def of_export(cast: Cast) -> dict[str, Any]:
    return {**of_standard(cast), "form": "case-1-1"}


def of_competency(cast: Cast) -> dict[str, Any]:
    return {"pk": cast.standard.nodes.competencies().order_by("pk")[0].pk}


def of_template(cast: Cast) -> dict[str, Any]:
    return {**of_district(cast), "kind": "csv"}


def of_waiting_roster(cast: Cast) -> dict[str, Any]:
    """An upload that waits: somebody new, somebody moved, everybody else absent."""
    data = (
        "E-mail,Name,School\r\nnew@example.ca,New Person,101\r\n"
        f"{cast.participant.email},{cast.participant.name},102\r\n"
    ).encode()
    waiting = roster.start_import(by=None, district=cast.district, file_name="roster.csv", data=data)
    return {**of_district(cast), "pk": waiting.pk}


def of_finished_roster(cast: Cast) -> dict[str, Any]:
    done = RosterImport.objects.create(
        district=cast.district,
        file_name="roster.csv",
        state=RosterImport.State.DONE,
        finished_at=timezone.now(),
        counts={"new": 2, "moved": 1, "changed": 0, "unchanged": 3, "absent": 0, "deactivated": 0},
    )
    return {**of_district(cast), "pk": done.pk}


COHORTS: tuple[Route, ...] = (
    Route("cohorts:cohort_list", SIGNED_IN),
    Route("cohorts:cohort_detail", MEMBERS, kwargs=of_cohort),
    Route("cohorts:directory", MEMBERS, kwargs=of_cohort),
    Route("cohorts:former_members", LEADS, kwargs=of_cohort),
    Route("cohorts:year_detail", MEMBERS, kwargs=of_year),
    Route("cohorts:focus", PARTICIPANTS, kwargs=of_year, view_as="participant", takes_post=True),
    Route("cohorts:focus_change", PARTICIPANTS, kwargs=of_year, view_as="participant", takes_post=True),
    Route("cohorts:selections", LEADS_AND_FACILITATORS, kwargs=of_year),
    Route(
        "cohorts:selections_remind",
        LEADS_POST,
        kwargs=of_year,
        is_page=False,
        takes_post=True,
    ),
    Route("cohorts:selections_export", LEADS_AND_FACILITATORS, kwargs=of_year, is_page=False),
    Route("cohorts:year_setup", LEADS, kwargs=of_year),
    Route("cohorts:year_close", LEADS, kwargs=of_year, takes_post=True),
    Route("cohorts:year_invite", LEADS, kwargs=of_year, takes_post=True),
    Route("cohorts:year_open", LEADS_POST, kwargs=of_year, is_page=False, takes_post=True),
    Route("cohorts:year_reopen", LEADS_POST, kwargs=of_year, is_page=False, takes_post=True),
    Route("cohorts:year_copy", LEADS_POST, kwargs=of_year, is_page=False, takes_post=True),
    Route("cohorts:standard_list", policy(200, stranger=404, other_lead=200)),
    Route("cohorts:standard_library", LEADS, kwargs=of_district, takes_post=True),
    Route("cohorts:standard_import", LEADS, kwargs=of_district, takes_post=True),
    # Without an upload there is nothing to check; the page itself: tests/cohorts/test_standard_pages.py.
    Route(
        "cohorts:standard_import_check",
        policy(403, lead=302, manager=302, operator=302),
        kwargs=of_district,
        is_page=False,
    ),
    Route("cohorts:standard_detail", MEMBERS, kwargs=of_standard),
    Route("cohorts:standard_export", MEMBERS, kwargs=of_export, is_page=False),
    Route("cohorts:competency_detail", MEMBERS, kwargs=of_competency),
    Route("cohorts:competency_words", LEADS, kwargs=of_competency, takes_post=True),
    Route(
        "cohorts:roster",
        policy(403, lead=302, manager=302, operator=200, other_lead=302),
        view_as="operator",
    ),
    Route("cohorts:roster_start", LEADS, kwargs=of_district, view_as="manager", takes_post=True),
    Route("cohorts:roster_template", LEADS, kwargs=of_template, is_page=False),
    Route("cohorts:roster_preview", LEADS, kwargs=of_waiting_roster, view_as="manager", takes_post=True),
    Route(
        "cohorts:roster_preview",
        LEADS,
        kwargs=of_waiting_roster,
        query="?show=new",
        view_as="manager",
    ),
    Route("cohorts:roster_columns", LEADS, kwargs=of_waiting_roster, view_as="manager", takes_post=True),
    Route(
        "cohorts:roster_cancel",
        policy(405, outside=405),
        kwargs=of_waiting_roster,
        is_page=False,
        notes="who may: tests/cohorts/test_roster_pages.py",
    ),
    Route("cohorts:roster_rejected", LEADS, kwargs=of_waiting_roster, is_page=False),
    Route("cohorts:roster_result", LEADS, kwargs=of_finished_roster, view_as="manager"),
)
