"""The sessions to come stand in calendars already: the year was opened weeks ago."""

from __future__ import annotations

from django.utils import timezone

from cohorts.calendar import session_entry
from cohorts.models import LearningSession, ProgramYear
from cohorts.services.sessions.letters import guests_of
from leaderdev.common.calendar_ledger import stamped
from leaderdev.common.models import CalendarGuest, CalendarItem
from leaderdev.home.demo.world import World


def invitations(world: World) -> None:
    """Without this the demo's clock would write to everybody about every session within minutes."""
    if CalendarGuest.objects.filter(item__scope__startswith="sessions-").exists():
        return
    now = timezone.now()
    coming = LearningSession.objects.filter(program_year__state=ProgramYear.State.OPEN, starts_at__gt=now)
    sessions = list(coming.select_related("host", "program_year__cohort__district"))
    stamped([session_entry(session) for session in sessions], now=now)
    items = CalendarItem.objects.in_bulk([f"session-{row.pk}" for row in sessions], field_name="key")
    people = {row.program_year.cohort_id: guests_of(row) for row in sessions}
    CalendarGuest.objects.bulk_create(
        [
            CalendarGuest(
                item=(item := items[f"session-{session.pk}"]),
                email=guest.email.strip().lower(),
                name=guest.name,
                zone=guest.zone,
                language=guest.language,
                sequence=item.sequence,
                messages=1,
            )
            for session in sessions
            for guest in people[session.program_year.cohort_id]
        ],
        ignore_conflicts=True,
    )
