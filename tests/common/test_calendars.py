"""What we write is read back by vobject, and is what RFC 5545 and RFC 5546 ask."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaderdev.common.calendars import (
    Feed,
    Method,
    UnreadableCalendarError,
    busy_spans,
    write_feed,
    write_invitation,
)
from tests.common.calendar_samples import NOW, make_entry, make_guest, read

HOST = "leaders.example.ca"
ORGANIZER = ("program@example.ca", 'The "Program", Larkspur')


def invitation(entry=None, guest=None, method=Method.REQUEST) -> bytes:
    return write_invitation(
        entry or make_entry(sequence=2),
        guest or make_guest(),
        method=method,
        organizer=ORGANIZER,
        host=HOST,
        written_at=NOW + datetime.timedelta(minutes=1),
    )


def test_a_request_is_what_rfc_5546_asks():
    calendar = read(invitation())
    event = calendar.vevent
    assert (calendar.version.value, calendar.method.value) == ("2.0", "REQUEST")
    assert event.uid.value == f"session-12@{HOST}"
    assert event.sequence.value == "2"
    assert event.dtstamp.value == NOW + datetime.timedelta(minutes=1)
    assert event.last_modified.value == NOW
    assert event.dtstart.value == datetime.datetime(2026, 11, 19, 16, tzinfo=datetime.UTC)
    assert event.dtstart.params["X-VOBJ-ORIGINAL-TZID"] == ["America/Edmonton"]
    assert event.dtend.value - event.dtstart.value == datetime.timedelta(hours=3)
    assert event.summary.value == "Learning session 3"
    assert event.location.value == "Library; room 2, École Larkspur"
    assert event.organizer.value == "mailto:program@example.ca"
    assert event.organizer.params["CN"] == ["The ’Program’, Larkspur"]
    assert event.attendee.value == "mailto:ana@example.ca"
    assert event.attendee.params == {
        "CN": ["Ana Person"],
        "PARTSTAT": ["NEEDS-ACTION"],
        "ROLE": ["REQ-PARTICIPANT"],
        "RSVP": ["FALSE"],
    }
    assert (
        event.status.value,
        event.transp.value,
        event.class_.value if hasattr(event, "class_") else "PRIVATE",
    ) == (
        "CONFIRMED",
        "OPAQUE",
        "PRIVATE",
    )
    assert not hasattr(event, "valarm")


def test_who_has_said_yes_here_is_not_asked_again():
    event = read(invitation(guest=make_guest(accepted=True))).vevent
    assert event.attendee.params["PARTSTAT"] == ["ACCEPTED"]


def test_a_cancel_names_the_same_thing_and_the_same_person():
    event = read(invitation(method=Method.CANCEL)).vevent
    assert (event.uid.value, event.status.value) == (f"session-12@{HOST}", "CANCELLED")
    assert event.attendee.value == "mailto:ana@example.ca"


@pytest.mark.parametrize(
    "zone", ["America/Edmonton", "Europe/London", "Australia/Sydney", "America/Regina", "UTC"]
)
@settings(max_examples=25, deadline=None, derandomize=True)
@given(minutes=st.integers(0, 366 * 24 * 12))
def test_every_time_comes_back_as_the_same_instant(zone, minutes):
    """In every five minutes of a year, those that a clock shows twice included."""
    start = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC) + datetime.timedelta(minutes=5 * minutes)
    entry = make_entry(starts_at=start, ends_at=start + datetime.timedelta(minutes=45))
    event = read(invitation(entry, make_guest(zone=zone))).vevent
    assert event.dtstart.value.astimezone(datetime.UTC) == entry.starts_at
    assert event.dtend.value.astimezone(datetime.UTC) == entry.ends_at


@pytest.mark.parametrize(
    ("zone", "first"),
    [
        ("America/Edmonton", datetime.datetime(2026, 11, 1, 7, 30, tzinfo=datetime.UTC)),
        ("Europe/London", datetime.datetime(2026, 10, 25, 0, 30, tzinfo=datetime.UTC)),
        ("Australia/Sydney", datetime.datetime(2026, 4, 4, 15, 30, tzinfo=datetime.UTC)),
    ],
)
def test_the_hour_that_autumn_repeats(zone, first):
    second = first + datetime.timedelta(hours=1)
    assert first.astimezone(ZoneInfo(zone)).time() == second.astimezone(ZoneInfo(zone)).time()
    for start in (first, second):
        entry = make_entry(starts_at=start, ends_at=start + datetime.timedelta(minutes=20))
        assert read(invitation(entry, make_guest(zone=zone))).vevent.dtstart.value == start


def feed(**given) -> Feed:
    return Feed(**{"name": "Growing Together", "zone": "America/Edmonton", "host": HOST, **given})


def test_a_feed_holds_everything_and_invites_nobody():
    holiday = make_entry(
        key="no-school-1",
        title="No school: Winter break",
        starts_at=datetime.date(2026, 12, 21),
        ends_at=datetime.date(2027, 1, 2),
        place="",
        blocks=False,
    )
    off = make_entry(key="session-13", cancelled=True, sequence=1)
    calendar = read(write_feed(feed(alarm_minutes=60), [off, holiday, make_entry()]))
    assert calendar.method.value == "PUBLISH"
    assert calendar.x_wr_calname.value == "Growing Together"
    assert calendar.refresh_interval.value == "PT1H"
    # At one time, the order of their keys decides, so that the bytes stay the same.
    first, second, third = calendar.vevent_list
    assert [event.uid.value.split("@")[0] for event in (first, second, third)] == [
        "session-12",
        "session-13",
        "no-school-1",
    ]
    assert first.valarm.trigger.value == datetime.timedelta(hours=-1)
    assert first.valarm.action.value == "DISPLAY"
    assert (second.status.value, second.transp.value) == ("CANCELLED", "TRANSPARENT")
    assert not hasattr(second, "valarm")
    assert not hasattr(third, "valarm")
    assert (third.dtstart.value, third.dtend.value) == (
        datetime.date(2026, 12, 21),
        datetime.date(2027, 1, 2),
    )
    assert third.dtstart.params.get("VALUE", ["DATE"]) == ["DATE"]
    assert "ATTENDEE" not in write_feed(feed(), [make_entry()]).decode()


def test_a_feed_without_alarms_and_without_entries():
    calendar = read(write_feed(feed(), []))
    assert not hasattr(calendar, "vtimezone")
    assert not hasattr(read(write_feed(feed(), [make_entry()])).vevent, "valarm")


def test_the_same_entries_are_the_same_bytes_in_any_order():
    entries = [make_entry(key=f"session-{number}") for number in range(5)]
    assert write_feed(feed(), entries) == write_feed(feed(), list(reversed(entries)))


def test_an_entry_that_no_ledger_saw_is_not_written():
    with pytest.raises(ValueError, match="ledger"):
        write_feed(feed(), [make_entry(stamped_at=None)])


@settings(max_examples=60, deadline=None, derandomize=True)
@given(title=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=120))
def test_any_title_comes_back(title):
    text = write_feed(feed(), [make_entry(title=title)])
    assert read(text).vevent.summary.value == title


FOREIGN = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Somebody//Else//EN
BEGIN:VEVENT
UID:weekly
DTSTART;TZID=America/Edmonton:20261026T090000
DTEND;TZID=America/Edmonton:20261026T100000
RRULE:FREQ=WEEKLY;COUNT=3
EXDATE;TZID=America/Edmonton:20261102T090000
SUMMARY:SECRET dentist
END:VEVENT
BEGIN:VEVENT
UID:day
DTSTART;VALUE=DATE:20261028
DTEND;VALUE=DATE:20261029
SUMMARY:SECRET holiday
END:VEVENT
BEGIN:VEVENT
UID:free
DTSTART;VALUE=DATE:20261029
TRANSP:TRANSPARENT
SUMMARY:SECRET birthday
END:VEVENT
BEGIN:VEVENT
UID:off
STATUS:CANCELLED
DTSTART:20261029T150000Z
DTEND:20261029T160000Z
END:VEVENT
BEGIN:VEVENT
UID:floating
DTSTART:20261030T130000
DURATION:PT90M
END:VEVENT
END:VCALENDAR
"""


