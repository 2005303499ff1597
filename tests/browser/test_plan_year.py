"""A plan's year among its people: shared, commented, taken back, read, checked in at mid-year, on paper."""

from __future__ import annotations

import datetime
import subprocess

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from growthplans.models import ActionStep, DocumentRequest, Goal, GrowthPlan
from growthplans.services.documents import make_due
from growthplans.services.starting import start_plan
from leaderdev.common.dates import today_in
from tests.browser.conftest import PHONE

pytestmark = [pytest.mark.needs_chromium, pytest.mark.needs_poppler, pytest.mark.needs_sqlite]

GOAL = "New teachers are visited in their first month"
STEP = "Visit three classrooms each week"


@pytest.fixture
def plan(live_cast) -> GrowthPlan:
    today = today_in(live_cast.district.time_zone)
    live_cast.year.starts_on = today - datetime.timedelta(days=100)
    live_cast.year.ends_on = today + datetime.timedelta(days=200)
    live_cast.year.save()
    member = live_cast.members["participant"]
    begun = start_plan(by=live_cast.participant, membership=member, year=live_cast.year, origin="blank")
    goal = Goal.objects.create(plan=begun, statement=GOAL)
    ActionStep.objects.create(goal=goal, what=STEP)
    return begun


def address(name: str, plan: GrowthPlan, **kwargs) -> str:
    return reverse(f"growthplans:{name}", kwargs={"pk": plan.pk, **kwargs})


def share(page, plan: GrowthPlan, reviewer: str) -> None:
    page.goto(address("share", plan))
    choice = page.get_by_role("radio", name=reviewer)
    if choice.count():
        choice.check()
    page.get_by_role("button", name="Share it for feedback").click()
    expect(page.get_by_role("button", name="Take it back")).to_be_visible()


def paper(page, plan: GrowthPlan, folder) -> bytes:
    page.goto(address("document", plan))
    page.get_by_role("button", name="Make the document").click()
    expect(page.get_by_text("It is being made")).to_be_visible()
    assert make_due(now=timezone.now()) == 1
    page.reload()
    order = DocumentRequest.objects.get(plan=plan)
    with page.expect_download() as caught:
        page.locator(f'a[href="{address("document_file", plan, document_pk=order.pk)}"]').first.click()
    target = folder / "plan.pdf"
    caught.value.save_as(target)
    return target.read_bytes()


def said(tool: str, data: bytes) -> str:
    """What one of Poppler's tools prints about a PDF."""
    options = ["-", "-"] if tool == "pdftotext" else ["-"]
    done = subprocess.run([tool, *options], input=data, capture_output=True, check=True)
    return done.stdout.decode()


def test_a_plan_goes_through_its_year(live_cast, plan, open_as, tmp_path):
    author = open_as(live_cast.participant, PHONE)
    reviewer_name = live_cast.lead.name
    share(author, plan, reviewer_name)

    mate = open_as(live_cast.mate, PHONE)
    mate.goto(address("plan_detail", plan))
    expect(mate.get_by_text(GOAL).first).to_be_visible()
    mate.get_by_label("Your comment").fill("Which three will you visit first?")
    mate.get_by_role("button", name="Send the comment").click()
    expect(mate.get_by_text("Which three will you visit first?")).to_be_visible()

    author.goto(address("plan_detail", plan))
    expect(author.get_by_text("Which three will you visit first?")).to_be_visible()
    author.get_by_role("button", name="Take it back").click()
    assert mate.goto(address("plan_detail", plan)).status == 404
    share(author, plan, reviewer_name)

    reviewer = open_as(live_cast.lead)
    reviewer.goto(address("plan_detail", plan))
    reviewer.get_by_role("button", name="I have read it").click()
    author.goto(address("plan_detail", plan))
    expect(author.get_by_role("button", name="Take it back")).to_have_count(0)
    author.get_by_role("button", name="Begin the work").click()

    author.goto(address("check_in", plan, kind="middle"))
    author.get_by_label("Where it stands").first.select_option("done")
    author.get_by_label("What helped").first.fill("My secretary kept the hour free.")
    author.get_by_role("button", name="We have talked: keep this").click()
    plan.refresh_from_db()
    assert plan.state == GrowthPlan.State.MID_YEAR
    assert ActionStep.objects.get(goal__plan=plan).status == ActionStep.Status.DONE

    data = paper(author, plan, tmp_path)
    assert "Tagged:          yes" in said("pdfinfo", data)
    text = " ".join(said("pdftotext", data).split())
    assert GOAL in text
    assert STEP in text
