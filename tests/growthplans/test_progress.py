"""Counting without pointing at anybody: the pure rules, and the command beside the page's figures."""

from __future__ import annotations

import datetime
import io
import json

import html5lib
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from growthplans.models import ActionStep, CheckIn, Goal, GrowthPlan
from growthplans.progress import PlanFacts, Plans, Steps, counted, hidden
from growthplans.services.progress import as_data, progress_of
from tests.cast import join, make_cast, make_cohort, make_leader, make_year

NOW = "2026-11-20T12:00:00Z"


def _facts(group: str, number: int, **steps: int) -> list[PlanFacts]:
    return [
        PlanFacts(group, shared=True, read=True, check_ins_held=1, steps=steps) for _each in range(number)
    ]


def test_share_counts_what_was_planned_whatever_became_of_it():
    found = counted(_facts("a", 5, done=2, on_schedule=1, delayed=1, dropped=1, planned=1), ["a"], 5)
    assert found.overall.steps == Steps(planned=30, done=10, on_schedule=5, delayed=5, dropped=5)
    assert found.overall.steps.share_done_or_on_schedule == 0.5
    assert found.groups[0].plans == Plans(drafted=5, shared=5, read=5, check_ins_held=5)


def test_share_of_nothing_is_no_number():
    assert Steps(0, 0, 0, 0, 0).share_done_or_on_schedule is None


def test_steps_of_a_draft_are_not_counted():
    drafts = [PlanFacts("a", shared=False, read=False, check_ins_held=0, steps={"done": 9})]
    found = counted([*_facts("a", 5, done=1), *drafts], ["a"], 5)
    assert found.overall.steps.planned == 5
    assert found.overall.plans.drafted == 6


def test_a_hidden_competency_takes_a_second_one_along():
    facts = [*_facts("small", 2, done=1), *_facts("middle", 6, done=1), *_facts("large", 9, done=1)]
    found = counted(facts, ["small", "middle", "large"], 5)
    assert [group.steps is None for group in found.groups] == [True, True, False]
    assert found.overall.steps.planned == 17


def test_plans_without_a_competency_are_protected_by_the_same_rule():
    found = counted([*_facts("a", 6, done=1), *_facts("gone", 1, done=1)], ["a"], 5)
    assert found.groups[0].steps is None


def test_a_cohort_under_the_smallest_size_shows_nothing():
    found = counted(_facts("a", 4, done=1), ["a"], 5)
    assert (found.overall.plans, found.overall.steps, found.groups[0].plans) == (None, None, None)


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 12), max_size=7), st.integers(5, 9))
def test_what_is_hidden_cannot_be_computed_for_too_few(sizes, smallest):
    gone = hidden(sizes, smallest)
    assert all(sizes[key] > 0 for key in gone)
    assert all(size == 0 or size >= smallest for key, size in sizes.items() if key not in gone)
    together = sum(sizes[key] for key in gone)
    nobody_left = all(size == 0 for key, size in sizes.items() if key not in gone)
    assert together == 0 or together >= smallest or nobody_left


@pytest.fixture
def crowd(cast) -> list[GrowthPlan]:
    """Six shared plans for the first competency, five for the second, two for the third; a draft."""
    nodes = list(cast.standard.nodes.competencies())
    plans = []
    for number, node in enumerate([nodes[0]] * 6 + [nodes[1]] * 5 + [nodes[2]] * 2):
        leader = make_leader(cast.district, f"crowd{number}@willow.example.ca")
        plan = GrowthPlan.objects.create(
            membership=join(cast.cohort, leader),
            program_year=cast.year,
            competency=node,
            state="read",
            shared_at=NOW,
        )
        goal = Goal.objects.create(plan=plan, statement="A goal")
        for status in ("done", "on_schedule", "delayed", "planned"):
            ActionStep.objects.create(goal=goal, what="A step", status=status, reason="Time")
        plans.append(plan)
    return plans


def test_command_prints_what_the_service_counts(crowd, cast):
    out = io.StringIO()
    call_command("plan_progress", cohort=cast.cohort.slug, format="json", stdout=out)
    data = json.loads(out.getvalue())
    assert data == as_data(progress_of(cast.year))
    assert data["overall"] == {
        "drafted": 13,
        "shared": 13,
        "read": 13,
        "check_ins_held": 0,
        "planned": 52,
        "done": 13,
        "on_schedule": 13,
        "delayed": 13,
        "dropped": 0,
        "share_done_or_on_schedule": 0.5,
    }
    shown = [row["planned"] for row in data["by_competency"]]
    assert shown == [24, None, None]


def test_command_counts_with_a_constant_number_of_queries(crowd, cast, django_assert_num_queries):
    with django_assert_num_queries(3):
        progress_of(cast.year)


def test_command_says_which_cohort_is_missing(db):
    with pytest.raises(CommandError, match="no cohort"):
        call_command("plan_progress", cohort="nowhere")


