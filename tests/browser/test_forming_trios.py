"""A lead forms, adjusts, compares and publishes trios; by keyboard, at a desk and on a phone."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from coaching.models import TrioProposal
from coaching.services.trio_proposals import form_due
from cohorts.models import TrioSeat
from leaderdev.common.models import OutgoingMail
from tests.browser.conftest import PHONE
from tests.browser.test_selection import press_until
from tests.coaching.forming import crowd, formed

pytestmark = [pytest.mark.needs_chromium, pytest.mark.needs_sqlite]


def address(name: str, cast, *more) -> str:
    return reverse(f"coaching:{name}", args=[cast.cohort.slug, cast.year.slug, *more])


def test_a_lead_forms_adjusts_compares_and_publishes(live_cast, open_as):
    crowd(live_cast, 9)
    page = open_as(live_cast.lead)
    page.goto(address("forming", live_cast))
    page.get_by_text("No focus competency is chosen yet.").first.wait_for()
    page.get_by_role("link", name="Choose the rules and form trios").click()

    # The order of priorities changes by keyboard, and the button keeps the focus.
    page.get_by_role("button", name=re.compile("Up ?: Short ways")).focus()
    page.keyboard.press("Enter")
    page.locator(".priorities > li:first-child", has_text="Short ways").wait_for()
    assert page.evaluate("document.activeElement.name") == "down", "at the top only the way down is left"
    page.get_by_role("button", name="Form the trios").last.click()
    page.wait_for_url(f"**{address('proposal', live_cast, 1)}")
    page.get_by_text("The trios are being formed.").wait_for()
    assert form_due(now=timezone.now()) == 1
    page.get_by_text("Best possible: proven").wait_for()
    assert page.get_by_role("img").count() >= 1, "the map of the schools"

    page.get_by_role("button", name="Copy").click()
    page.wait_for_url(f"**{address('proposal', live_cast, 2)}")
    page.get_by_role("link", name=re.compile("Move ?: Former 00")).click()
    page.get_by_role("heading", name="Another seat for Former 00").wait_for()
    press_until(page, "Tab", ".places button")
    page.keyboard.press("Enter")
    page.get_by_text("Changed by hand once").wait_for()
    page.get_by_role("button", name=re.compile("Pin ?: trio 1")).click()
    page.get_by_text("Pinned", exact=True).wait_for()
    assert page.get_by_role("button", name="Take back").count() == 1

    page.get_by_role("link", name="Compare").click()
    page.get_by_role("heading", name="Who sits with others").wait_for()
    assert page.locator("table").last.get_by_text("Former 00").count() > 0

    page.goto(address("proposal", live_cast, 2))
    assert not OutgoingMail.objects.exists()
    page.get_by_role("link", name="Publish these trios").click()
    page.get_by_role("button", name="Publish and tell the members").click()
    page.get_by_text("The trios are published").wait_for()
    assert TrioProposal.objects.get(number=2).is_published
    assert TrioSeat.objects.current().filter(program_year=live_cast.year).count() == 9
    assert OutgoingMail.objects.filter(kind="trio_published").count() == 9


def test_a_move_on_a_phone_by_keyboard_and_back(live_cast, open_as):
    crowd(live_cast, 7)
    proposal = formed(live_cast)
    before = proposal.groups
    page = open_as(live_cast.lead, PHONE)
    page.goto(address("proposal", live_cast, proposal.number))
    press_until(page, "Tab", ".trio-members a", most=120)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Another seat for").wait_for()
    press_until(page, "Tab", ".places button")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("Enter")
    page.get_by_text("Changed by hand once").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    press_until(page, "Tab", "button[value=undo]")
    page.keyboard.press("Enter")
    page.get_by_text("Taken back:").wait_for()
    proposal.refresh_from_db()
    assert proposal.groups == before


def test_a_participant_says_wishes_and_finds_nothing_of_the_proposals(live_cast, open_as):
    crowd(live_cast, 6)
    proposal = formed(live_cast)
    page = open_as(live_cast.participant, PHONE)
    page.goto(address("trio_wishes", live_cast))
    page.get_by_role("group", name="People you would like to sit with").get_by_label(
        "First person"
    ).select_option("Former 01")
    page.get_by_role("button", name="Keep my wishes").click()
    page.get_by_text("Your wishes are kept.").wait_for()
    for url in (address("forming", live_cast), address("proposal", live_cast, proposal.number)):
        assert page.goto(url).status == 403
        assert "Former 01" not in page.content()
