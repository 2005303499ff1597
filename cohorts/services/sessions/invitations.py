"""Learning sessions in everybody's calendar: what an open year plans, and who comes, goes or is moved since.

Nothing is sent where a year is opened, a session is added or a member joins. A sweep compares the sessions to
come with what calendars were told and makes good the difference, so every door leads here, the admin's and an
import's too, and a click that opens a year waits for no letters.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.calendar import session_entry
from cohorts.models import LearningSession, Membership, ProgramYear
from cohorts.services.sessions.guarding import JOINED
from cohorts.services.sessions.letters import guests_of
from leaderdev.common.calendar_ledger import as_entry
from leaderdev.common.invitations import Letters, send_invitations
from leaderdev.common.models import CalendarGuest, CalendarItem


def invite_to_sessions(*, now: datetime.datetime) -> int:
    """Everybody who is expected holds the present state of each session to come, once.

    Who left is told that she is not invited any more; a session that was deleted is off for all. A closed
    year tells nobody anything: what was still planned in it stays as it is. Returns how many mails
    were queued.
    """
    years = ProgramYear.objects.open().filter(ends_on__gte=now.date())
    return sum(_follow(year, now) for year in years)


def _follow(year: ProgramYear, now: datetime.datetime) -> int:
    """Ask without a lock who lacks what; only where somebody does is the session read again under one."""
    planned = list(year.learning_sessions.filter(ends_at__gt=now).select_related(*JOINED))
    items: dict[str, CalendarItem] = {}
    told: dict[str, set[tuple[str, int]]] = defaultdict(set)
    scope = {"item__scope": f"sessions-{year.pk}", "item__ends_at__gt": now}
    for guest in CalendarGuest.objects.filter(**scope, withdrawn=False).select_related("item"):
        items[guest.item.key] = guest.item
        told[guest.item.key].add((guest.email, guest.sequence))
    if not planned and not items:
        return 0
    expected = _addresses(year)
    here = {f"session-{session.pk}" for session in planned}
    sent = sum(_call_off(item) for key, item in items.items() if key not in here)
    for session in planned:
        if session.starts_at <= now:
            continue
        item = items.get(f"session-{session.pk}")
        if item is None or not _is_as_told(session, item, told[item.key], expected):
            sent += _invite(session.pk)
    return sent


def _addresses(year: ProgramYear) -> set[str]:
    rows = Membership.objects.expected_in_sessions().filter(cohort_id=year.cohort_id)
    return {email.strip().lower() for email in rows.values_list("leader__user__email", flat=True)}


def _is_as_told(
    session: LearningSession, item: CalendarItem, told: Iterable[tuple[str, int]], expected: set[str]
) -> bool:
    same = session_entry(session).moving_parts == as_entry(item).moving_parts
    return same and set(told) == {(email, item.sequence) for email in expected}


@transaction.atomic
def _invite(pk: int) -> int:
    """Under the lock that moving a session takes: what was read before it may be an earlier time."""
    rows = LearningSession.objects.select_for_update(of=("self",), no_key=True).select_related(*JOINED)
    session = rows.filter(pk=pk).first()
    if session is None or not session.program_year.is_open:
        return 0
    contact = session.program_year.cohort.district.contact_email or None
    return send_invitations(
        entry=session_entry(session), guests=guests_of(session), reply_to=contact, letters=_letters()
    )


def _call_off(item: CalendarItem) -> int:
    """The session is gone, and with it its page: the letter leads to nothing."""
    gone = replace(as_entry(item), cancelled=True, url="")
    return send_invitations(entry=gone, guests=[], letters=_letters())


def _letters() -> Letters:
    return Letters(
        button_label=_("Open the session"), why=_("You get this mail because you belong to this cohort.")
    )
