"""Addresses of forming trios: those who configure the year alone; wishes: the participants alone."""

from __future__ import annotations

from typing import Any

from coaching.services.trio_proposals import copy_proposal
from tests.access.roles import LEADS, LEADS_POST, PARTICIPANTS
from tests.access.routes.route import Route, of_year
from tests.cast import Cast
from tests.coaching.forming import a_proposal


def of_proposal(cast: Cast) -> dict[str, Any]:
    return {**of_year(cast), "number": a_proposal(cast).number}


def of_move(cast: Cast) -> dict[str, Any]:
    return {**of_proposal(cast), "member": cast.members["participant"].pk}


def of_two_proposals(cast: Cast) -> dict[str, Any]:
    first = a_proposal(cast)
    if not first.descendants.exists():
        copy_proposal(by=cast.lead, proposal=first)
    return of_year(cast)


FORMING: tuple[Route, ...] = (
    Route("coaching:forming", LEADS, kwargs=of_two_proposals),
    Route("coaching:forming_rules", LEADS, kwargs=of_year, takes_post=True),
    Route("coaching:forming_repair", LEADS, kwargs=of_year, takes_post=True),
    Route("coaching:forming_travel", LEADS, kwargs=of_year, takes_post=True),
    Route("coaching:forming_compare", LEADS, kwargs=of_two_proposals),
    Route("coaching:proposal", LEADS, kwargs=of_proposal),
    Route("coaching:proposal_step", LEADS_POST, kwargs=of_proposal, is_page=False, takes_post=True),
    Route("coaching:proposal_move", LEADS, kwargs=of_move, takes_post=True),
    Route("coaching:proposal_publish", LEADS, kwargs=of_proposal, takes_post=True),
    Route("coaching:trio_wishes", PARTICIPANTS, kwargs=of_year, view_as="participant", takes_post=True),
)
