"""Mail that waits for somebody whose address changes meanwhile."""

from __future__ import annotations

from leaderdev.common.models import OutgoingMail

_WAITS = (OutgoingMail.State.QUEUED, OutgoingMail.State.GATHERED)


def follow_person(*, old: str, new: str) -> int:
    """What waits for the old address goes to the new one, also what a daily mail will gather; how many.

    Two things stay with the old mailbox: a text that opens a door was written for that mailbox alone (and
    warnings about the change belong there), and an entry for calendars names its guest, who is told anew.
    """
    waiting = OutgoingMail.objects.filter(to_address=old.strip().lower(), state__in=_WAITS)
    return waiting.filter(secret=False, calendar="").update(to_address=new.strip().lower())
