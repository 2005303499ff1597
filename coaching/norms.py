"""What a trio's norms can begin with, and who has agreed to what stands there now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from coaching.models import NormAgreement, TrioSpace, circle_of
from cohorts.models import Trio, TrioSeat

STARTERS = (
    _("What is said here stays here, also towards our supervisors."),
    _("We begin and end on time, and phones stay in the bag."),
    _("We ask before we advise: a question first, an idea only when it is wanted."),
    _("Everybody coaches and everybody is coached, each time."),
    _("We talk about the plan of the person whose turn it is, not about our own school."),
    _("We begin with what was promised last time."),
    _("Whoever cannot come says so early and proposes another time."),
    _("We say what we saw before we say what we think of it."),
)


@dataclass(frozen=True)
class Agreement:
    """One member and whether she has agreed to this wording within this circle."""

    seat: TrioSeat
    agreed: bool

    @property
    def user(self) -> Any:
        return self.seat.membership.leader.user


def circle_key(trio: Trio) -> str:
    """Who sits in the trio now, as one comparable text."""
    return ",".join(str(seat.pk) for seat in circle_of(trio))


def agreements(trio: Trio, space: TrioSpace | None) -> list[Agreement]:
    """Each member in order of the seats; nobody has agreed to norms that are not written."""
    current: set[int] = set()
    if space is not None and space.norm_list:
        rows = NormAgreement.objects.filter(space=space, version=space.version, circle=circle_key(trio))
        current = set(rows.values_list("membership_id", flat=True))
    return [Agreement(seat, seat.membership_id in current) for seat in circle_of(trio)]
