"""Taking busy times out of a calendar that a person keeps elsewhere, and nothing but the times."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from celery import current_app
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from coaching.models import BusyTime, OwnCalendar
from leaderdev.common.calendars import UnreadableCalendarError, busy_spans
from leaderdev.common.fetching import FetchError, fetch, normal_address
from leaderdev.common.refusals import RefusedError

logger = logging.getLogger("leaderdev.calendars")

READ_TASK = "coaching.tasks.read_own_calendars"
# How far ahead busy times are kept: two rounds of a term and some.
AHEAD = datetime.timedelta(days=200)
# People change their week during the day; once in three hours is kind to the other server.
EVERY = datetime.timedelta(hours=3)
# Longer after each failure, up to a day; a calendar that came back is found by itself.
BACKOFF_HOURS = (1, 3, 6, 12, 24)
# While one worker reads, no other one does.
LEASE = datetime.timedelta(minutes=10)
MOST_FILE_BYTES = 1024 * 1024
# One turn of the worker.
BATCH = 20


@transaction.atomic
def subscribe(*, by: Any, address: str) -> OwnCalendar:
    """Read busy times from this address from now on, in the background; replaces what was there."""
    try:
        normal = normal_address(address)
    except FetchError as error:
        raise RefusedError(problem_in_words(error.code)) from error
    now = timezone.now()
    OwnCalendar.objects.filter(user_id=by.pk).delete()
    row = OwnCalendar.objects.create(
        user_id=by.pk, address=normal, host=urlsplit(normal).hostname or "", next_fetch_at=now
    )
    transaction.on_commit(wake)
    return row


@transaction.atomic
def read_file(*, by: Any, file: UploadedFile) -> int:
    """Take the busy times of an .ics file once; returns how many. The file itself is not kept."""
    if (file.size or 0) > MOST_FILE_BYTES:
        raise RefusedError(problem_in_words("too_large"))
    now = timezone.now()
    try:
        spans = busy_spans(file.read(), zone=by.time_zone, start=now, end=now + AHEAD)
    except UnreadableCalendarError as error:
        raise RefusedError(problem_in_words(error.code)) from error
    OwnCalendar.objects.filter(user_id=by.pk).delete()
    row = OwnCalendar.objects.create(user_id=by.pk, state=OwnCalendar.State.READ, read_at=now)
    _keep(row, spans)
    return len(spans)


@transaction.atomic
def read_again(*, by: Any) -> bool:
    """Read the calendar's address now; False where there is none."""
    found = OwnCalendar.objects.filter(user_id=by.pk).exclude(address="").update(next_fetch_at=timezone.now())
    if found:
        transaction.on_commit(wake)
    return bool(found)


def remove(*, by: Any) -> None:
    """Erase the address and every busy time that came from it."""
    OwnCalendar.objects.filter(user_id=by.pk).delete()


def wake() -> None:
    """Ask the worker to read now. Without a broker the sweep of the next minutes does."""
    try:
        current_app.send_task(READ_TASK)
    except OperationalError:
        logger.warning("No broker answers; calendars are read with the next sweep.")


def read_due(*, now: datetime.datetime) -> int:
    """Read up to BATCH calendars whose time has come; returns how many gave their busy times."""
    due = OwnCalendar.objects.to_fetch_at(now).order_by("next_fetch_at").values_list("pk", flat=True)
    return sum(read_one(pk=pk, now=now) for pk in list(due[:BATCH]))


def read_one(*, pk: int, now: datetime.datetime) -> bool:
    """Fetch one calendar and keep its busy times; of two workers at once one does it."""
    mine = OwnCalendar.objects.to_fetch_at(now).filter(pk=pk)
    if not mine.update(next_fetch_at=now + LEASE):
        return False
    row = OwnCalendar.objects.select_related("user").get(pk=pk)
    try:
        # The first reading of a day takes everything: 200 days ahead reach one day further than yesterday.
        seen_today = row.read_at is not None and row.read_at.date() == now.date()
        fetched = fetch(row.address, etag=row.etag if seen_today else "")
        spans = None
        if fetched.content is not None:
            spans = busy_spans(fetched.content, zone=row.user.time_zone, start=now, end=now + AHEAD)
    except (FetchError, UnreadableCalendarError) as error:
        _note_failure(row, error.code, now)
        return False
    with transaction.atomic():
        # The person may have removed it or typed another address while we were reading.
        same = OwnCalendar.objects.filter(pk=pk, next_fetch_at=now + LEASE)
        if not same.update(
            state=OwnCalendar.State.READ,
            problem="",
            failures=0,
            read_at=now,
            next_fetch_at=now + EVERY,
            etag=fetched.etag,
        ):
            return False
        if spans is not None:
            _keep(row, spans)
    return True


def problem_in_words(code: str) -> str:
    """What was wrong, and what to do; an unknown code says only that it could not be read."""
    return {
        "": "",
        "bad_address": _("This is not an address of a calendar. It begins with https:// or webcal://."),
        "not_public": _(
            "This address lies inside a private network, where this site cannot and must not look."
        ),
        "unreachable": _("No server answers at this address. Check it for a missing letter."),
        "too_slow": _("The server took too long. It is tried again later."),
        "too_large": _("The calendar is too large. Export only this school year."),
        "too_many": _("The calendar holds more events than one person has. Export only this school year."),
        "refused": _("The server does not hand the calendar out. Make a new secret address there."),
        "moves": _("The address leads from one place to the next. Copy the final one."),
        "no_calendar": _(
            "What came is not a calendar. Is it the address of a web page instead of the .ics one?"
        ),
    }.get(code, _("The calendar could not be read."))


def _keep(row: OwnCalendar, spans: Sequence[tuple[datetime.datetime, datetime.datetime]]) -> None:
    row.busy_times.all().delete()
    BusyTime.objects.bulk_create(BusyTime(calendar=row, starts_at=start, ends_at=end) for start, end in spans)


def _note_failure(row: OwnCalendar, code: str, now: datetime.datetime) -> None:
    """What was read before stays: an old busy time is nearer to the truth than none."""
    wait = BACKOFF_HOURS[min(row.failures, len(BACKOFF_HOURS) - 1)]
    OwnCalendar.objects.filter(pk=row.pk, next_fetch_at=now + LEASE).update(
        state=OwnCalendar.State.FAILED,
        problem=code,
        failures=row.failures + 1,
        next_fetch_at=now + datetime.timedelta(hours=wait),
    )
    logger.info("Calendar not read", extra={"kind": code})
