"""A plan is written by keyboard on a phone, through a lost connection, two tabs and an expired sign-in."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import expect

from cohorts.models import CompetencySelection
from growthplans.models import ActionStep, Goal, GrowthPlan, Reflection
from growthplans.services.arranging import add_goal, add_step
from growthplans.services.editing import save_field
from growthplans.services.starting import start_plan
from tests.browser.conftest import LAPTOP, PHONE

pytestmark = [pytest.mark.needs_chromium, pytest.mark.needs_sqlite]

SAVED = "Saved "


@pytest.fixture
def plan(live_cast) -> GrowthPlan:
    member = live_cast.members["participant"]
    return start_plan(by=live_cast.participant, membership=member, year=live_cast.year, origin="blank")


@pytest.fixture
def goal(live_cast, plan) -> Goal:
    return add_goal(by=live_cast.participant, plan=plan)


def why(page):
    return page.get_by_label("Why this focus?")


def spoken(name: str) -> re.Pattern:
    """The words after the colon are for the ear alone; the browser sets them apart by a gap."""
    return re.compile(name.replace(": ", r"\s*: "))


def line(page):
    return page.locator("[data-save-line]")


def fresh(row):
    row.refresh_from_db()
    return row


def test_a_whole_plan_by_keyboard_on_a_phone(live_cast, open_as):
    CompetencySelection.objects.create(
        membership=live_cast.members["participant"],
        program_year=live_cast.year,
        competency=live_cast.standard.nodes.competencies()[0],
        rationale="Our staff room went quiet.",
    )
    page = open_as(live_cast.participant, PHONE)
    page.goto("/plans/")
    keys = page.keyboard

    def press(name: str) -> None:
        page.get_by_role("button", name=name, exact=True).first.focus()
        keys.press("Enter")

    page.get_by_role("link", name="Start your growth plan").focus()
    keys.press("Enter")
    page.get_by_label("From my focus").focus()
    keys.press("Space")
    press("Begin")
    expect(why(page)).to_have_value("Our staff room went quiet.")
    press("Add a goal")
    expect(page.get_by_label("Goal", exact=True)).to_be_focused()
    keys.type("Listen before I speak.")
    keys.press("Tab")
    keys.type("People speak first.")
    keys.press("Tab")
    expect(line(page)).to_contain_text(SAVED)
    press("Add a step to goal 1")
    expect(page.get_by_label("Step", exact=True)).to_be_focused()
    keys.type("Visit one class a week")
    page.get_by_label("How it stands").focus()
    keys.type("del")
    keys.press("Tab")
    expect(page.get_by_text("a delayed or dropped step needs a reason")).to_be_visible()
    expect(page.get_by_label("Why?")).to_be_focused()
    keys.type("Illness")
    keys.press("Tab")
    expect(line(page)).to_contain_text(SAVED)
    press("Middle of the year")
    expect(page.get_by_label("Your reflection")).to_be_focused()
    keys.type("It moved. שלום 👩‍🏫")
    keys.press("Tab")
    expect(line(page)).to_contain_text(SAVED)
    goal, step, reflection = Goal.objects.get(), ActionStep.objects.get(), Reflection.objects.get()
    assert (goal.statement, goal.success) == ("Listen before I speak.", "People speak first.")
    assert (step.what, step.status, step.reason) == ("Visit one class a week", "delayed", "Illness")
    assert (reflection.text, reflection.stage) == ("It moved. שלום 👩‍🏫", "middle")


@pytest.mark.fault
def test_what_is_typed_without_a_connection_is_sent_when_it_is_back(live_cast, plan, open_as):
    page = open_as(live_cast.participant, PHONE)
    page.goto(f"/plans/{plan.pk}/edit/")
    page.context.set_offline(True)
    why(page).fill("Typed in a tunnel")
    why(page).blur()
    expect(line(page)).to_contain_text("No connection.")
    assert fresh(plan).rationale == ""
    page.context.set_offline(False)
    expect(line(page)).to_contain_text(SAVED)
    assert fresh(plan).rationale == "Typed in a tunnel"
    assert page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('draft:')).length") == 0


@pytest.mark.fault
def test_a_text_that_never_arrived_is_back_when_the_page_is_opened_again(live_cast, plan, open_as):
    page = open_as(live_cast.participant, PHONE)
    page.goto(f"/plans/{plan.pk}/edit/")
    page.context.set_offline(True)
    why(page).fill("Typed before the battery died")
    expect(line(page)).to_contain_text("No connection.")
    page.close()
    context = page.context
    context.set_offline(False)
    again = context.new_page()
    again.goto(f"/plans/{plan.pk}/edit/")
    expect(why(again)).to_have_value("Typed before the battery died")
    expect(line(again)).to_contain_text(SAVED)
    assert fresh(plan).rationale == "Typed before the battery died"


@pytest.mark.fault
@pytest.mark.parametrize(
    ("choice", "stands"),
    [("Keep mine", "Two"), ("Take the other", "One"), ("Keep both", "One\n\nTwo")],
)
def test_two_tabs_show_both_texts_and_the_author_chooses(live_cast, plan, open_as, choice, stands):
    first = open_as(live_cast.participant, LAPTOP)
    first.goto(f"/plans/{plan.pk}/edit/")
    second = first.context.new_page()
    second.goto(f"/plans/{plan.pk}/edit/")
    why(first).fill("One")
    why(first).blur()
    expect(line(first)).to_contain_text(SAVED)
    why(second).fill("Two")
    why(second).blur()
    expect(line(second)).to_contain_text("One box was changed somewhere else.")
    expect(second.locator("[data-theirs]")).to_have_text("One")
    expect(why(second)).to_have_value("Two")
    assert fresh(plan).rationale == "One"
    second.get_by_role("button", name=choice).focus()
    second.keyboard.press("Enter")
    expect(why(second)).to_be_focused()
    expect(second.locator("[data-theirs]")).to_have_count(0)
    second.get_by_label("Which school goal").fill("Reading")
    second.get_by_label("Which school goal").blur()
    expect(line(second)).to_contain_text(SAVED)
    assert (fresh(plan).rationale, plan.school_goal) == (stands, "Reading")


def test_two_tabs_in_different_boxes_do_not_meet(live_cast, plan, open_as):
    page = open_as(live_cast.participant, LAPTOP)
    page.goto(f"/plans/{plan.pk}/edit/")
    values = {"by": live_cast.participant, "plan": plan, "part": "plan", "part_id": plan.pk}
    save_field(**values, field="school_goal", value="From the phone", version=1)
    why(page).fill("From the laptop")
    why(page).blur()
    expect(line(page)).to_contain_text(SAVED)
    assert (fresh(plan).rationale, plan.school_goal) == ("From the laptop", "From the phone")


def sign_in_again(page, user) -> None:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    origin = page.evaluate("location.origin")
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": origin}])


@pytest.mark.fault
def test_an_expired_sign_in_keeps_the_text_and_says_where_to_sign_in(live_cast, plan, open_as):
    page = open_as(live_cast.participant, PHONE)
    page.goto(f"/plans/{plan.pk}/edit/")
    Session.objects.all().delete()
    why(page).fill("Written over lunch")
    why(page).blur()
    expect(line(page)).to_contain_text("You are no longer signed in.")
    link = page.get_by_role("link", name="Sign in again")
    expect(link).to_be_visible()
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/login/**")
    assert f"next=/plans/{plan.pk}/edit/" in page.url
    sign_in_again(page, live_cast.participant)
    page.goto(f"/plans/{plan.pk}/edit/")
    expect(why(page)).to_have_value("Written over lunch")
    expect(line(page)).to_contain_text(SAVED)
    assert fresh(plan).rationale == "Written over lunch"


@pytest.mark.fault
def test_after_signing_in_in_another_tab_the_page_goes_on_by_itself(live_cast, plan, open_as):
    page = open_as(live_cast.participant, LAPTOP)
    page.goto(f"/plans/{plan.pk}/edit/")
    Session.objects.all().delete()
    why(page).fill("Still here")
    why(page).blur()
    expect(line(page)).to_contain_text("You are no longer signed in.")
    sign_in_again(page, live_cast.participant)
    # Signing in makes a new form token; the page must fetch it.
    page.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(line(page)).to_contain_text(SAVED)
    assert fresh(plan).rationale == "Still here"


@pytest.mark.fault
def test_the_next_person_at_the_desk_meets_none_of_it(live_cast, plan, open_as):
    page = open_as(live_cast.participant, LAPTOP)
    page.goto(f"/plans/{plan.pk}/edit/")
    Session.objects.all().delete()
    why(page).fill("Mine alone")
    why(page).blur()
    expect(line(page)).to_contain_text("You are no longer signed in.")
    sign_in_again(page, live_cast.mate)
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    theirs = start_plan(
        by=live_cast.mate, membership=live_cast.members["mate"], year=live_cast.year, origin="blank"
    )
    page.goto(f"/plans/{theirs.pk}/edit/")
    expect(why(page)).to_have_value("")
    page.locator("details[data-menu] summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/accounts/**")
    assert page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('draft:')).length") == 0


def test_steps_are_put_in_order_by_buttons_keys_and_dragging(live_cast, plan, goal, open_as):
    for number in range(3):
        step = add_step(by=live_cast.participant, plan=plan, goal_id=goal.pk)
        ActionStep.objects.filter(pk=step.pk).update(what=f"Step {number}")
    page = open_as(live_cast.participant, {"width": 1280, "height": 2400})
    page.goto(f"/plans/{plan.pk}/edit/")
    boxes = page.locator(".plan-step textarea")

    def order():
        return [boxes.nth(place).input_value()[-1] for place in range(3)]

    def stored():
        return [step.what[-1] for step in goal.steps.order_by("position", "pk")]

    page.get_by_role("button", name=spoken("Down: step 1 of goal 1")).focus()
    page.keyboard.press("Enter")
    expect(line(page)).to_contain_text("Moved.")
    assert (order(), stored()) == (["1", "0", "2"], ["1", "0", "2"])
    line(page).evaluate("node => { node.textContent = ''; }")
    boxes.nth(2).focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(line(page)).to_contain_text("Moved.")
    assert (order(), stored()) == (["1", "2", "0"], ["1", "2", "0"])
    line(page).evaluate("node => { node.textContent = ''; }")
    page.locator(".plan-step .plan-handle").nth(2).hover()
    page.mouse.down()
    # A browser takes the first movement over a place for arriving there, the second for staying.
    page.locator(".plan-step").nth(0).hover()
    page.locator(".plan-step").nth(0).hover()
    page.mouse.up()
    expect(line(page)).to_contain_text("Moved.")
    assert (order(), stored()) == (["0", "1", "2"], ["0", "1", "2"])


def test_without_script_everything_works_by_its_buttons(live_cast, plan, goal, open_as):
    page = open_as(live_cast.participant, PHONE, java_script_enabled=False)
    page.goto(f"/plans/{plan.pk}/edit/")
    why(page).fill("By the button")
    page.get_by_role("button", name=spoken("Save: why this focus")).click()
    expect(page.locator(".messages")).to_contain_text(SAVED)
    page.get_by_label("Goal", exact=True).fill("From this phone")
    values = {"by": live_cast.participant, "plan": plan, "part": "goal", "part_id": goal.pk}
    save_field(**values, field="statement", value="From another desk", version=1)
    page.get_by_role("button", name=spoken("Save: goal 1")).click()
    expect(page.get_by_role("heading", name="Two versions of your text")).to_be_visible()
    page.get_by_label("Both, one below the other").check()
    page.get_by_role("button", name="Save what I chose").click()
    assert fresh(goal).statement == "From another desk\n\nFrom this phone"
    assert fresh(plan).rationale == "By the button"
    page.get_by_role("button", name=spoken("Remove: goal 1")).click()
    page.get_by_role("button", name="Undo").click()
    assert plan.goals.get() == goal


def test_twenty_thousand_characters_are_kept(live_cast, plan, open_as):
    text = ("A line of a long evening.\n" * 800)[:20_000]
    page = open_as(live_cast.participant, LAPTOP)
    page.goto(f"/plans/{plan.pk}/edit/")
    why(page).fill(text)
    why(page).blur()
    expect(line(page)).to_contain_text(SAVED)
    assert fresh(plan).rationale == text


def test_a_refusal_of_half_a_date_does_not_stop_the_whole_one(live_cast, plan, goal, open_as):
    """The answer to what stood there a moment ago comes while the rest is typed: it judges that alone."""
    page = open_as(live_cast.participant, LAPTOP, locale="en-US")
    page.goto(f"/plans/{plan.pk}/edit/")

    def slowly(route) -> None:
        page.wait_for_timeout(400)
        route.continue_()

    page.route("**/save/", slowly)
    day = page.get_by_label("By when?")
    day.fill("0002-03-15")
    day.blur()
    day.fill(live_cast.year.ends_on.isoformat())
    day.blur()
    expect(line(page)).to_contain_text(SAVED)
    assert fresh(goal).due_on == live_cast.year.ends_on
