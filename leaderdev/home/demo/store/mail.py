"""Mail of the demo, written by the services that write real mail; it lands in the mailbox page."""

from __future__ import annotations

from leaderdev.accounts.models import Invitation
from leaderdev.accounts.services.invitations import invite_many
from leaderdev.home.demo.roster import HIRED, LATELY, NEWCOMERS
from leaderdev.home.demo.world import World

COORDINATOR = "rosalind.achtemichuk"


def invitations(world: World) -> None:
    """The program coordinator invites who came lately or is hired; the links work, as real ones do."""
    late = [person for person in (*NEWCOMERS, *HIRED) if person.arrives == LATELY]
    users = [world.leaders[person.key].user for person in late]
    if Invitation.objects.filter(user__in=users).exists():
        return
    invite_many(
        by=world.leaders[COORDINATOR].user,
        users=users,
        reason=f"{world.district.short_name} would like you to be part of it.",
    )
