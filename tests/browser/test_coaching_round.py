"""One round on a phone, from the proposal to the next meeting, which opens with its promises.

Each calendar message is read back by another library than the one that wrote it.
"""

from __future__ import annotations

import datetime
import re

import pytest
import vobject
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from coaching.models import CoachingSession, JournalEntry, Promise, Turn
from leaderdev.common.dates import today_in
from leaderdev.common.models import OutgoingMail
from tests.browser.conftest import PHONE
from tests.cast import make_plan
from tests.coaching.meetings import make_meeting

pytestmark = [pytest.mark.needs_chromium, pytest.mark.needs_sqlite]

PROMISE = "Visit two classrooms with one question"
NOTES = "What would we count as talk?"
THOUGHT = "I gave advice three times."
_DAY = datetime.timedelta(days=1)


@pytest.fixture
def cast(live_cast):
    """A year that has today in its middle, so that the walk works on any day."""
    day = today_in(live_cast.district.time_zone)
    live_cast.year.starts_on, live_cast.year.ends_on = day - _DAY * 90, day + _DAY * 200
    live_cast.year.calendar = None
    live_cast.year.save()
    return live_cast


def school_day(cast, after: int) -> datetime.date:
    day = today_in(cast.district.time_zone) + _DAY * after
    while day.weekday() >= 5:
        day += _DAY
    return day


def invitations(method: str) -> list:
    """The calendar messages that went out last, read by vobject; one for each member."""
    rows = OutgoingMail.objects.exclude(calendar="").order_by("-pk")[:3]
    found = [vobject.readOne(row.calendar) for row in rows]
    assert [each.method.value for each in found] == [method] * 3
    return found


def check(message, meeting: CoachingSession, sequence: int) -> None:
    """What RFC 5545 and 5546 ask of the message, and nothing of the talk in it."""
    event = message.vevent
    assert message.version.value == "2.0"
    assert re.fullmatch(rf"coaching-{meeting.pk}@[\w.]+", event.uid.value)
    assert int(event.sequence.value) == sequence
    assert event.summary.value == "Coaching round 1"
    assert event.dtstart.value == meeting.starts_at
    assert event.dtend.value == meeting.ends_at
    assert event.dtstart.params["X-VOBJ-ORIGINAL-TZID"] == ["America/Edmonton"]
    assert message.vtimezone.tzid.value == "America/Edmonton"
    assert event.dtstamp.value.tzinfo is not None
    assert event.organizer.value.startswith("mailto:")
    assert len(event.contents["attendee"]) == 1
    for word in (PROMISE, NOTES, "Room 4", "SECRET"):
        assert word not in message.serialize()


def answer(page: Page, meeting: CoachingSession, says: str) -> None:
    """From the mail's button page; opening it answers nothing, one press does."""
    page.goto(reverse("coaching:times", args=[meeting.pk]))
    answers = meeting.times.get().answers
    before = answers.count()
    no_wider_than_the_phone(page)
    page.get_by_role("button", name="Yes", exact=True).click()
    expect(page.get_by_text(says)).to_be_visible()
    assert answers.count() == before + 1


