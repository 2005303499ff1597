"""Addresses of exit feedback, the year's trend, and steps that come out of a session."""

from __future__ import annotations

from typing import Any

from leaderdev.home.sessions.exit_feedback import open_wave, wave_of
from tests.access.roles import LEADS_AND_FACILITATORS, LEADS_POST, MEMBERS, policy
from tests.access.routes.route import Route, of_year
from tests.access.routes.sessions import of_kit, of_resource
from tests.cast import Cast, make_plan
from tests.cohorts.sessions.builders import running_session


def of_feedback(cast: Cast) -> dict[str, Any]:
    session = running_session(cast)
    if wave_of(session) is None:
        open_wave(session)
    return {"pk": session.pk}


def of_kit_and_plan(cast: Cast) -> dict[str, Any]:
    make_plan(cast)
    return of_kit(cast)


HOME_SESSIONS: tuple[Route, ...] = (
    # Participants answer, those who run the sessions read; a researcher does neither here.
    Route(
        "home:session_feedback",
        policy(200, researcher=403),
        kwargs=of_feedback,
        view_as="facilitator",
        takes_post=True,
    ),
    Route("home:session_trend", LEADS_AND_FACILITATORS, kwargs=of_year, view_as="facilitator"),
    Route("home:kit_step", MEMBERS, kwargs=of_kit_and_plan, view_as="participant", takes_post=True),
    Route("home:kit_views", MEMBERS, kwargs=of_kit, view_as="participant"),
    Route("home:kit_questionnaire", LEADS_POST, kwargs=of_kit, is_page=False, takes_post=True),
    Route("home:resource_step", MEMBERS, kwargs=of_resource, view_as="participant", takes_post=True),
    Route("home:resource_trio", MEMBERS, kwargs=of_resource, view_as="participant", takes_post=True),
)
