"""Telling the cohort that a session has moved: mail with an invitation that calendars file themselves."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from cohorts.calendar import session_entry
from cohorts.models import LearningSession, Membership
from leaderdev.common.calendar_ledger import stamped
from leaderdev.common.calendars import Guest
from leaderdev.common.dates import span_in_words
from leaderdev.common.invitations import Letters, send_invitations


def note_before_move(session: LearningSession) -> None:
    """Write down where calendars have it now: what comes after is then a later word on the same thing."""
    stamped([session_entry(session)], now=timezone.now())


def tell_of_move(
    *, by: Any, session: LearningSession, was: tuple[datetime.datetime, datetime.datetime]
) -> int:
    """Invite everybody who is expected to the new time or place; returns how many letters were queued.

    Nothing is sent while the year is being set up. Whoever moved it is invited too: her calendar has to move.
    """
    year = session.program_year
    if not year.is_open:
        return 0
    before = span_in_words(*was, session.zone)
    letters = Letters(
        invited="session_moved",
        changed="session_moved",
        button_label=str(gettext_lazy("Open the session")),
        why=str(gettext_lazy("You get this mail because you belong to this cohort.")),
        context=lambda guest: {"cohort": year.cohort.name, "was": before, "by": by.get_full_name()},
    )
    guests = guests_of(session)
    contact = year.cohort.district.contact_email or None
    return send_invitations(entry=session_entry(session), guests=guests, reply_to=contact, letters=letters)


def guests_of(session: LearningSession) -> list[Guest]:
    """Everybody who is expected there, each once, whatever roles she holds; by the clock of the district."""
    members = Membership.objects.expected_in_sessions().filter(cohort_id=session.program_year.cohort_id)
    people = {row.leader.user_id: row.leader.user for row in members.select_related("leader__user")}
    return [
        Guest(
            email=user.email,
            name=user.get_full_name(),
            greeting=user.get_short_name(),
            zone=session.zone,
            language=user.language,
        )
        for user in people.values()
    ]
