"""One walk through a plan's year: written by keyboard, kept through a lost connection and a second tab,
shared, talked about, taken back, shared again, read, checked in at mid-year, and printed.

The smaller steps have tests of their own in test_plan_editing.py; here they follow one another as they do in
a year, on the rows that the walk itself has made. The keyboard is a keyboard: what is used is reached by Tab.
"""

from __future__ import annotations

import datetime
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from cohorts.models import CompetencySelection
from growthplans.models import ActionStep, CheckIn, Comment, DocumentRequest, Evidence, Goal, GrowthPlan
from growthplans.services.documents import make_due
from leaderdev.common.dates import today_in
from tests.browser.conftest import LAPTOP, PHONE

pytestmark = [pytest.mark.needs_chromium, pytest.mark.needs_poppler, pytest.mark.needs_sqlite]

WHY = "Our staff room went quiet."
GOAL = "New teachers are visited in their first month."
SUCCESS = "They stay, and say why."
FIRST, SECOND = "Visit three classrooms each week", "Ask the most experienced teacher"
SHOWN = "A door that stands open"
THOUGHT = "It moved. שלום 👩‍🏫"
QUESTION = "Which three will you visit first?"
# More stops than any page of a plan has between two places.
MOST_STOPS = 200


@dataclass
class Keyboard:
    """Somebody who has no mouse."""

    page: Page

    def reach(self, target: Locator) -> None:
        """Tab from wherever the focus is, round the page if need be, until it is on the target."""
        expect(target).to_be_visible()
        for _stop in range(MOST_STOPS):
            if target.evaluate("node => node === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} is not reached by Tab")

    def press(self, name: str, role: str = "button") -> None:
        """Reach a button or link by its name and press Enter; other words may follow for the ear."""
        self.reach(self.page.get_by_role(role, name=re.compile(rf"^{re.escape(name)}")).first)
        self.page.keyboard.press("Enter")

    def write(self, target: Locator, text: str) -> None:
        self.reach(target)
        self.page.keyboard.press("End")
        self.page.keyboard.type(text)

    def leave(self) -> None:
        self.page.keyboard.press("Tab")


def saved(page: Page) -> None:
    expect(page.locator("[data-save-line]")).to_contain_text("Saved ")


def typed_date(day: datetime.date) -> str:
    """As an American keyboard types it into a date field."""
    return f"{day:%m%d%Y}"


@pytest.fixture
def today(live_cast) -> datetime.date:
    """A day in the middle of the year; the participant has chosen her focus."""
    day = today_in(live_cast.district.time_zone)
    live_cast.year.starts_on = day - datetime.timedelta(days=100)
    live_cast.year.ends_on = day + datetime.timedelta(days=200)
    live_cast.year.save()
    CompetencySelection.objects.create(
        membership=live_cast.members["participant"],
        program_year=live_cast.year,
        competency=live_cast.standard.nodes.competencies()[0],
        rationale=WHY,
    )
    return day


def write_the_plan(page: Page, today: datetime.date) -> GrowthPlan:
    """From the start page to a plan with a goal, two steps, evidence and a reflection; no mouse."""
    keys = Keyboard(page)
    page.goto("/plans/")
    keys.press("Start your growth plan", "link")
    keys.reach(page.get_by_role("radio", name=re.compile("^From my focus")))
    page.keyboard.press("Space")
    keys.press("Begin")
    expect(page.get_by_label("Why this focus?")).to_have_value(WHY)
    keys.press("Add a goal")
    expect(page.get_by_label("Goal", exact=True)).to_be_focused()
    page.keyboard.type(GOAL)
    keys.write(page.get_by_label("What will success look like?"), SUCCESS)
    keys.reach(page.get_by_label("By when?").first)
    page.keyboard.type(typed_date(today + datetime.timedelta(days=150)))
    saved(page)
    keys.press("Add a step")
    expect(page.get_by_label("Step", exact=True)).to_be_focused()
    page.keyboard.type(FIRST)
    keys.leave()
    saved(page)
    return GrowthPlan.objects.get()


def lose_the_connection(page: Page, plan: GrowthPlan) -> None:
    """In the middle of a second step: typed without a connection, sent by itself when it is back."""
    keys = Keyboard(page)
    keys.press("Add a step")
    box = page.get_by_label("Step", exact=True).nth(1)
    expect(box).to_be_focused()
    page.context.set_offline(True)
    page.keyboard.type(SECOND)
    keys.leave()
    expect(page.locator("[data-save-line]")).to_contain_text("No connection.")
    expect(box).to_have_value(SECOND)
    assert not ActionStep.objects.filter(goal__plan=plan, what=SECOND).exists()
    page.context.set_offline(False)
    saved(page)
    assert ActionStep.objects.filter(goal__plan=plan, what=SECOND).exists()
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draft:')).length") == 0