def test_command_prints_text_with_gaps_for_what_is_hidden(crowd, cast):
    out = io.StringIO()
    call_command("plan_progress", cohort=cast.cohort.slug, year=cast.year.label, stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[2] == "overall\t52\t13\t13\t13\t0\t0.5"
    assert lines[-1].endswith("\t–\t–\t–\t–\t–\t–")


def read_page(html: bytes) -> list[list[list[str]]]:
    """The tables of a page: rows of the words that stand in their cells, a joined cell once."""
    page = html5lib.parse(html, namespaceHTMLElements=False)
    return [
        [
            [" ".join("".join(cell.itertext()).split()) for cell in row if cell.tag in ("th", "td")]
            for row in table.iter("tr")
        ]
        for table in page.iter("table")
    ]


def as_printed(row: dict) -> list[str]:
    """The figures of the command as the page writes them."""
    plans = [row[key] for key in ("drafted", "shared", "read", "check_ins_held")]
    steps = [row[key] for key in ("planned", "done", "on_schedule", "delayed", "dropped")]
    share = row["share_done_or_on_schedule"]
    shown_plans = ["too few to show"] if None in plans else [str(each) for each in plans]
    percent = "–" if share is None else f"{round(share * 100)} %"
    shown_steps = ["too few to show"] if None in steps else [*(str(each) for each in steps), percent]
    return [*shown_plans, *shown_steps]


def command_data(cast, **options: str) -> dict:
    out = io.StringIO()
    call_command("plan_progress", cohort=cast.cohort.slug, format="json", stdout=out, **options)
    return json.loads(out.getvalue())


def test_the_page_says_what_the_command_prints(crowd, cast, client):
    """Read from the page itself: every figure of the command, and the same gaps."""
    CheckIn.objects.create(
        plan=crowd[0],
        kind="middle",
        due_on="2027-01-20",
        first_due_on="2027-01-20",
        state="held",
        held_on="2027-01-19",
    )
    GrowthPlan.objects.filter(pk=crowd[1].pk).update(state="draft")
    ActionStep.objects.filter(goal__plan=crowd[2]).update(status="dropped")
    data = command_data(cast)
    client.force_login(cast.lead)
    address = reverse("growthplans:progress", args=[cast.cohort.slug, cast.year.slug])
    table = next(
        rows for rows in read_page(client.get(address).content) if rows[0][:2] == ["Competency", "Begun"]
    )
    expected = [["All competencies", *as_printed(data["overall"])]]
    expected += [[row["competency"], *as_printed(row)] for row in data["by_competency"]]
    assert table[1:] == expected
    assert data["overall"]["check_ins_held"] == 1
    assert table[-1][1:] == ["too few to show"] * 2, "the gaps were compared too"


def test_the_share_stands_beside_an_earlier_cohorts(crowd, cast, client):
    """Of the own last year unless another cohort of the district is chosen; never of a stranger's."""
    cohort = make_cohort(cast.district, name="Without support", slug="without-support")
    dates = {"starts_on": datetime.date(2024, 8, 26), "ends_on": datetime.date(2025, 6, 27)}
    before = make_year(cohort, cast.standard, label="2024–25", state="closed", **dates)
    node = cast.standard.nodes.competencies()[0]
    for number in range(5):
        member = join(cohort, make_leader(cast.district, f"then{number}@willow.example.ca"))
        plan = GrowthPlan.objects.create(
            membership=member, program_year=before, competency=node, state="closed", shared_at=NOW
        )
        goal = Goal.objects.create(plan=plan, statement="A goal")
        ActionStep.objects.create(goal=goal, what="Done", status="done")
        ActionStep.objects.create(goal=goal, what="Not done", status="delayed", reason="Time")
    strange = make_cast("far-away")
    dates = {"starts_on": datetime.date(2023, 8, 26), "ends_on": datetime.date(2024, 6, 27)}
    make_year(strange.cohort, strange.standard, label="2023–24", state="closed", **dates)
    client.force_login(cast.lead)
    address = reverse("growthplans:progress", args=[cast.cohort.slug, cast.year.slug])
    answer = client.get(address)
    assert [each.pk for each in answer.context["choices"]] == [before.pk]
    table = read_page(answer.content)[-1]
    assert table[0] == ["Competency", f"{cast.cohort.name}, {cast.year.label}", "Without support, 2024–25"]
    assert table[1] == ["All competencies", "50 % of 52 steps", "50 % of 10 steps"]
    assert table[2][1:] == ["50 % of 24 steps", "50 % of 10 steps"]


def test_a_year_that_nobody_may_choose_changes_nothing(crowd, cast, client):
    client.force_login(cast.lead)
    address = reverse("growthplans:progress", args=[cast.cohort.slug, cast.year.slug])
    for wanted in ("", "x", "0", str(cast.year.pk)):
        assert client.get(address, {"with": wanted}).context["before"] is None
