"""Addresses of peer coaching."""

from __future__ import annotations

from typing import Any

from coaching.models import CoachingSeries
from tests.access.roles import LEADS, SIGNED_IN, policy
from tests.access.routes.route import Route, of_year
from tests.cast import YEAR_END, Cast
from tests.coaching.meetings import (
    make_budget,
    make_conversation,
    make_entry,
    make_meeting,
    make_proposed,
    make_request,
    make_space,
    make_visit,
    make_whole_talk,
)

# A trio's talks: nobody but its members learns that they are there, leads and operators included.
TRIO = policy(404, participant=200, mate=200)
NOBODY_GETS = policy(405, outside=405)


def of_trio(cast: Cast) -> dict[str, Any]:
    make_space(cast)
    return {"pk": cast.trio.pk}


def of_full_trio(cast: Cast) -> dict[str, Any]:
    make_whole_talk(cast)
    make_meeting(cast, number=2)
    make_proposed(cast)
    make_conversation(cast)
    return {"pk": cast.trio.pk}


def of_meeting(cast: Cast) -> dict[str, Any]:
    make_whole_talk(cast)
    return {"pk": make_meeting(cast, number=2).pk}


def of_held(cast: Cast) -> dict[str, Any]:
    return {"pk": make_whole_talk(cast).pk}


def of_visit(cast: Cast) -> dict[str, Any]:
    return {"pk": make_visit(cast).pk}


def of_proposed(cast: Cast) -> dict[str, Any]:
    return {"pk": make_proposed(cast).pk}


def of_proposal(cast: Cast) -> dict[str, Any]:
    meeting = make_proposed(cast)
    return {"pk": meeting.pk, "proposal_id": meeting.times.get().pk}


def of_series(cast: Cast) -> dict[str, Any]:
    found = CoachingSeries.objects.create(
        trio=cast.trio,
        week=1,
        weekday=3,
        at="15:30",
        minutes=60,
        until=YEAR_END,
        organizer=cast.members["participant"],
    )
    meeting = make_proposed(cast)
    meeting.series, meeting.series_day = found, meeting.times.get().starts_at.date()
    meeting.save()
    return {"pk": found.pk}


def of_material(cast: Cast) -> dict[str, Any]:
    make_space(cast)
    return {"pk": cast.trio.pk, "material_id": cast.trio.materials.get().pk}


def of_promise(cast: Cast) -> dict[str, Any]:
    return {"pk": make_whole_talk(cast).promises.get().pk}


def of_entry(cast: Cast) -> dict[str, Any]:
    return {"pk": make_whole_talk(cast).journal.get().pk}


def of_request(cast: Cast) -> dict[str, Any]:
    make_budget(cast)
    return {"pk": make_request(cast).pk}


def of_led_request(cast: Cast) -> dict[str, Any]:
    return {**of_year(cast), **of_request(cast)}


def of_led_year(cast: Cast) -> dict[str, Any]:
    """With a held talk, a request that waits and an offer of a conversation."""
    make_whole_talk(cast)
    make_conversation(cast)
    of_request(cast)
    return of_year(cast)


def of_conversation(cast: Cast) -> dict[str, Any]:
    make_entry(cast, make_meeting(cast, state="held"), released_for_conversation_at="2026-11-04T10:00Z")
    return {"pk": make_conversation(cast).pk}


COACHING: tuple[Route, ...] = (
    # Whoever has one trio is led to it.
    Route("coaching:my_trio", policy(200, outside=200, participant=302, mate=302), view_as="bystander"),
    Route("coaching:my_trio", SIGNED_IN, query="?all=1", view_as="participant"),
    Route("coaching:trio", TRIO, kwargs=of_full_trio, view_as="participant"),
    *[
        Route(f"coaching:{name}", TRIO, kwargs=kwargs, view_as="participant", takes_post=True)
        for name, kwargs in (
            ("norms", of_trio),
            ("material_add", of_trio),
            ("propose", of_trio),
            ("series_new", of_trio),
            ("log_new", of_trio),
            ("times", of_proposed),
            ("more_times", of_proposed),
            ("move", of_meeting),
            ("series", of_series),
            ("prepare", of_meeting),
            ("log", of_meeting),
            ("blocks", of_visit),
            ("observe", of_visit),
            ("release_ask", of_visit),
            ("journal_write", of_held),
        )
    ],
    Route("coaching:propose", TRIO, kwargs=of_trio, query="?kind=visit", view_as="participant"),
    Route("coaching:call_off", TRIO, kwargs=of_meeting, view_as="participant"),
    Route("coaching:meeting", TRIO, kwargs=of_meeting, view_as="participant"),
    Route("coaching:meeting", TRIO, kwargs=of_held, view_as="participant"),
    Route("coaching:meeting", TRIO, kwargs=of_visit, view_as="mate"),
    Route(
        "coaching:autosave",
        policy(404, door=401, participant=200, mate=200),
        kwargs=of_meeting,
        is_page=False,
        takes_post=True,
    ),
    Route("coaching:journal", SIGNED_IN, view_as="participant"),
    Route(
        "coaching:conversation",
        policy(404, participant=200, lead=200),
        kwargs=of_conversation,
        view_as="participant",
    ),
    *[
        # Forms with one button; who may press them: tests/coaching/test_meeting_pages.py.
        Route(f"coaching:{name}", NOBODY_GETS, kwargs=kwargs, is_page=False)
        for name, kwargs in (
            ("norms_agree", of_trio),
            ("material_remove", of_material),
            ("promise_settle", of_promise),
            ("settle", of_proposal),
            ("journal_skip", of_held),
            ("journal_release", of_entry),
            ("conversation_respond", of_conversation),
            ("conversation_held", of_conversation),
            ("release_withdraw", of_request),
            ("release_approve", of_led_request),
        )
    ],
    Route("coaching:standing", LEADS, kwargs=of_led_year),
    Route("coaching:settings", LEADS, kwargs=of_year, takes_post=True),
    Route("coaching:release", LEADS, kwargs=of_led_year),
    Route("coaching:release_budget", LEADS, kwargs=of_year, takes_post=True),
    Route("coaching:release_decline", LEADS, kwargs=of_led_request, takes_post=True),
    Route("coaching:release_csv", LEADS, kwargs=of_led_year, is_page=False),
)
