"""The demo's growth plans: a first year closed at 73 %, a second in every state, and the talk around them."""

from __future__ import annotations

import datetime
import io
import json
from collections import Counter

import pytest
from django.core.management import call_command

from growthplans.files import kind_of
from growthplans.models import (
    ActionStep,
    CheckIn,
    Comment,
    Evidence,
    Goal,
    GrowthPlan,
    Reading,
    Reflection,
    Revision,
)
from growthplans.services.timeline import moved_since, state_at
from leaderdev.home.demo import growth
from leaderdev.home.demo.growth import GrowthWriter
from leaderdev.home.demo.program import COHORT_SLUG
from leaderdev.home.demo.world import email_of
from tests.home.loaded_demo import TODAY

pytestmark = pytest.mark.django_db


def _year(demo, number: int):
    return GrowthPlan.objects.filter(program_year=demo.years[number])


def test_first_year_is_closed_with_the_studys_share(demo):
    assert set(_year(demo, 0).values_list("state", flat=True)) == {"closed"}
    out = io.StringIO()
    label = demo.years[0].label
    call_command("plan_progress", cohort=COHORT_SLUG, year=label, format="json", stdout=out)
    overall = json.loads(out.getvalue())["overall"]
    assert overall["drafted"] == 55
    assert abs(overall["share_done_or_on_schedule"] - 0.73) < 0.01


def test_second_year_shows_every_state(demo):
    assert set(_year(demo, 1).values_list("state", flat=True)) == set(GrowthPlan.State.values)


@pytest.mark.parametrize("key", sorted(growth.SPOTLIGHT))
def test_people_of_the_demo_page_have_something_to_do(demo, key):
    plan = _year(demo, 1).get(membership__leader__user__email=email_of(key))
    assert plan.state == growth.SPOTLIGHT[key]


def test_nothing_happened_tomorrow(demo):
    tomorrow = TODAY + datetime.timedelta(days=1)
    assert not Comment.objects.filter(created_at__date__gt=tomorrow).exists()
    assert not Reading.objects.filter(day__gte=tomorrow).exists()
    assert not CheckIn.objects.filter(held_on__gte=tomorrow).exists()
    assert not Reflection.objects.filter(written_on__gte=tomorrow).exists()


def test_drafts_are_talked_about_by_nobody(demo):
    drafts = GrowthPlan.objects.filter(state="draft")
    assert drafts.exists()
    assert not Comment.objects.filter(plan__in=drafts).exists()
    assert not Reading.objects.filter(plan__in=drafts).exists()


def test_reviewers_are_neither_authors_nor_mates(demo):
    for plan in GrowthPlan.objects.exclude(reviewer=None).select_related("reviewer", "membership"):
        assert plan.reviewer_id != plan.membership.leader_id
        assert not GrowthPlan.objects.of_mates(plan.reviewer.user).filter(pk=plan.pk).exists()


def test_everything_stored_passes_its_own_rules(demo):
    for model in (GrowthPlan, ActionStep, CheckIn, Comment, Evidence, Reflection, Reading):
        for row in model.objects.all()[:200]:
            row.full_clean()


def test_the_same_seed_deals_the_same_words():
    assert GrowthWriter(1).goals("4") == GrowthWriter(1).goals("4")
    keys = [f"person.{number}" for number in range(52)]
    assert growth.states(keys) == growth.states(keys)
    assert Counter(growth.states(keys).values()).keys() == growth.SECOND_YEAR.keys()


def test_both_years_hold_evidence_of_each_kind_and_goals_with_none(demo):
    for number in (0, 1):
        plans = _year(demo, number)
        assert set(Evidence.objects.filter(plan__in=plans).values_list("kind", flat=True)) == {
            "file",
            "link",
            "note",
        }
        done = Goal.objects.filter(plan__in=plans, steps__status="done").distinct()
        assert 0 < done.filter(evidence=None).count() < done.count()
        assert not plans.filter(
            goals__isnull=False, goals__indicators=None, competency__isnull=False
        ).exists()


def test_files_of_the_demo_are_what_their_names_say(demo):
    for row in Evidence.objects.filter(kind="file"):
        row.full_clean()
        with row.file.open() as file:
            assert kind_of(file, row.file_name).content_type == row.content_type
        assert row.size == row.file.size > 100


def test_what_shows_it_happened_between_sharing_and_today(demo):
    for row in Evidence.objects.select_related("plan__program_year"):
        year = row.plan.program_year
        assert year.starts_on <= row.happened_on <= min(year.ends_on, TODAY), row.pk


def test_histories_lead_from_all_planned_to_what_stands_now(demo):
    plan = _year(demo, 1).get(membership__leader__user__email=email_of("brenda.saddleback"))
    begun = state_at(plan, 0)
    assert {values["status"] for (part, _pk), values in begun.items() if part == "step"} == {"planned"}
    assert not [part for part, _pk in begun if part == "evidence"]
    assert plan.last_revision == plan.revisions.count() > 0
    numbers = list(plan.revisions.order_by("at", "number").values_list("number", flat=True))
    assert numbers == list(range(1, plan.last_revision + 1))
    assert not Revision.objects.filter(at__date__gt=TODAY).exists()


def test_something_moved_since_the_last_check_in(demo):
    moved = [
        row
        for row in CheckIn.objects.filter(plan__in=_year(demo, 1), kind="beginning", state="held")
        if moved_since(row.plan, row.revision_number)
    ]
    assert moved