def reflect_and_show(page: Page, plan: GrowthPlan) -> None:
    keys = Keyboard(page)
    keys.press("Middle of the year")
    expect(page.get_by_label("Your reflection")).to_be_focused()
    page.keyboard.type(THOUGHT)
    keys.leave()
    saved(page)
    keys.press("Read the whole plan", "link")
    keys.press("Evidence", "link")
    keys.press("Add a note", "link")
    keys.write(page.get_by_label("Title"), SHOWN)
    keys.reach(page.get_by_label("What it belongs to"))
    page.keyboard.type("Goal 1")
    keys.press("Add it to the plan")
    expect(page.get_by_role("heading", name=SHOWN)).to_be_visible()
    piece = Evidence.objects.get()
    assert (piece.title, piece.goal) == (SHOWN, plan.goals.get())


def meet_oneself_in_two_tabs(page: Page, plan: GrowthPlan) -> None:
    """Both tabs write into one box: the later one sees both texts, and keeps both."""
    first, second = page, page.context.new_page()
    for tab in (first, second):
        tab.goto(f"/plans/{plan.pk}/edit/")
    box = first.get_by_label("What will success look like?")
    Keyboard(first).write(box, " In May.")
    Keyboard(first).leave()
    saved(first)
    keys = Keyboard(second)
    keys.write(second.get_by_label("What will success look like?"), " And tell others.")
    keys.leave()
    expect(second.locator("[data-save-line]")).to_contain_text("One box was changed somewhere else.")
    expect(second.locator("[data-theirs]")).to_have_text(f"{SUCCESS} In May.")
    assert Goal.objects.get(plan=plan).success == f"{SUCCESS} In May.", "the later save overwrote nothing"
    keys.press("Keep both")
    saved(second)
    assert Goal.objects.get(plan=plan).success == f"{SUCCESS} In May.\n\n{SUCCESS} And tell others."
    second.close()


def share(page: Page, plan: GrowthPlan, reviewer: str) -> None:
    keys = Keyboard(page)
    page.goto(f"/plans/{plan.pk}/")
    keys.press("Share for feedback", "link")
    choice = page.get_by_role("radio", name=reviewer)
    expect(choice).to_be_visible()
    # Radios are one stop of Tab; the arrows lead from one to the next.
    keys.reach(page.get_by_role("radio").first)
    page.keyboard.press("Space")
    for _radio in range(page.get_by_role("radio").count()):
        if not choice.is_checked():
            page.keyboard.press("ArrowDown")
    expect(choice).to_be_checked()
    keys.press("Share it for feedback")
    expect(page.get_by_role("button", name="Take it back")).to_be_visible()
    plan.refresh_from_db()
    assert plan.state == GrowthPlan.State.SHARED


def comment(page: Page, plan: GrowthPlan) -> None:
    page.goto(f"/plans/{plan.pk}/")
    expect(page.get_by_text(GOAL).first).to_be_visible()
    expect(page.get_by_text("It moved.")).to_have_count(0)
    page.get_by_label("Your comment").fill(QUESTION)
    page.get_by_role("button", name="Send the comment").click()
    expect(page.get_by_text(QUESTION)).to_be_visible()
    assert Comment.objects.get().voice == "mate"


def take_it_back(author: Page, mate: Page, plan: GrowthPlan) -> None:
    author.goto(f"/plans/{plan.pk}/")
    expect(author.get_by_text(QUESTION)).to_be_visible()
    Keyboard(author).press("Take it back")
    expect(author.get_by_role("link", name="Share for feedback")).to_be_visible()
    answer = mate.goto(f"/plans/{plan.pk}/")
    assert answer is not None
    assert answer.status == 404


def read_it(reviewer: Page, author: Page, plan: GrowthPlan) -> None:
    reviewer.goto("/plans/to-read/")
    reviewer.get_by_role("link", name="Growth plan of").click()
    have_read = reviewer.get_by_role("button", name="I have read it")
    expect(have_read).to_be_visible()
    # Opened by the reviewer, it can no longer be taken back.
    author.goto(f"/plans/{plan.pk}/")
    expect(author.get_by_role("button", name="Take it back")).to_have_count(0)
    have_read.click()
    expect(have_read).to_have_count(0)
    author.goto(f"/plans/{plan.pk}/")
    Keyboard(author).press("Begin the work")
    expect(author.get_by_role("button", name="Begin the work")).to_have_count(0)
    plan.refresh_from_db()
    assert plan.state == GrowthPlan.State.UNDER_WAY


