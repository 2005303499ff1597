"""The trio under its lock, for somebody who sits in it: whatever changes in one trio waits for its turn."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from coaching.models import CoachingSession
from coaching.permissions import seat_of
from cohorts.models import Trio, TrioSeat
from cohorts.services.errors import RefusedError


def locked(*, by: Any, trio: Trio) -> TrioSeat:
    """The person's seat, with its trio locked. Raises RefusedError when she sits in it no more."""
    Trio.objects.select_for_update().get(pk=trio.pk)
    seat = seat_of(by, trio)
    if seat is None:
        raise RefusedError(_("You no longer sit in this trio."))
    return seat


def locked_meeting(*, by: Any, meeting: CoachingSession) -> tuple[CoachingSession, TrioSeat]:
    """The meeting as it stands now, and the person's seat, with their trio locked."""
    seat = locked(by=by, trio=meeting.trio)
    joined = ("trio__program_year__cohort__district", "trio__program_year__calendar")
    return CoachingSession.objects.select_related(*joined).get(pk=meeting.pk), seat
