"""Writing iCalendar: folding, escaping and time zones are the library's; what stands in it is ours."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, vCalAddress, vText

from leaderdev.common.calendars.entry import Entry, Guest, Method

PRODUCT = "-//leaderdev//Leadership program//EN"
# How often a program may ask a feed again. Most ask when they like; an hour is kind to both sides.
REFRESH = datetime.timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Feed:
    """A calendar to subscribe to.

    zone: the clock of the person who reads it. host: the installation's name, part of every UID.
    alarm_minutes: how long before timed entries the reader's program rings; None: not at all.
    """

    name: str
    zone: str
    host: str
    alarm_minutes: int | None = None


def write_feed(feed: Feed, entries: Iterable[Entry]) -> bytes:
    """The same entries give the same bytes, so that a feed nobody changed is told by its hash."""
    rows = sorted(entries, key=lambda entry: (entry.starts_at.isoformat(), entry.key))
    calendar = _calendar(Method.PUBLISH)
    for name in ("NAME", "X-WR-CALNAME"):
        calendar.add(name, vText(feed.name))
    calendar.add("X-WR-TIMEZONE", vText(feed.zone))
    calendar.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vText("PT1H"))
    _add_zone(calendar, feed.zone, rows)
    for entry in rows:
        event = _event(entry, zone=feed.zone, host=feed.host, dtstamp=_stamp_of(entry))
        if feed.alarm_minutes is not None and not entry.whole_days and not entry.cancelled:
            event.add_component(_alarm(entry, feed.alarm_minutes))
        calendar.add_component(event)
    return calendar.to_ical()


def write_invitation(
    entry: Entry,
    guest: Guest,
    *,
    method: Method,
    organizer: tuple[str, str],
    host: str,
    written_at: datetime.datetime,
) -> bytes:
    """A REQUEST or CANCEL to one person, in her own time zone; `organizer` is (address, name).

    Only the receiver stands in it: who else was invited is not for a mail server to know.
    """
    calendar = _calendar(method)
    _add_zone(calendar, guest.zone, [entry])
    event = _event(entry, zone=guest.zone, host=host, dtstamp=written_at)
    if method is Method.CANCEL:
        event["STATUS"] = vText("CANCELLED")
    event.add("ORGANIZER", _person(*organizer))
    event.add("ATTENDEE", _attendee(guest))
    calendar.add_component(event)
    return calendar.to_ical()


def _calendar(method: Method) -> Calendar:
    calendar = Calendar()
    calendar.add("PRODID", vText(PRODUCT))
    calendar.add("VERSION", vText("2.0"))
    calendar.add("CALSCALE", vText("GREGORIAN"))
    calendar.add("METHOD", vText(method.value))
    return calendar


def _event(entry: Entry, *, zone: str, host: str, dtstamp: datetime.datetime) -> Event:
    event = Event()
    event.add("UID", vText(f"{entry.key}@{host}"))
    event.add("DTSTAMP", dtstamp.astimezone(datetime.UTC))
    event.add("LAST-MODIFIED", _stamp_of(entry))
    event.add("SEQUENCE", entry.sequence)
    event.add("SUMMARY", vText(entry.title))
    event.add("DTSTART", _moment(entry.starts_at, zone))
    event.add("DTEND", _moment(entry.ends_at, zone))
    event.add("STATUS", vText("CANCELLED" if entry.cancelled else "CONFIRMED"))
    event.add("TRANSP", vText("OPAQUE" if entry.blocks and not entry.cancelled else "TRANSPARENT"))
    # Others who may look into the reader's calendar see "busy" at most.
    event.add("CLASS", vText("PRIVATE"))
    for name, text in (("LOCATION", entry.place), ("DESCRIPTION", entry.note)):
        if text:
            event.add(name, vText(text))
    if entry.url:
        event.add("URL", entry.url)
    return event


def _moment(value: datetime.datetime | datetime.date, zone: str) -> datetime.datetime | datetime.date:
    """On the reader's clock; in UTC in the hour that the clock shows twice, where programs differ."""
    if not isinstance(value, datetime.datetime):
        return value
    local = value.astimezone(ZoneInfo(zone))
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return value.astimezone(datetime.UTC) if twice else local


def _add_zone(calendar: Calendar, zone: str, entries: Sequence[Entry]) -> None:
    """The zone's rules for the years that the entries lie in: programs without a zone table need them."""
    timed = [moment for e in entries if not e.whole_days for moment in (e.starts_at, e.ends_at)]
    if not timed or zone == "UTC":
        return
    first, last = min(m.year for m in timed) - 1, max(m.year for m in timed) + 1
    calendar.add_component(
        Timezone.from_tzinfo(
            ZoneInfo(zone), first_date=datetime.date(first, 1, 1), last_date=datetime.date(last, 12, 31)
        )
    )


def _alarm(entry: Entry, minutes: int) -> Alarm:
    alarm = Alarm()
    alarm.add("ACTION", vText("DISPLAY"))
    alarm.add("DESCRIPTION", vText(entry.title))
    alarm.add("TRIGGER", datetime.timedelta(minutes=-minutes))
    return alarm


def _person(email: str, name: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    # A quotation mark cannot stand in a parameter (RFC 5545, 3.2).
    address.params["CN"] = name.replace('"', "’")
    return address


def _attendee(guest: Guest) -> vCalAddress:
    address = _person(guest.email, guest.name)
    address.params["ROLE"] = "REQ-PARTICIPANT"
    address.params["PARTSTAT"] = "ACCEPTED" if guest.accepted else "NEEDS-ACTION"
    # Answers are given here, not in a mailbox that nobody reads.
    address.params["RSVP"] = "FALSE"
    return address


def _stamp_of(entry: Entry) -> datetime.datetime:
    if entry.stamped_at is None:
        raise ValueError("An entry goes through the ledger before it is written.")
    return entry.stamped_at.astimezone(datetime.UTC).replace(microsecond=0)
