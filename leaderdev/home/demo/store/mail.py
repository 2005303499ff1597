"""Mail of the demo, written by the services that write real mail; it lands in the mailbox page."""

from __future__ import annotations

from leaderdev.accounts.models import Invitation, User
from leaderdev.accounts.services.invitations import invite_many
from leaderdev.home.demo import program
from leaderdev.home.demo.roster import HIRED, LATELY, NEWCOMERS
from leaderdev.home.demo.world import World, email_of

COORDINATOR = "rosalind.achtemichuk"


def invitations(world: World) -> None:
    """The program coordinator invites who came lately or is hired; the links work, as real ones do."""
    if Invitation.objects.exists():
        return
    late = [email_of(person.key) for person in (*NEWCOMERS, *HIRED) if person.arrives == LATELY]
    invite_many(
        by=User.objects.filter(email=email_of(COORDINATOR)).first(),
        users=User.objects.active().filter(email__in=late).order_by("email"),
        reason=f"{program.SHORT_NAME} would like you to be part of it.",
        # A demo that is opened in the evening shows them too.
        asked=True,
    )
