"""Real invitations: what a calendar program files by itself, as mail through the outbox.

An app makes an `Entry` of its meeting and calls `send_invitations` whenever the meeting or its people may
have changed. Who is told what follows from the ledger: a REQUEST to whoever lacks the present state, a CANCEL
to whoever is not invited any more or when the thing is off, nothing to everybody else. Calling twice sends
once.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from leaderdev.common.calendar_ledger import as_entry, stamped
from leaderdev.common.calendars import Entry, Guest, Method, write_invitation
from leaderdev.common.dates import day_in_words, span_in_words
from leaderdev.common.mail.queue import queue_mail
from leaderdev.common.models import CalendarGuest, CalendarItem


@dataclass(frozen=True, kw_only=True)
class Letters:
    """The mail around an invitation: folders under templates/emails/ for the three kinds of news.

    Each is rendered with greeting, title, when, place, note, url as button_url, button_label, why, and what
    `context(guest)` adds or replaces.
    """

    invited: str = "calendar_invited"
    changed: str = "calendar_changed"
    cancelled: str = "calendar_cancelled"
    button_label: str = ""
    why: str = ""
    context: Callable[[Guest], dict[str, Any]] | None = None


def send_invitations(
    *, entry: Entry, guests: Sequence[Guest], reply_to: str | None = None, letters: Letters | None = None
) -> int:
    """Tell everybody who has not been told; returns how many mails were queued.

    `guests` are all who are invited now; an empty list withdraws the invitation from everybody. Runs in the
    caller's transaction, so a meeting that is rolled back invites nobody.
    """
    now = timezone.now()
    words = letters or Letters()
    with transaction.atomic():
        needed_by = _needed_by(entry, now)
        told = stamped([entry], now=now)[0]
        item = CalendarItem.objects.select_for_update().get(key=entry.key)
        known = {row.email: row for row in item.guests.all()}
        invited = {guest.email.strip().lower(): guest for guest in guests}
        sent = 0
        for email, guest in invited.items():
            row = known.get(email) or CalendarGuest(item=item, email=email, withdrawn=True)
            row.name, row.zone, row.language = guest.name, guest.zone, guest.language
            sent += _bring_up_to_date(row, guest, told, words, reply_to, now, needed_by)
        for email, row in known.items():
            if email not in invited and not row.withdrawn:
                guest = Guest(email=email, name=row.name, zone=row.zone, language=row.language)
                _send(row, guest, told, Method.CANCEL, words.cancelled, words, reply_to, now, needed_by)
                sent += 1
    return sent


def _needed_by(entry: Entry, now: datetime.datetime) -> datetime.datetime | None:
    """Before it begins, and before it would have begun as people have it in their calendars until now."""
    known = CalendarItem.objects.filter(key=entry.key).first()
    begins = [entry.starts_at, *([as_entry(known).starts_at] if known else [])]
    ahead = [each for each in begins if isinstance(each, datetime.datetime) and each > now]
    return min(ahead, default=None)


def installation_host() -> str:
    """The part of every UID behind the @: it must not change as long as calendars hold what we wrote."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def _bring_up_to_date(
    row: CalendarGuest,
    guest: Guest,
    entry: Entry,
    words: Letters,
    reply_to: str | None,
    now: datetime.datetime,
    needed_by: datetime.datetime | None,
) -> int:
    if entry.cancelled:
        # Who never had it, or lost it before, has nothing to cross out.
        if row.pk is None or row.withdrawn:
            return 0
        _send(row, guest, entry, Method.CANCEL, words.cancelled, words, reply_to, now, needed_by)
        return 1
    if row.pk is not None and not row.withdrawn and row.sequence == entry.sequence:
        return 0
    kind = words.invited if row.pk is None or row.withdrawn else words.changed
    _send(row, guest, entry, Method.REQUEST, kind, words, reply_to, now, needed_by)
    return 1


def _send(
    row: CalendarGuest,
    guest: Guest,
    entry: Entry,
    method: Method,
    kind: str,
    words: Letters,
    reply_to: str | None,
    now: datetime.datetime,
    needed_by: datetime.datetime | None,
) -> None:
    row.sequence, row.withdrawn, row.messages = entry.sequence, method is Method.CANCEL, row.messages + 1
    row.save()
    calendar = write_invitation(
        entry, guest, method=method, organizer=_organizer(), host=installation_host(), written_at=now
    )
    with translation.override(guest.language):
        context = _context(guest, entry, words)
    queue_mail(
        to=guest.email,
        kind=kind,
        key=f"calendar:{row.pk}:{row.messages}",
        reply_to=reply_to,
        language=guest.language,
        context=context,
        calendar=calendar.decode(),
        needed_by=needed_by,
        useful_until=entry.starts_at if isinstance(entry.starts_at, datetime.datetime) else None,
    )


def _organizer() -> tuple[str, str]:
    """The program itself: a person's address would put the meeting into her calendar as one of her making,
    and mail programs distrust an organizer who is not the sender."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return address, name or _("Leadership program")


def _context(guest: Guest, entry: Entry, words: Letters) -> dict[str, Any]:
    context = {
        "greeting": guest.greeting or guest.name,
        "title": entry.title,
        "when": _when(entry, guest.zone),
        "place": entry.place,
        "note": entry.note,
        "button_url": entry.url,
        "button_label": words.button_label or _("Open the page"),
        "why": words.why
        or _("You receive this mail because you take part. Your calendar program can file it by itself."),
    }
    return context | (words.context(guest) if words.context else {})


def _when(entry: Entry, zone: str) -> str:
    if isinstance(entry.starts_at, datetime.datetime) and isinstance(entry.ends_at, datetime.datetime):
        return span_in_words(entry.starts_at, entry.ends_at, zone)
    first, last = entry.starts_at, entry.ends_at - datetime.timedelta(days=1)
    return day_in_words(first) if first == last else f"{day_in_words(first)} – {day_in_words(last)}"
