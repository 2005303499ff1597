"""Notes, question and look-fors of a meeting, saved while somebody types; none overwrites a newer one."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.models import CoachingSession, Preparation
from coaching.services.loading import locked_meeting
from coaching.talking import goals_of
from cohorts.services.errors import RefusedError
from growthplans.services.editing import Conflict, Saved

FIELDS = ("notes", "host_question", "look_fors")
LONGEST = 50_000


@transaction.atomic
def save_note(*, by: Any, meeting: CoachingSession, field: str, text: str, version: int) -> Saved | Conflict:
    """Save one text of the meeting. What stands there already is acknowledged whatever the version."""
    meeting, seat = locked_meeting(by=by, meeting=meeting)
    if field not in FIELDS:
        raise RefusedError(_("There is no such box on this page. Reload it."))
    if field != "notes" and meeting.host_id != seat.pk:
        raise RefusedError(_("The host of the visit writes the question and what to look for."))
    text = text.replace("\x00", "").replace("\r\n", "\n")
    if len(text) > LONGEST:
        raise RefusedError(_("This is longer than the box holds: 50,000 letters."))
    current = getattr(meeting, field)
    if text == current:
        return Saved(version=meeting.version, at=timezone.now())
    if meeting.version != version:
        return Conflict(version=meeting.version, current={field: current})
    setattr(meeting, field, text)
    meeting.version += 1
    meeting.save(update_fields=[field, "version"])
    return Saved(version=meeting.version, at=timezone.now())


@transaction.atomic
def prepare(*, by: Any, meeting: CoachingSession, question: str, goals: list[int]) -> Preparation:
    """Say which of one's own goals one brings, and one's question; the trio sees it. Raises RefusedError."""
    meeting, seat = locked_meeting(by=by, meeting=meeting)
    mine = {goal.pk for goal in goals_of(meeting.trio) if goal.plan.membership_id == seat.membership_id}
    if set(goals) - mine:
        raise RefusedError(_("Choose from the goals of your own shared plan."))
    found, _created = Preparation.objects.update_or_create(
        coaching_session=meeting, seat=seat, defaults={"question": question.strip()}
    )
    found.goals.set(goals)
    return found
