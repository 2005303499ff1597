"""Journal entries: written, skipped, and opened one by one by their author."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.journal_prompts import KINDS, MANNERS, stage_of
from coaching.models import CoachingSession, JournalEntry
from coaching.permissions import may_release
from coaching.services.loading import locked_meeting
from cohorts.services.errors import RefusedError
from leaderdev.common.dates import today_in

WORDS = ("text", "received", "given")
TRIO, CONVERSATION = "trio", "conversation"
COLUMNS = {TRIO: "released_to_trio_at", CONVERSATION: "released_for_conversation_at"}


@transaction.atomic
def write(
    *,
    by: Any,
    meeting: CoachingSession,
    words: dict[str, str],
    received_kinds: list[str],
    given_kinds: list[str],
    manner: str,
) -> JournalEntry:
    """Keep one's own entry about a meeting that took place; writing again replaces it."""
    meeting, entry = _own(by, meeting)
    known = {name for name, _words in KINDS}
    if {*received_kinds, *given_kinds} - known or manner not in {"", *(name for name, _words in MANNERS)}:
        raise RefusedError(_("Choose from the list."))
    texts = {name: words.get(name, "").strip() for name in WORDS}
    if not any((*texts.values(), received_kinds, given_kinds, manner)):
        raise RefusedError(_("Write a line or tick a box, or skip this entry."))
    for name, text in texts.items():
        setattr(entry, name, text)
    entry.received_kinds, entry.given_kinds = ",".join(received_kinds), ",".join(given_kinds)
    entry.manner, entry.skipped_at = manner, None
    entry.save()
    return entry


@transaction.atomic
def skip(*, by: Any, meeting: CoachingSession) -> JournalEntry:
    """Leave this entry out; nobody asks for it again. What was written already stays."""
    meeting, entry = _own(by, meeting)
    if entry.pk is None:
        entry.skipped_at = timezone.now()
        entry.save()
    return entry


@transaction.atomic
def release(*, by: Any, entry: JournalEntry, to: str, released: bool) -> JournalEntry:
    """Open one entry to the trio or for the conversation with the lead, or close it again."""
    found = JournalEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if not may_release(by, found) or to not in COLUMNS:
        raise RefusedError(_("Only its author opens a journal entry."))
    setattr(found, COLUMNS[to], timezone.now() if released else None)
    found.save(update_fields=[COLUMNS[to]])
    return found


def _own(by: Any, meeting: CoachingSession) -> tuple[CoachingSession, JournalEntry]:
    meeting, seat = locked_meeting(by=by, meeting=meeting)
    if not CoachingSession.objects.took_place().filter(pk=meeting.pk).exists():
        raise RefusedError(_("A journal entry is written after a meeting that took place."))
    entry = JournalEntry.objects.filter(coaching_session=meeting, author=seat.membership).first()
    if entry is not None:
        return meeting, entry
    year = meeting.trio.program_year
    done = CoachingSession.objects.filter(trio=meeting.trio, starts_at__lte=meeting.starts_at)
    day = today_in(year.cohort.district.time_zone, meeting.starts_at)
    return meeting, JournalEntry(
        coaching_session=meeting,
        author=seat.membership,
        stage=stage_of(year.starts_on, day, done.took_place().count()),
        written_at=timezone.now(),
    )
