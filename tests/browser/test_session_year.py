"""A program lead's year of sessions in a real browser, on the demo's calendar."""

from __future__ import annotations

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from cohorts.models import AgendaItem, LearningSession, ProgramYear
from leaderdev.home.demo.plan import make_plan
from leaderdev.home.demo.store.program import add_calendar
from leaderdev.home.sessions import exit_feedback
from tests.browser.conftest import PHONE
from tests.cast import Cast, join, make_leader

pytestmark = pytest.mark.needs_chromium
MINUTE = datetime.timedelta(minutes=1)
GUARDS = {
    "operations_early",
    "operations_long",
    "many_protocols",
    "guest_without_goal",
    "group_size",
    "one_presenter",
    "challenge_falls",
}


@pytest.fixture
def year(live_cast) -> ProgramYear:
    """The cast's year on the demo's calendar, without sessions yet, and with five participants."""
    cast = live_cast
    dates = make_plan(timezone.localdate()).years[1].dates
    old = cast.year.calendar
    cast.year.learning_sessions.all().delete()
    ProgramYear.objects.filter(pk=cast.year.pk).update(calendar=None)
    old.delete()
    calendar = add_calendar(cast.district, dates.calendar)
    ProgramYear.objects.filter(pk=cast.year.pk).update(
        calendar=calendar, starts_on=dates.calendar.first, ends_on=dates.calendar.last
    )
    cast.cohort.memberships.update(joined_on=dates.calendar.first)
    fifth = join(cast.cohort, make_leader(cast.district, "fifth@example.ca"))
    fifth.joined_on = dates.calendar.first
    fifth.save()
    cast.year.refresh_from_db()
    return cast.year


def participants(cast: Cast) -> list:
    rows = cast.cohort.memberships.participants().current().select_related("leader__user")
    return [member.leader.user for member in rows]


def add_item(page, title: str, minutes: int, kind: str = "learning", **more: str) -> None:
    page.get_by_label("Title").fill(title)
    page.get_by_label("Minutes").fill(str(minutes))
    page.get_by_label("Kind").select_option(kind)
    page.get_by_label("Led by").select_option(label="Mate Person, participant")
    if more:
        page.get_by_text("Preparation, materials, protocol, kit, guest").click()
    for label, text in more.items():
        field = page.get_by_label(label, exact=True)
        field.select_option(text) if label == "How demanding" else field.fill(text)
    page.get_by_role("button", name="Add it").click()
    page.get_by_text(f"“{title}” is on the agenda.").wait_for()


def test_a_year_of_sessions_from_the_plan_to_the_trend(open_as, live_cast, year):
    cast = live_cast
    page = open_as(cast.lead)
    # A year of six, on Thursdays, five weeks apart.
    page.goto(reverse("cohorts:session_plan", args=[cast.cohort.slug, year.slug]))
    expect(page.get_by_label("How many sessions")).to_have_value("6")
    page.get_by_role("button", name="Show the days").click()
    page.get_by_role("button", name="Store these 6 sessions").click()
    page.get_by_text("6 sessions are planned").wait_for()
    sessions = list(year.learning_sessions.order_by("starts_at"))
    assert len(sessions) == 6
    assert all(year.calendar.has_school_on(each.starts_at.date()) for each in sessions)
    # One is moved, the others stay.
    moved, others = sessions[2], [each.starts_at for each in sessions if each != sessions[2]]
    day = moved.starts_at.date()
    while day == moved.starts_at.date() or not year.calendar.has_school_on(day):
        day += datetime.timedelta(days=1)
    page.goto(reverse("cohorts:session_move", args=[moved.pk]))
    page.get_by_label("Day").fill(day.isoformat())
    page.get_by_role("button", name="Move it and tell everybody").click()
    page.get_by_text("told by mail").wait_for()
    moved.refresh_from_db()
    assert moved.starts_at.date() == day
    assert [
        each.starts_at for each in year.learning_sessions.exclude(pk=moved.pk).order_by("starts_at")
    ] == others
    _build(page, cast, sessions)
    _hold(open_as, cast, sessions[1])


