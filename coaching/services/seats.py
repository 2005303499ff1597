"""Seats that were left or taken since: calendars of planned meetings follow. Trios change below this app."""

from __future__ import annotations

import datetime

from coaching.models import CoachingSession
from coaching.services import invitations


def follow_seats(*, now: datetime.datetime) -> int:
    """Tell whoever left a trio that its planned meetings are off for her, and invite who came.

    The ledger knows who was told, so that this may run as often as it likes; how many mails were queued.
    """
    joined = ("trio__program_year__cohort__district", "host__membership__leader")
    ahead = CoachingSession.objects.planned().filter(ends_at__gt=now).select_related(*joined)
    return sum(invitations.invite(meeting, by=None) for meeting in ahead.order_by("pk"))
