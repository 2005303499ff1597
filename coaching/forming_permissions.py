"""Every permission about forming trios, each with a sentence that a director can read."""

from __future__ import annotations

from typing import Any

from coaching.models import TrioProposal
from cohorts.models import Membership, ProgramYear
from cohorts.permissions import may_configure_year


def may_form_trios(user: Any, year: ProgramYear) -> bool:
    """Those who configure a year form trios and publish them; nobody else sees a proposal."""
    return may_configure_year(user, year)


def may_change_proposal(user: Any, proposal: TrioProposal) -> bool:
    """Those who form trios may change a proposal that is ready and not published, until the year closes."""
    return (
        proposal.is_ready
        and not proposal.program_year.is_closed
        and may_form_trios(user, proposal.program_year)
    )


def may_wish(user: Any, membership: Membership, year: ProgramYear) -> bool:
    """A participant says for herself what she wishes for her trio, until the year closes."""
    return (
        membership.leader.user_id == user.pk
        and membership.role == Membership.Role.PARTICIPANT
        and membership.left_on is None
        and membership.cohort_id == year.cohort_id
        and not year.is_closed
    )