def _build(page, cast: Cast, sessions: list[LearningSession]) -> None:
    """An agenda that trips every guard; each is overridden with a reason."""
    session = sessions[1]
    AgendaItem.objects.create(session=sessions[0], title="Hard", minutes=30, challenge=4)
    page.goto(reverse("cohorts:session_rules", args=[cast.cohort.slug]))
    page.get_by_label("Fewest people in a dialogue group").fill("6")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("goes by these figures").wait_for()
    # Nobody has arrived, so all five are seated: one group, and it is smaller than the cohort's figure.
    page.goto(reverse("cohorts:session_groups", args=[session.pk]))
    page.get_by_role("button", name="Form groups").click()
    page.get_by_role("heading", name="Group 1").wait_for()
    page.goto(reverse("cohorts:agenda", args=[session.pk]))
    add_item(page, "Dates and forms", 40, "operations")
    for name in ("Rounds", "Warm and cool", "I see, I wonder"):
        add_item(page, name, 30, "practice", Protocol=name)
    add_item(page, "A guest", 20, "learning", **{"Guest": "Dr. Hall", "How demanding": "2"})
    # By keyboard: the first item goes down, and the times run on.
    page.get_by_role("button", name=re.compile("Down.*Dates and forms")).focus()
    page.keyboard.press("Enter")
    titles = page.locator("[data-item] .agenda-title")
    expect(titles.nth(0)).to_have_text("Rounds")
    expect(titles.nth(1)).to_have_text("Dates and forms")
    expect(page.locator("[data-item] .agenda-time").nth(1)).to_contain_text("9:30–10:10")
    assert [item.title for item in session.items.kept()][:2] == ["Rounds", "Dates and forms"]
    # By pointer: carried back to the top.
    handles = page.locator(".agenda-handle")
    handles.nth(1).drag_to(page.locator("[data-item]").nth(0))
    expect(titles.nth(0)).to_have_text("Dates and forms")
    expect(page.locator(".advice > li")).to_have_count(len(GUARDS))
    for left in range(len(GUARDS), 0, -1):
        asides = page.get_by_role("button", name="Show the advice again")
        item = page.locator("section[aria-labelledby=advice-title] .advice > li").first
        item.locator("summary").click()
        item.get_by_label("Why it is right this time").fill("Only this once.")
        item.get_by_role("button", name="Set this advice aside").click()
        expect(asides).to_have_count(len(GUARDS) - left + 1)
    assert set(session.set_aside.values_list("guard", flat=True)) == GUARDS
    expect(page.locator("section[aria-labelledby=advice-title]")).to_have_count(0)


def _hold(open_as, cast: Cast, session: LearningSession) -> None:
    """The session runs now: the clock on a phone, arrivals by code, feedback in sum, the year's trend."""
    now = timezone.now()
    LearningSession.objects.filter(pk=session.pk).update(
        starts_at=now - 50 * MINUTE, ends_at=now + 100 * MINUTE
    )
    phone = open_as(cast.facilitator, PHONE)
    phone.goto(reverse("cohorts:session_run", args=[session.pk]))
    clock = phone.locator("[data-run-left]")
    expect(clock).to_have_text(re.compile(r"^\d+:\d\d$"))
    expect(phone.locator("[aria-current=step] .agenda-title")).to_have_text("Rounds")
    # It runs: what is left now is not what is left in a moment.
    expect(clock).not_to_have_text(clock.inner_text())
    phone.goto(reverse("cohorts:door", args=[session.pk]))
    code = phone.locator(".door-code").inner_text()
    guest = open_as(cast.participant, PHONE)
    guest.goto(session.get_absolute_url())
    guest.get_by_role("link", name="Note my arrival").click()
    guest.get_by_label("Code shown in the room").fill(code.lower())
    guest.get_by_role("button", name="I am here").click()
    guest.get_by_text("You arrived at").wait_for()
    assert session.attendance.get().membership == cast.members["participant"]
    # Ten minutes before the end.
    LearningSession.objects.filter(pk=session.pk).update(ends_at=timezone.now() + 10 * MINUTE)
    session.refresh_from_db()
    here = reverse("home:session_feedback", args=[session.pk])
    phone.goto(here)
    phone.get_by_role("button", name="Ask for feedback").click()
    phone.get_by_text("find the three questions").wait_for()
    guest.goto(here)
    guest.get_by_label("very much").nth(0).check()
    guest.get_by_label("clearly").nth(1).check()
    guest.get_by_label("What should we change?").fill("More trio time.")
    guest.get_by_role("button", name="Send").click()
    guest.get_by_text("Thank you").wait_for()
    for user in participants(cast):
        if user != cast.participant:
            exit_feedback.answer(by=user, session=session, useful=3, engaged=2, change="Go on.")
    lead = open_as(cast.lead)
    lead.goto(here)
    lead.get_by_role("button", name="Take no more answers and read the sums").click()
    lead.get_by_text("100 per cent of 5").first.wait_for()
    LearningSession.objects.filter(pk=session.pk).update(ends_at=timezone.now() - MINUTE)
    lead.goto(reverse("home:session_trend", args=[cast.cohort.slug, cast.year.slug]))
    lead.get_by_role("heading", name="Session by session").wait_for()
    expect(lead.locator("tbody").last).to_contain_text("100 %")
