"""Which sequence an entry has, when it last changed, and what must still be shown as cancelled.

Invitations and feeds ask the same ledger, so a program that gets both never sees an older word after a newer.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction

from leaderdev.common.calendars import Entry
from leaderdev.common.models import CalendarItem

# How long a cancelled thing stays in feeds: a program that was off for the holidays still learns of it.
KEEP_CANCELLED = datetime.timedelta(days=30)
_WORDS = ("title", "place", "note", "url")


def stamped(entries: Sequence[Entry], *, now: datetime.datetime) -> list[Entry]:
    """The entries with their sequence; what is new or changed since last told is written down.

    Nothing is written where nothing changed: then it is one query, whatever the number of entries.
    """
    known = {row.key: row for row in CalendarItem.objects.filter(key__in=[e.key for e in entries])}
    if all(entry.key in known and _is_as_told(entry, known[entry.key]) for entry in entries):
        return [_with_stamp(entry, known[entry.key]) for entry in entries]
    with transaction.atomic():
        return _written(entries, now=now)


def cancelled_in(scopes: Collection[str], *, present: Iterable[str], now: datetime.datetime) -> list[Entry]:
    """What feeds of these scopes still show as cancelled, for 30 days.

    `present` are the keys of every entry that the scopes have today. What is to come, was told once and is
    not among them, has been deleted: from now on it counts as cancelled.
    """
    here = set(present)
    lost = [
        row.pk for row in CalendarItem.objects.of_scopes(scopes).going_on_after(now) if row.key not in here
    ]
    if lost:
        with transaction.atomic():
            rows = CalendarItem.objects.select_for_update().filter(pk__in=lost, cancelled_at=None)
            for row in rows:
                gone = replace(as_entry(row), cancelled=True)
                _tell(row, gone, now=now)
                row.save()
    rows = CalendarItem.objects.of_scopes(scopes).cancelled_since(now - KEEP_CANCELLED)
    return [as_entry(row) for row in rows.order_by("pk") if row.key not in here]


def as_entry(row: CalendarItem) -> Entry:
    """The entry as it was last told."""
    told = json.loads(row.told)
    read = datetime.date.fromisoformat if told["whole_days"] else datetime.datetime.fromisoformat
    return Entry(
        key=row.key,
        scope=row.scope,
        starts_at=read(told["starts_at"]),
        ends_at=read(told["ends_at"]),
        blocks=told["blocks"],
        cancelled=row.cancelled_at is not None,
        sequence=row.sequence,
        stamped_at=row.stamped_at,
        **{name: told[name] for name in _WORDS},
    )


def _written(entries: Sequence[Entry], *, now: datetime.datetime) -> list[Entry]:
    """Compare again under a lock: another worker may have told the same change a moment ago."""
    rows = {
        row.key: row
        for row in CalendarItem.objects.select_for_update()
        .filter(key__in=[e.key for e in entries])
        .order_by("pk")
    }
    fresh = [_new(entry, now=now) for entry in entries if entry.key not in rows]
    if fresh:
        CalendarItem.objects.bulk_create(fresh, ignore_conflicts=True)
        again = CalendarItem.objects.select_for_update().filter(key__in=[row.key for row in fresh])
        rows |= {row.key: row for row in again}
    changed = []
    for entry in entries:
        row = rows[entry.key]
        if not _is_as_told(entry, row):
            _tell(row, entry, now=now)
            changed.append(row)
    CalendarItem.objects.bulk_update(
        changed, ["scope", "sequence", "stamped_at", "ends_at", "cancelled_at", "told"]
    )
    return [_with_stamp(entry, rows[entry.key]) for entry in entries]


def _new(entry: Entry, *, now: datetime.datetime) -> CalendarItem:
    return CalendarItem(
        key=entry.key,
        scope=entry.scope,
        sequence=0,
        stamped_at=now,
        ends_at=_end_of(entry),
        cancelled_at=now if entry.cancelled else None,
        told=_content(entry),
    )


def _tell(row: CalendarItem, entry: Entry, *, now: datetime.datetime) -> None:
    """Carry the change into the row; another time, place or cancellation raises the sequence."""
    if entry.moving_parts != as_entry(row).moving_parts:
        row.sequence += 1
    # Later than what was told before, even if two changes fall into one second: programs compare seconds.
    row.stamped_at = max(now, row.stamped_at + datetime.timedelta(seconds=1))
    row.scope, row.ends_at, row.told = entry.scope, _end_of(entry), _content(entry)
    row.cancelled_at = (row.cancelled_at or now) if entry.cancelled else None


def _is_as_told(entry: Entry, row: CalendarItem) -> bool:
    return (
        row.told == _content(entry)
        and row.scope == entry.scope
        and entry.cancelled == (row.cancelled_at is not None)
    )


def _with_stamp(entry: Entry, row: CalendarItem) -> Entry:
    return replace(entry, sequence=row.sequence, stamped_at=row.stamped_at)


def _content(entry: Entry) -> str:
    content: dict[str, Any] = {name: getattr(entry, name) for name in _WORDS}
    content |= {
        "starts_at": _same_instant(entry.starts_at).isoformat(),
        "ends_at": _same_instant(entry.ends_at).isoformat(),
        "whole_days": entry.whole_days,
        "blocks": entry.blocks,
    }
    return json.dumps(content, sort_keys=True, ensure_ascii=False)


def _same_instant(value: datetime.datetime | datetime.date) -> datetime.datetime | datetime.date:
    return value.astimezone(datetime.UTC) if isinstance(value, datetime.datetime) else value


def _end_of(entry: Entry) -> datetime.datetime:
    if isinstance(entry.ends_at, datetime.datetime):
        return entry.ends_at
    return datetime.datetime.combine(entry.ends_at, datetime.time(), tzinfo=datetime.UTC)