def utc(*parts: int) -> datetime.datetime:
    return datetime.datetime(*parts, tzinfo=datetime.UTC)


def test_busy_times_of_a_foreign_calendar():
    """A weekly meeting keeps its hour across the clock change; what is free or cancelled is left out."""
    found = busy_spans(
        FOREIGN.encode(), zone="America/Edmonton", start=utc(2026, 10, 20), end=utc(2026, 12, 1)
    )
    assert found == [
        (utc(2026, 10, 26, 15), utc(2026, 10, 26, 16)),
        (utc(2026, 10, 28, 6), utc(2026, 10, 29, 6)),
        (utc(2026, 10, 30, 19), utc(2026, 10, 30, 20, 30)),
        (utc(2026, 11, 9, 16), utc(2026, 11, 9, 17)),
    ]
    cut = busy_spans(
        FOREIGN.encode(), zone="America/Edmonton", start=utc(2026, 10, 28, 12), end=utc(2026, 10, 30)
    )
    assert cut == [(utc(2026, 10, 28, 12), utc(2026, 10, 29, 6))]


def test_an_event_that_never_begins_takes_no_time_and_hides_no_other():
    broken = FOREIGN.replace(
        "BEGIN:VEVENT\nUID:weekly", "BEGIN:VEVENT\nUID:odd\nEND:VEVENT\nBEGIN:VEVENT\nUID:weekly"
    )
    span = {"zone": "America/Edmonton", "start": utc(2026, 10, 20), "end": utc(2026, 12, 1)}
    assert busy_spans(broken.encode(), **span) == busy_spans(FOREIGN.encode(), **span) != []


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"\xff\xfe\x00", b"BEGIN:VCALENDAR", b"<html>sign in</html>", FOREIGN[:300].encode()],
)
def test_what_is_no_calendar_is_said_so(content):
    with pytest.raises(UnreadableCalendarError) as caught:
        busy_spans(content, zone="UTC", start=utc(2026, 1, 1), end=utc(2027, 1, 1))
    assert caught.value.code == "no_calendar"


def test_a_calendar_that_no_person_keeps_is_refused(monkeypatch):
    monkeypatch.setattr("leaderdev.common.calendars.reading.MOST_EVENTS", 3)
    endless = FOREIGN.replace("RRULE:FREQ=WEEKLY;COUNT=3", "RRULE:FREQ=MINUTELY")
    daily = endless.replace("MINUTELY", "DAILY")
    folded = endless.replace("FREQ=MINUTELY", "FREQ=MINU\n TELY")
    only = [
        text[: text.index("BEGIN:VEVENT\nUID:day")] + "END:VCALENDAR\n" for text in (daily, endless, folded)
    ]
    for content in (FOREIGN, *only):
        with pytest.raises(UnreadableCalendarError) as caught:
            busy_spans(content.encode(), zone="UTC", start=utc(2026, 1, 1), end=utc(2027, 1, 1))
        assert caught.value.code == "too_many"
