"""Who asks, and what each kind of page answers them.

A policy maps every role to the status of a GET. Refusals differ on purpose: a stranger gets 404 and
learns nothing, an insider without the right gets 403, somebody not signed in is sent to the door.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tests.cast import Cast

ROLES = (
    "anonymous",
    "participant",
    "mate",
    "bystander",
    "facilitator",
    "researcher",
    "lead",
    "manager",
    "operator",
    "disabled",
    "stranger",
    "other_lead",
)
OUTSIDE = ("stranger", "other_lead")
DOOR = ("anonymous", "disabled")
Policy = Mapping[str, int]


def person(role: str, cast: Cast, other: Cast):
    """The user who plays a role; None for somebody who is not signed in."""
    if role == "anonymous":
        return None
    if role == "other_lead":
        return other.lead
    return getattr(cast, role)


def policy(inside: int, *, outside: int = 404, door: int = 302, **exceptions: int) -> Policy:
    """`inside` for everyone of the cohort, `outside` for strangers, `door` for those not signed in."""
    answer = dict.fromkeys(ROLES, inside)
    answer.update(dict.fromkeys(OUTSIDE, outside))
    answer.update(dict.fromkeys(DOOR, door))
    answer.update(exceptions)
    return MappingProxyType(answer)


EVERYONE = policy(200, outside=200, door=200)
SIGNED_IN = policy(200, outside=200)
MEMBERS = policy(200)
LEADS = policy(403, lead=200, manager=200, operator=200)
# Only a form: a link to it is answered "method not allowed" to those who may.
LEADS_POST = policy(403, lead=405, manager=405, operator=405)
LEADS_AND_FACILITATORS = policy(403, lead=200, manager=200, operator=200, facilitator=200)
PARTICIPANTS = policy(403, participant=200, mate=200, bystander=200)
# A shared plan: nobody but its readers learns that it is there, operators included.
PLAN_READERS = policy(404, participant=200, mate=200)
PLAN_AUTHOR = policy(404, participant=200, mate=403)
# A page without an object of its own: everyone who configures some district sees theirs.
CONFIGURERS = policy(403, outside=403, lead=200, manager=200, operator=200, other_lead=200)
NOBODY = policy(404, outside=404, door=404)
