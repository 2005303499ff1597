"""A planned, moved or cancelled meeting in everybody's calendar. Titles reveal nothing of the talk.

What was told to whom stands in common's ledger, in clear: so a talk's place, which its members type, stays on
the meeting's page. Of a visit the host's school stands there.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from coaching.calendar import entry_of
from coaching.models import CoachingSession, circle_of
from coaching.services.letters import WHY
from leaderdev.common.calendars import Guest
from leaderdev.common.invitations import Letters, send_invitations


def invite(meeting: CoachingSession, *, by: Any) -> int:
    """Everybody who sits in the trio now, also the one who acts: it is her calendar too.

    Who left the trio since is told that she is not invited any more. Returns how many mails were queued.
    """
    letters = Letters(button_label=str(gettext_lazy("Open the meeting")), why=str(WHY))
    # Where nobody acts (a seat was moved), replies go to the district's contact person.
    reply_to = by.email if by else meeting.trio.program_year.cohort.district.contact_email
    return send_invitations(
        entry=entry_of(meeting), guests=guests_of(meeting), reply_to=reply_to or None, letters=letters
    )


def cancel(meeting: CoachingSession, *, by: Any) -> int:
    return invite(meeting, by=by)


def guests_of(meeting: CoachingSession) -> list[Guest]:
    """The trio's members, each with her own clock; they said yes here already."""
    users = [seat.membership.leader.user for seat in circle_of(meeting.trio)]
    return [
        Guest(
            email=user.email,
            name=user.get_full_name(),
            zone=user.time_zone,
            language=user.language,
            greeting=user.get_short_name(),
            accepted=True,
        )
        for user in users
    ]