def check_in_at_mid_year(page: Page, plan: GrowthPlan) -> None:
    """The form holds her own two steps; what she says about them stands in the plan afterwards."""
    keys = Keyboard(page)
    page.goto(f"/plans/{plan.pk}/check-ins/")
    keys.press("Mid-year", "link")
    expect(page.locator("fieldset.talk-step legend")).to_have_text([FIRST, SECOND])
    keys.reach(page.get_by_label("Where it stands").first)
    page.keyboard.type("done")
    keys.write(page.get_by_label("What helped").first, "My secretary kept the hour free.")
    keys.reach(page.get_by_label("Where it stands").nth(1))
    page.keyboard.type("del")
    keys.write(page.get_by_label("What got in the way").nth(1), "A storm.")
    keys.press("We have talked: keep this")
    expect(page.get_by_text("The check-in is written down.")).to_be_visible()
    plan.refresh_from_db()
    assert plan.state == GrowthPlan.State.MID_YEAR
    assert plan.check_ins.get(kind="middle").state == CheckIn.State.HELD
    steps = ActionStep.objects.filter(goal__plan=plan).values_list("what", "status", "reason")
    assert set(steps) == {(FIRST, "done", ""), (SECOND, "delayed", "A storm.")}


def printed(page: Page, plan: GrowthPlan, folder: Path) -> bytes:
    """The PDF that the author orders, with the reflection that she alone has read so far."""
    keys = Keyboard(page)
    page.goto(f"/plans/{plan.pk}/")
    keys.press("Print or download", "link")
    keys.reach(page.get_by_role("checkbox"))
    page.keyboard.press("Space")
    keys.press("Make the document")
    expect(page.get_by_text("It is being made")).to_be_visible()
    assert make_due(now=timezone.now()) == 1
    page.reload()
    order = DocumentRequest.objects.get(plan=plan)
    with page.expect_download() as caught:
        page.locator(f'a[href="/plans/{plan.pk}/document/{order.pk}/file/"]').first.click()
    target = folder / "plan.pdf"
    caught.value.save_as(target)
    return target.read_bytes()


def said(*command: str, data: bytes) -> str:
    """What one of Poppler's tools prints about a PDF."""
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode()


def look_at_the_paper(data: bytes, live_cast) -> None:
    text = " ".join(said("pdftotext", "-", "-", data=data).split())
    member = live_cast.members["participant"]
    wanted = [live_cast.participant.name, live_cast.year.label, str(member.leader.current_post.school)]
    wanted += [WHY, GOAL, "And tell others.", FIRST, SECOND, "A storm.", SHOWN, "It moved."]
    assert [words for words in wanted if words not in text] == []
    assert QUESTION not in text, "what others said is no part of the plan"
    assert "Tagged:          yes" in said("pdfinfo", "-", data=data)
    tags = said("pdfinfo", "-struct-text", "-", data=data)
    for tag in ("Document", "H1", "H2", "H3", "Table", "TH", "TD", "Caption", "L", "LI"):
        assert re.search(rf"^\s*{re.escape(tag)}( |:|$)", tags, re.MULTILINE), tag
    # The words stand inside the tags and in the order in which they are read.
    places = [" ".join(tags.split()).find(words) for words in (WHY, GOAL, FIRST, SECOND, SHOWN)]
    assert places == sorted(places)
    assert min(places) > 0


def test_a_plan_and_its_year_in_one_walk(live_cast, today, open_as, tmp_path):
    author = open_as(live_cast.participant, LAPTOP, locale="en-US")
    plan = write_the_plan(author, today)
    lose_the_connection(author, plan)
    reflect_and_show(author, plan)
    meet_oneself_in_two_tabs(author, plan)
    share(author, plan, live_cast.lead.name)
    mate = open_as(live_cast.mate, PHONE)
    comment(mate, plan)
    take_it_back(author, mate, plan)
    share(author, plan, live_cast.lead.name)
    reviewer = open_as(live_cast.lead)
    read_it(reviewer, author, plan)
    check_in_at_mid_year(author, plan)
    look_at_the_paper(printed(author, plan, tmp_path), live_cast)