def no_wider_than_the_phone(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_round_from_proposal_to_the_next_meeting(cast, open_as):
    make_plan(cast)
    page = open_as(cast.participant, PHONE)

    # Proposed.
    page.goto(reverse("coaching:trio", args=[cast.trio.pk]))
    no_wider_than_the_phone(page)
    page.get_by_role("link", name="Propose another time").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Propose a time")
    no_wider_than_the_phone(page)
    page.get_by_label("Day (required)").fill(school_day(cast, 9).isoformat())
    page.get_by_label("From (required)").fill("15:30")
    page.get_by_label("Where").fill("Room 4")
    page.get_by_role("button", name="Ask my trio").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("When? Coaching round 1")
    meeting = CoachingSession.objects.get()

    # Answered by two; the last yes settles it.
    answer(open_as(cast.mate, PHONE), meeting, "Your answer is kept")
    third = open_as(cast.third, PHONE)
    answer(third, meeting, "Everybody can come")
    expect(third.get_by_role("heading", level=1)).to_have_text("Coaching round 1")
    meeting.refresh_from_db()
    assert meeting.state == "confirmed"
    for message in invitations("REQUEST"):
        check(message, meeting, 0)

    # Moved.
    page.goto(reverse("coaching:move", args=[meeting.pk]))
    page.get_by_label("The new day").fill(school_day(cast, 12).isoformat())
    page.get_by_role("button", name="Move it", exact=True).click()
    expect(page.get_by_text("The meeting is moved")).to_be_visible()
    meeting.refresh_from_db()
    for message in invitations("REQUEST"):
        check(message, meeting, 1)

    # Held: time passes, somebody writes notes, and they save themselves.
    ended = timezone.now().replace(microsecond=0) - datetime.timedelta(hours=1)
    begun = ended - datetime.timedelta(hours=1)
    CoachingSession.objects.filter(pk=meeting.pk).update(starts_at=begun, ends_at=ended)
    page.goto(meeting.get_absolute_url())
    no_wider_than_the_phone(page)
    page.get_by_label("Notes during the talk").fill(NOTES)
    expect(page.locator("[data-save-line]")).to_contain_text("Saved ")
    page.get_by_role("button", name="Start the clock").first.click()
    expect(page.locator("[data-turns] output").first).to_contain_text("left")

    # Logged, with what was filled in and one promise.
    page.get_by_role("link", name="Log this meeting").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Log Coaching round 1")
    no_wider_than_the_phone(page)
    # What is filled in already stays folded away: nobody has to read it.
    expect(page.get_by_label("Which day")).to_be_hidden()
    expect(page.get_by_label("Mate Person was coached, in minutes")).to_be_hidden()
    expect(page.get_by_label("We met", exact=True)).to_be_checked()
    page.get_by_label("Promise 1: who").select_option(label="Mate Person")
    page.get_by_label("Promise 1: what").fill(PROMISE)
    page.get_by_role("button", name="Keep this log").click()

    # Journalled.
    expect(page.get_by_role("heading", level=1)).to_have_text("My journal")
    page.get_by_label("What do you hope for").fill(THOUGHT)
    page.get_by_role("button", name="Keep this entry").click()
    expect(page.get_by_text(THOUGHT)).to_be_visible()
    meeting.refresh_from_db()
    assert (meeting.state, meeting.notes) == ("held", NOTES)
    assert sum(Turn.objects.values_list("minutes", flat=True)) == 60
    assert JournalEntry.objects.get().text == THOUGHT

    # The next meeting opens with the promise, and its buttons settle it.
    following = make_meeting(cast, number=2)
    page.goto(following.get_absolute_url())
    expect(page.locator("h2").first).to_have_text("Last time you promised")
    expect(page.get_by_text(PROMISE).first).to_be_visible()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("Nothing is open from earlier meetings")).to_be_visible()
    assert Promise.objects.get().state == "kept"


def test_a_meeting_that_is_called_off_leaves_every_calendar(cast, open_as):
    page = open_as(cast.participant, PHONE)
    day = school_day(cast, 9)
    page.goto(reverse("coaching:propose", args=[cast.trio.pk]))
    page.get_by_label("Day (required)").fill(day.isoformat())
    page.get_by_label("From (required)").fill("15:30")
    page.get_by_role("button", name="Ask my trio").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("When? Coaching round 1")
    meeting = CoachingSession.objects.get()
    page.get_by_role("button", name="Settle on this time now").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Coaching round 1")
    page.get_by_role("link", name="Call it off").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Call off Coaching round 1?")
    page.get_by_role("button", name="Call it off").click()
    expect(page.get_by_text("The meeting is called off")).to_be_visible()
    meeting.refresh_from_db()

    for message in invitations("CANCEL"):
        check(message, meeting, 1)
        assert message.vevent.status.value == "CANCELLED"


def test_a_suggested_time_is_proposed_answered_and_logged_with_five_presses(cast, open_as):
    """From each person's own page, on a phone: one press proposes, one each answers, two log it as held."""
    page = open_as(cast.participant, PHONE)
    page.goto(reverse("coaching:trio", args=[cast.trio.pk]))
    page.get_by_role("button", name="Propose this time").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("When? Coaching round 1")
    meeting = CoachingSession.objects.get()
    answer(open_as(cast.mate, PHONE), meeting, "Your answer is kept")
    answer(open_as(cast.third, PHONE), meeting, "Everybody can come")

    ended = timezone.now().replace(microsecond=0) - datetime.timedelta(hours=1)
    times = {"starts_at": ended - datetime.timedelta(hours=1), "ends_at": ended}
    CoachingSession.objects.filter(pk=meeting.pk).update(**times)
    page.goto(reverse("coaching:trio", args=[cast.trio.pk]))
    page.get_by_role("link", name="Log it, in two minutes").click()
    page.get_by_role("button", name="Keep this log").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My journal")
    meeting.refresh_from_db()
    assert meeting.state == "held"
    assert sum(Turn.objects.values_list("minutes", flat=True)) == 60


def test_notes_without_javascript_and_a_second_writer(cast, open_as):
    meeting = make_meeting(cast)
    page = open_as(cast.participant, PHONE, java_script_enabled=False)
    page.goto(meeting.get_absolute_url())
    page.get_by_label("Notes during the talk").fill("mine")
    CoachingSession.objects.filter(pk=meeting.pk).update(notes="theirs", version=2)
    page.get_by_role("button", name=re.compile("^Save")).click()

    expect(page.get_by_text("Both texts stand in the box")).to_be_visible()
    expect(page.get_by_label("Notes during the talk")).to_have_value("theirs\n\nmine")
    page.get_by_role("button", name=re.compile("^Save")).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    meeting.refresh_from_db()
    assert meeting.notes.replace("\r", "") == "theirs\n\nmine"
