"""The ledger, and who is told what: moved, moved back, cancelled, somebody left."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from leaderdev.common.calendar_ledger import cancelled_in, stamped
from leaderdev.common.calendars import Feed, write_feed
from leaderdev.common.invitations import Letters, send_invitations
from leaderdev.common.mail.delivery import deliver_due
from leaderdev.common.models import CalendarGuest, CalendarItem, MailboxMessage, OutgoingMail
from tests.common.calendar_samples import NOW, make_entry, make_guest, read

HOUR = datetime.timedelta(hours=1)


def moved(entry, hours: int = 1):
    return replace(entry, starts_at=entry.starts_at + hours * HOUR, ends_at=entry.ends_at + hours * HOUR)


def told(address: str) -> list[tuple[str, int, str]]:
    """Method, sequence and start of every invitation queued to an address, oldest first."""
    rows = OutgoingMail.objects.filter(to_address=address).order_by("pk")
    found = []
    for row in rows:
        calendar = read(row.calendar)
        found.append(
            (
                calendar.method.value,
                int(calendar.vevent.sequence.value),
                calendar.vevent.dtstart.value.astimezone(datetime.UTC).strftime("%d %H:%M"),
            )
        )
    return found


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def test_moved_and_moved_back_is_told_twice_with_a_rising_sequence(db, clock):
    entry, ana = make_entry(), make_guest("Ana")
    assert send_invitations(entry=entry, guests=[ana]) == 1
    clock.shift(60)
    assert send_invitations(entry=entry, guests=[ana]) == 0
    assert send_invitations(entry=moved(entry), guests=[ana]) == 1
    assert send_invitations(entry=entry, guests=[ana]) == 1
    assert told("ana@example.ca") == [
        ("REQUEST", 0, "19 16:00"),
        ("REQUEST", 1, "19 17:00"),
        ("REQUEST", 2, "19 16:00"),
    ]
    subjects = list(OutgoingMail.objects.order_by("pk").values_list("kind", flat=True))
    assert subjects == ["calendar_invited", "calendar_changed", "calendar_changed"]


def test_moved_and_moved_back_before_anybody_was_told_is_nothing(db):
    entry, ana = make_entry(), make_guest("Ana")
    send_invitations(entry=entry, guests=[ana])
    assert send_invitations(entry=moved(moved(entry), -1), guests=[ana]) == 0
    assert CalendarItem.objects.get().sequence == 0


def test_another_title_is_noted_and_nobody_is_written_to(db, clock):
    entry, ana = make_entry(), make_guest("Ana")
    send_invitations(entry=entry, guests=[ana])
    clock.shift(60)
    assert send_invitations(entry=replace(entry, title="Learning session three"), guests=[ana]) == 0
    item = CalendarItem.objects.get()
    assert (item.sequence, item.stamped_at) == (0, NOW + datetime.timedelta(seconds=60))


def test_a_cancelled_meeting_is_crossed_out_once_by_whoever_had_it(db):
    entry, ana, bo = make_entry(), make_guest("Ana"), make_guest("Bo")
    send_invitations(entry=entry, guests=[ana])
    off = replace(entry, cancelled=True)
    assert send_invitations(entry=off, guests=[ana, bo]) == 1
    assert send_invitations(entry=off, guests=[ana, bo]) == 0
    assert told("ana@example.ca")[-1] == ("CANCEL", 1, "19 16:00")
    assert told("bo@example.ca") == []
    # It takes place after all: a new invitation, later than the cancellation.
    assert send_invitations(entry=entry, guests=[ana, bo]) == 2
    assert told("ana@example.ca")[-1] == ("REQUEST", 2, "19 16:00")


def test_who_left_gets_a_cancel_and_who_comes_an_invitation(db):
    entry, ana, bo = make_entry(), make_guest("Ana"), make_guest("Bo", zone="Europe/London", language="en")
    send_invitations(entry=entry, guests=[ana])
    assert send_invitations(entry=entry, guests=[bo]) == 2
    assert send_invitations(entry=entry, guests=[bo]) == 0
    assert told("ana@example.ca") == [("REQUEST", 0, "19 16:00"), ("CANCEL", 0, "19 16:00")]
    assert told("bo@example.ca") == [("REQUEST", 0, "19 16:00")]
    assert send_invitations(entry=entry, guests=[ana, bo]) == 1
    assert OutgoingMail.objects.order_by("-pk")[0].kind == "calendar_invited"
    assert send_invitations(entry=entry, guests=[]) == 2
    assert CalendarGuest.objects.filter(withdrawn=False).count() == 0


def test_each_reads_it_on_her_own_clock(db):
    send_invitations(
        entry=make_entry(note="Bring the norms."),
        guests=[make_guest("Ana", greeting="Ana"), make_guest("Bo", zone="Europe/London")],
        reply_to="lead@example.ca",
        letters=Letters(context=lambda guest: {"why": f"Because of {guest.name}."}),
    )
    ana, bo = OutgoingMail.objects.order_by("pk")
    assert ana.subject == "Learning session 3: Thursday 19 November, 9:00–12:00"
    assert bo.subject == "Learning session 3: Thursday 19 November, 16:00–19:00"
    assert "Good day Ana," in ana.body_text
    assert "Bring the norms." in ana.body_text
    assert "Because of Bo Person." in bo.body_html
    assert bo.headers == {"Reply-To": "lead@example.ca"}
    assert read(bo.calendar).vevent.dtstart.params["X-VOBJ-ORIGINAL-TZID"] == ["Europe/London"]


def test_whole_days_are_told_as_days(db):
    days = {"starts_at": datetime.date(2026, 11, 5), "ends_at": datetime.date(2026, 11, 7)}
    send_invitations(entry=make_entry(**days), guests=[make_guest()])
    one = {"starts_at": datetime.date(2026, 11, 5), "ends_at": datetime.date(2026, 11, 6)}
    send_invitations(entry=make_entry(key="other", **one), guests=[make_guest()])
    first, second = OutgoingMail.objects.order_by("pk").values_list("subject", flat=True)
    assert first.endswith("Thursday 5 November – Friday 6 November")
    assert second.endswith(": Thursday 5 November")


def test_the_message_that_leaves_says_what_it_asks(db, settings):
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send_invitations(entry=make_entry(), guests=[make_guest()])
    deliver_due()
    message = mail.outbox[0].message()
    parts = {part.get_content_type(): part for part in message.walk()}
    assert set(parts) == {"multipart/alternative", "text/plain", "text/html", "text/calendar"}
    assert parts["text/calendar"].get_param("method") == "REQUEST"
    assert parts["text/calendar"].get_param("charset") == "utf-8"
    assert read(parts["text/calendar"].get_payload(decode=True)).vevent.summary.value == "Learning session 3"


def test_the_mailbox_of_a_demo_keeps_the_invitation(db, settings, client):
    settings.MAIL_DELIVERY_BACKEND = "leaderdev.common.mail.backends.MailboxBackend"
    send_invitations(entry=make_entry(), guests=[make_guest()])
    deliver_due()
    message = MailboxMessage.objects.get()
    assert read(message.calendar).method.value == "REQUEST"


def test_nothing_to_tell_is_one_query(db):
    entries = [make_entry(key=f"session-{number}") for number in range(20)]
    stamped(entries, now=NOW)
    with CaptureQueriesContext(connection) as caught:
        again = stamped(entries, now=NOW + HOUR)
    assert len(caught) == 1
    assert {entry.stamped_at for entry in again} == {NOW}


def test_a_deleted_thing_stays_as_cancelled_for_thirty_days(db):
    kept, lost, past = (
        make_entry(key="kept"),
        make_entry(key="lost"),
        make_entry(key="past", starts_at=NOW - 2 * HOUR, ends_at=NOW - HOUR),
    )
    other = make_entry(key="elsewhere", scope="year-2")
    stamped([kept, lost, past, other], now=NOW)
    found = cancelled_in({"year-1"}, present={"kept"}, now=NOW + HOUR)
    assert [(entry.key, entry.cancelled, entry.sequence, entry.stamped_at) for entry in found] == [
        ("lost", True, 1, NOW + HOUR)
    ]
    assert found == cancelled_in({"year-1"}, present={"kept"}, now=NOW + 30 * 24 * HOUR)
    assert cancelled_in({"year-1"}, present={"kept"}, now=NOW + 30 * 24 * HOUR + 2 * HOUR) == []
    # It is put back: the same thing with a later word.
    back = stamped([lost], now=NOW + 2 * HOUR)[0]
    assert (back.cancelled, back.sequence) == (False, 2)
    assert cancelled_in({"year-1"}, present={"kept", "lost"}, now=NOW + 2 * HOUR) == []


def test_what_was_told_is_sealed(db):
    stamped([make_entry(place="SECRET kitchen")], now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT told FROM common_calendaritem")
        assert "SECRET" not in cursor.fetchone()[0]


STATES = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(["Here", "There"]), st.booleans(), st.integers(0, 5)),
    min_size=1,
    max_size=8,
)


class TestEverySequenceOfChanges(TestCase):
    @settings(max_examples=30, deadline=None, derandomize=True)
    @given(states=STATES)
    def test_a_calendar_program_ends_where_we_are(self, states):
        """A program that keeps the highest (sequence, stamp) for a UID shows the last state, always."""
        CalendarItem.objects.all().delete()
        entry, shown, now = make_entry(), None, NOW
        before = None
        for hours, place, cancelled, seconds in states:
            now += datetime.timedelta(seconds=seconds)
            state = replace(moved(entry, hours), place=place, cancelled=cancelled)
            current = stamped([state], now=now)[0]
            if before is not None:
                rises = current.sequence - before.sequence
                assert rises == int(current.moving_parts != before.moving_parts)
            event = read(write_feed(Feed(name="f", zone="UTC", host="h"), [current])).vevent
            key = (int(event.sequence.value), event.last_modified.value)
            if shown is None or key >= shown[0]:
                shown = (key, event)
            before = current
            assert shown[1].location.value == place
            assert (shown[1].status.value == "CANCELLED") == cancelled
            assert shown[1].dtstart.value == moved(entry, hours).starts_at
