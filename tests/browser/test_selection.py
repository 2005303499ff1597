"""Choosing a focus by keyboard on a phone; typed text outlives an expired sign-in and leaves no trace."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from cohorts.models import CompetencySelection
from tests.browser.conftest import PHONE
from tests.cast import PASSWORD

pytestmark = [pytest.mark.needs_chromium, pytest.mark.needs_sqlite]
DRAFTS = "Object.keys(localStorage).filter((key) => key.startsWith('draft:')).length"


@pytest.fixture
def choosing_now(live_cast):
    """The live server runs on the real clock, so the window is laid around today."""
    today = datetime.datetime.now(tz=datetime.UTC).date()
    live_cast.year.selection_opens_on = today - datetime.timedelta(days=3)
    live_cast.year.selection_closes_on = today + datetime.timedelta(days=10)
    live_cast.year.save()
    return live_cast


def focus_url(cast) -> str:
    return reverse("cohorts:focus", kwargs={"slug": cast.cohort.slug, "year": cast.year.slug})


def press_until(page, key: str, selector: str, most: int = 60) -> None:
    """Press a key until the focus stands on what the selector names, as a person without a mouse does."""
    for _ in range(most):
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} never reaches {selector}")


def test_a_focus_is_chosen_with_the_keyboard_alone(choosing_now, open_as):
    page = open_as(choosing_now.participant, PHONE)
    page.goto("/")
    press_until(page, "Tab", ".task .btn")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{focus_url(choosing_now)}")
    press_until(page, "Tab", "[name=competency]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    press_until(page, "Tab", "details summary:not(.tool)")
    page.keyboard.press("Enter")
    page.get_by_text("Indicator 2.1").or_(page.get_by_text("Indicator 3.1")).first.wait_for()
    press_until(page, "Tab", "[name=rationale]")
    page.keyboard.type("My teachers ask for it.")
    press_until(page, "Tab", "[name=strategies]")
    page.keyboard.type("Two visits a week.")
    press_until(page, "Tab", "form.focus-form [type=submit]")
    page.keyboard.press("Enter")
    page.get_by_text("Your focus is kept.").wait_for()

    stored = CompetencySelection.objects.get()
    assert (stored.competency.code, stored.rationale) == ("2", "My teachers ask for it.")
    assert page.evaluate(DRAFTS) == 0


def test_text_is_still_there_after_an_expired_sign_in(choosing_now, open_as):
    page = open_as(choosing_now.participant, PHONE)
    page.goto(focus_url(choosing_now))
    page.locator("[name=competency]").nth(2).check()
    page.fill("[name=rationale]", "A thought that took me an hour.")
    page.get_by_text("Kept on this device at").wait_for()

    Session.objects.all().delete()
    page.get_by_role("button", name="Keep this as my focus").click()
    page.wait_for_url("**/accounts/login/**")
    page.fill("[name=login]", choosing_now.participant.email)
    page.fill("[name=password]", PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(f"**{focus_url(choosing_now)}")

    page.get_by_text("What you had typed here is back.").wait_for()
    assert page.input_value("[name=rationale]") == "A thought that took me an hour."
    assert page.locator("[name=competency]").nth(2).is_checked()
    page.get_by_role("button", name="Keep this as my focus").click()
    page.get_by_text("Your focus is kept.").wait_for()
    assert CompetencySelection.objects.get().competency.code == "3"
    assert page.evaluate(DRAFTS) == 0


def test_an_error_takes_the_focus_and_keeps_the_text(choosing_now, open_as):
    page = open_as(choosing_now.participant, PHONE)
    page.goto(focus_url(choosing_now))
    page.fill("[name=strategies]", "Only this so far.")
    page.get_by_role("button", name="Keep this as my focus").click()
    page.locator(".error-summary").wait_for()
    assert page.evaluate("document.activeElement.className") == "error-summary"
    assert page.input_value("[name=strategies]") == "Only this so far."
    page.get_by_role("link", name="Choose one of the competencies.").click()
    assert page.evaluate("document.activeElement.name") == "competency"


def test_signing_out_leaves_nothing_behind(choosing_now, open_as):
    page = open_as(choosing_now.participant, PHONE)
    page.goto(focus_url(choosing_now))
    page.fill("[name=rationale]", "Not for the next person at this desk.")
    page.get_by_text("Kept on this device at").wait_for()
    assert page.evaluate(DRAFTS) == 1
    page.locator("details.menu > summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/")
    assert page.evaluate(DRAFTS) == 0


def test_another_persons_draft_is_not_shown(choosing_now, open_as):
    page = open_as(choosing_now.participant, PHONE)
    page.goto(focus_url(choosing_now))
    page.fill("[name=rationale]", "Mine alone.")
    page.get_by_text("Kept on this device at").wait_for()
    other = open_as(choosing_now.mate, PHONE)
    page.context.clear_cookies()
    page.context.add_cookies(other.context.cookies())
    page.goto(focus_url(choosing_now))
    assert page.input_value("[name=rationale]") == ""
