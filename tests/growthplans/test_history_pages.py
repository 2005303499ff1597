"""What changed when, what differs, and putting it back."""

from __future__ import annotations

import datetime

import pytest
import time_machine

from growthplans.models import CheckIn
from growthplans.services import arranging
from growthplans.services.editing import save_field
from growthplans.wording import Stretch, shown, word_by_word

pytestmark = pytest.mark.django_db
START = datetime.datetime(2026, 10, 12, 16, tzinfo=datetime.UTC)


@pytest.fixture
def write(cast, plan):
    def call(value, field="rationale", minutes=0):
        plan.refresh_from_db()
        with time_machine.travel(START + datetime.timedelta(minutes=minutes), tick=False):
            return save_field(
                by=cast.participant,
                plan=plan,
                part="plan",
                part_id=plan.pk,
                field=field,
                value=value,
                version=plan.version,
            )

    return call


@pytest.fixture
def author(client, cast):
    client.force_login(cast.participant)
    return client


def test_one_sitting_in_one_box_is_one_line(author, plan, write):
    for minute, value in enumerate(["a", "ab", "abc"]):
        write(value, minutes=minute)
    write("Later", minutes=60)
    write("Goal", field="school_goal", minutes=61)
    lines = [
        line for _day, lines in author.get(f"/plans/{plan.pk}/history/").context["days"] for line in lines
    ]
    assert [(line.text, line.first, line.number) for line in lines] == [
        ("The plan: the school goal it serves", 4, 5),
        ("The plan: why this focus", 3, 4),
        ("The plan: why this focus", 0, 3),
    ]


def test_the_history_goes_back_page_by_page(author, plan, write):
    for number in range(70):
        write(f"Text {number}", minutes=30 * number)
    first = author.get(f"/plans/{plan.pk}/history/")
    assert "Earlier changes" in first.content.decode()
    older = first.context["older"]
    second = author.get(f"/plans/{plan.pk}/history/?before={older}")
    numbers = [line.number for _day, lines in second.context["days"] for line in lines]
    assert numbers == list(range(older - 1, 0, -1))
    assert "Back to the latest" in second.content.decode()


def test_a_comparison_shows_what_left_and_what_came(author, plan, write):
    write("The staff room is quiet")
    write("The staff room is lively", minutes=40)
    page = author.get(f"/plans/{plan.pk}/history/compare/?from=1&to=2").content.decode()
    assert "<del>" in page and "quiet</del>" in page and "lively</ins>" in page
    nothing = author.get(f"/plans/{plan.pk}/history/compare/?from=2").content.decode()
    assert "Nothing differs" in nothing
    assert author.get(f"/plans/{plan.pk}/history/compare/?from=1&to=99").status_code == 404
    swapped = author.get(f"/plans/{plan.pk}/history/compare/?from=2&to=1")
    assert (swapped.context["first"], swapped.context["second"]) == (1, 2)


def test_putting_back_is_a_change_of_its_own(author, plan, write):
    write("First")
    write("Second", minutes=40)
    page = author.post(f"/plans/{plan.pk}/history/put-back/", {"number": 1}, follow=True)
    plan.refresh_from_db()
    assert (plan.rationale, plan.last_revision) == ("First", 3)
    assert "One part was put back. What stood there before is in the history." in page.content.decode()
    again = author.post(f"/plans/{plan.pk}/history/put-back/", {"number": 1}, follow=True)
    assert "nothing was changed" in again.content.decode()
    for wrong in ({}, {"number": 99}):
        assert author.post(f"/plans/{plan.pk}/history/put-back/", wrong)["Location"].endswith("/history/")


def test_a_step_of_a_goal_that_is_gone_is_not_put_back_alone(author, cast, plan):
    goal = arranging.add_goal(by=cast.participant, plan=plan)
    step = arranging.add_step(by=cast.participant, plan=plan, goal_id=goal.pk)
    arranging.remove_part(by=cast.participant, plan=plan, part="goal", part_id=goal.pk)
    sent = {"number": 2, "part": "step", "part_id": step.pk}
    page = author.post(f"/plans/{plan.pk}/history/put-back/", sent, follow=True)
    assert "Bring back the goal first; its steps come with it." in page.content.decode()


def test_what_moved_since_the_last_check_in_is_one_click_away(author, plan, write):
    write("Before")
    CheckIn.objects.create(
        plan=plan,
        kind="middle",
        due_on="2027-02-01",
        first_due_on="2027-02-01",
        state="held",
        held_on="2027-02-02",
        revision_number=1,
    )
    write("After", minutes=90)
    page = author.get(f"/plans/{plan.pk}/history/").content.decode()
    assert f"/plans/{plan.pk}/history/compare/?from=1" in page


def test_values_are_shown_as_people_write_them():
    assert shown("step", "status", "on_schedule") == "on schedule"
    assert shown("step", "due_on", "2027-03-01") == "Monday 1 March"
    assert shown("step", "due_on", "soon") == "soon"
    assert shown("goal", "indicators", [3, 4], {3: "1.1 One", 4: "1.2 Two"}) == "1.1 One, 1.2 Two"
    assert shown("goal", "competency", None) == ""
    assert shown("reflection", "stage", "middle") == "middle of the year"
    assert shown("reflection", "released_at", "2027") == "released to the readers of the plan"


def test_words_that_left_and_came():
    assert word_by_word("one two three", "one 2 three four") == [
        Stretch("same", "one "),
        Stretch("out", "two"),
        Stretch("into", "2"),
        Stretch("same", " three"),
        Stretch("into", " four"),
    ]
    assert word_by_word("word " * 4000, "x") == []
