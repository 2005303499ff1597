"""Addresses of learning sessions, kits, resources and certificates."""

from __future__ import annotations

from typing import Any

from cohorts.services.certificates import make_paper, order_paper
from cohorts.services.sessions.templates import keep_as_template
from tests.access.roles import EVERYONE, LEADS, LEADS_AND_FACILITATORS, MEMBERS, SIGNED_IN, policy
from tests.access.routes.route import Route, of_cohort, of_district, of_year
from tests.cast import Cast
from tests.cohorts.sessions.builders import (
    certificate_of,
    first_session,
    kit_of,
    resource_of,
    running_session,
)

# Whoever facilitates or leads the cohort; configuring it alone gives no session to look back on.
LOOKS_BACK = policy(403, facilitator=200, lead=200)
POST_ONLY = policy(405, outside=405)
# A district's library: everybody on its roll, and who configures it.
DISTRICT = policy(200)


def of_session(cast: Cast) -> dict[str, Any]:
    return {"pk": first_session(cast).pk}


def of_running(cast: Cast) -> dict[str, Any]:
    return {"pk": running_session(cast).pk}


def of_item(cast: Cast) -> dict[str, Any]:
    session = first_session(cast)
    return {"pk": session.pk, "item_id": session.items.get(title="Norms").pk}


def of_guard(cast: Cast) -> dict[str, Any]:
    return {**of_session(cast), "guard": "many_protocols"}


def of_template(cast: Cast) -> dict[str, Any]:
    session = first_session(cast)
    there = cast.cohort.session_templates.filter(name="Opening").first()
    made = there or keep_as_template(by=cast.lead, session=session, name="Opening", shared=True)
    return {"pk": made.pk}


def of_member(cast: Cast) -> dict[str, Any]:
    return {**of_session(cast), "member_id": cast.members["participant"].pk}


def of_kit(cast: Cast) -> dict[str, Any]:
    return {"pk": kit_of(cast).pk}


def of_shipped_kit(cast: Cast) -> dict[str, Any]:
    return {**of_district(cast), "slug": "time"}


def of_resource(cast: Cast) -> dict[str, Any]:
    return {"pk": resource_of(cast).pk}


def of_certificate(cast: Cast) -> dict[str, Any]:
    return {"pk": certificate_of(cast).pk}


def of_paper(cast: Cast) -> dict[str, Any]:
    return {"pk": order_paper(by=cast.participant, certificate=certificate_of(cast)).pk}


def of_ready_paper(cast: Cast) -> dict[str, Any]:
    found = of_paper(cast)
    make_paper(pk=found["pk"])
    return found


SESSIONS: tuple[Route, ...] = (
    Route("cohorts:session_rules", LEADS, kwargs=of_cohort, takes_post=True),
    Route("cohorts:session_list", MEMBERS, kwargs=of_year),
    Route("cohorts:session_plan", LEADS, kwargs=of_year, takes_post=True),
    Route("cohorts:template_list", LEADS_AND_FACILITATORS, kwargs=of_cohort, view_as="facilitator"),
    Route("cohorts:session_detail", MEMBERS, kwargs=of_session),
    Route("cohorts:session_print", MEMBERS, kwargs=of_session),
    Route("cohorts:session_run", LEADS_AND_FACILITATORS, kwargs=of_running, view_as="facilitator"),
    Route("cohorts:session_move", LEADS, kwargs=of_session, takes_post=True),
    *[
        Route(
            f"cohorts:{name}", LEADS_AND_FACILITATORS, kwargs=kwargs, view_as="facilitator", takes_post=True
        )
        for name, kwargs in (
            ("session_words", of_session),
            ("agenda", of_session),
            ("agenda_item", of_item),
            ("agenda_copy", of_session),
            ("agenda_template", of_session),
            ("session_groups", of_session),
            ("roll", of_session),
            ("roll_entry", of_member),
            ("session_resources", of_session),
            ("template_detail", of_template),
        )
    ],
    *[
        # Forms with one button; who may press them: tests/cohorts/sessions/test_session_pages.py.
        Route(f"cohorts:{name}", POST_ONLY, kwargs=kwargs, is_page=False)
        for name, kwargs in (
            ("agenda_item_move", of_item),
            ("agenda_item_remove", of_item),
            ("agenda_item_restore", of_item),
            ("agenda_aside", of_guard),
            ("agenda_follow", of_guard),
            ("group_seat", of_session),
            ("template_delete", of_template),
            ("look_back_share", of_session),
            ("kit_adopt", of_shipped_kit),
        )
    ],
    Route("cohorts:paper_order", POST_ONLY, is_page=False),
    Route("cohorts:door", LEADS_AND_FACILITATORS, kwargs=of_running, view_as="facilitator"),
    Route("cohorts:arrive", MEMBERS, kwargs=of_running, view_as="participant", takes_post=True),
    Route("cohorts:look_back", LOOKS_BACK, kwargs=of_session, view_as="facilitator", takes_post=True),
    Route("cohorts:kit_list", DISTRICT, kwargs=of_district),
    Route("cohorts:kit_detail", DISTRICT, kwargs=of_kit),
    Route("cohorts:kit_add", LEADS_AND_FACILITATORS, kwargs=of_district, takes_post=True),
    Route("cohorts:kit_edit", LEADS_AND_FACILITATORS, kwargs=of_kit, takes_post=True),
    Route("cohorts:resource_list", DISTRICT, kwargs=of_district),
    Route("cohorts:resource_list", DISTRICT, kwargs=of_district, query="?kind=video&competency=x"),
    Route("cohorts:resource_detail", DISTRICT, kwargs=of_resource),
    Route("cohorts:resource_add", LEADS_AND_FACILITATORS, kwargs=of_district, takes_post=True),
    Route("cohorts:resource_edit", LEADS_AND_FACILITATORS, kwargs=of_resource, takes_post=True),
    Route("cohorts:my_attendance", SIGNED_IN, view_as="participant"),
    # A paper belongs to whoever ordered it.
    Route("cohorts:paper_wait", policy(404, participant=200), kwargs=of_paper, view_as="participant"),
    Route("cohorts:paper_file", policy(404, participant=200), kwargs=of_ready_paper, is_page=False),
    # The holder's own file.
    Route("cohorts:badge", policy(404, participant=200), kwargs=of_certificate, is_page=False),
    Route("cohorts:certificates", LEADS, kwargs=of_year, takes_post=True),
    Route(
        "cohorts:certificate_withdraw",
        policy(404, lead=200, manager=200, operator=200),
        kwargs=of_certificate,
        takes_post=True,
    ),
    # Open to everybody who holds a number, signed in or not.
    Route("cohorts:verify", EVERYONE),
    Route(
        "cohorts:verify",
        EVERYONE,
        query="?number=7KMP-3XQ9-HTRB",
        kwargs=lambda cast: certificate_of(cast) and {},
    ),
)
