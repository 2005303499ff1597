"""Site visits: whose turn it is to host, the parts of the visit, and what the guests saw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from coaching.models import CoachingSession, Observation, VisitBlock, circle_of
from coaching.permissions import may_read_observation
from coaching.services.loading import locked_meeting
from cohorts.models import Trio, TrioSeat
from cohorts.services.errors import RefusedError

MOST_BLOCKS = 8
LONGEST_BLOCK = 480


@dataclass(frozen=True)
class Block:
    title: str
    minutes: int


def usual_blocks() -> list[Block]:
    """Framing, observing and debriefing, and the talk: what the studied visits had."""
    return [
        Block(_("Framing: the host says what to look at, and why"), 30),
        Block(_("Observing and debriefing"), 90),
        Block(_("Coaching talk"), 60),
    ]


def add_usual_blocks(meeting: CoachingSession) -> None:
    _write(meeting, usual_blocks())


def hosts_of_visits(trio: Trio) -> list[int]:
    """The host's seat of each visit that took place or is planned, also of a host who has left."""
    visits = CoachingSession.objects.filter(trio=trio, kind=CoachingSession.Kind.VISIT)
    gone = [CoachingSession.State.CANCELLED, CoachingSession.State.NOT_HELD]
    return list(visits.exclude(state__in=gone).values_list("host_id", flat=True))


def hosts_so_far(trio: Trio) -> dict[int, int]:
    """Seat → visits hosted or still planned, for those who sit in the trio now."""
    hosted = Counter(hosts_of_visits(trio))
    return {seat.pk: hosted[seat.pk] for seat in circle_of(trio)}


def next_host(trio: Trio) -> TrioSeat | None:
    """Whoever has hosted least, in the order of the seats; so each hosts once before anybody hosts twice."""
    counts = hosts_so_far(trio)
    return min(circle_of(trio), key=lambda seat: counts[seat.pk], default=None)


@transaction.atomic
def arrange(*, by: Any, meeting: CoachingSession, blocks: Sequence[Block]) -> None:
    """Put down the parts of a visit in their order; those without a title are left out."""
    meeting, _seat = locked_meeting(by=by, meeting=meeting)
    if not meeting.is_visit:
        raise RefusedError(_("Only a site visit has parts."))
    kept = [block for block in blocks if block.title.strip()]
    if not kept or len(kept) > MOST_BLOCKS:
        raise RefusedError(_("A visit has between one and eight parts."))
    if any(not 0 < block.minutes <= LONGEST_BLOCK for block in kept):
        raise RefusedError(_("Each part takes between one minute and eight hours."))
    meeting.blocks.all().delete()
    _write(meeting, kept)


@transaction.atomic
def observe(*, by: Any, meeting: CoachingSession, claim: str, evidence: str, meaning: str) -> Observation:
    """Write down what was seen, for the host. Claim and evidence go together. Raises RefusedError."""
    meeting, seat = locked_meeting(by=by, meeting=meeting)
    if not meeting.is_visit or meeting.host_id == seat.pk:
        raise RefusedError(_("Guests of a site visit write observations, for their host."))
    if not claim.strip() or not evidence.strip():
        raise RefusedError(_("Say what you noticed and what you saw or heard that shows it."))
    return Observation.objects.create(
        coaching_session=meeting,
        seat=seat,
        claim=claim.strip(),
        evidence=evidence.strip(),
        meaning=meaning.strip(),
    )


def observations_for(user: Any, meeting: CoachingSession) -> list[Observation]:
    """What the person reads of a visit: her own observations, and as its host everybody's."""
    rows = list(
        meeting.observations.select_related(
            "seat__membership__leader__user", "coaching_session__host__membership__leader"
        )
    )
    return [row for row in rows if may_read_observation(user, row)]


def _write(meeting: CoachingSession, blocks: Sequence[Block]) -> None:
    VisitBlock.objects.bulk_create(
        VisitBlock(coaching_session=meeting, position=place, title=block.title.strip(), minutes=block.minutes)
        for place, block in enumerate(blocks)
    )
