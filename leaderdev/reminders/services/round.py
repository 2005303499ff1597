"""One round: find, then send. A round by hand, from cron or from the clock is the same round."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from leaderdev.reminders.kinds import FOUND
from leaderdev.reminders.kinds.base import Kind
from leaderdev.reminders.services.finding import find_due
from leaderdev.reminders.services.sending import Tally, deliver_due


def one_round(kinds: Sequence[Kind] = FOUND) -> Tally:
    """Find who is due now and send what is due. Two rounds at once share the work."""
    find_due(now=timezone.now(), kinds=kinds)
    return deliver_due()
