"""What the start page asks of the author of a plan."""

from __future__ import annotations

import datetime

import pytest

from growthplans.models import GrowthPlan
from growthplans.todo import tasks_for
from leaderdev.accounts.models import User

pytestmark = pytest.mark.django_db
OCTOBER = datetime.datetime(2026, 10, 12, 16, tzinfo=datetime.UTC)
AUGUST = datetime.datetime(2026, 8, 20, 16, tzinfo=datetime.UTC)


def titles(user, now=OCTOBER):
    return [task.title for task in tasks_for(User.objects.get(pk=user.pk), now)]


def test_after_choosing_a_focus_the_plan_is_next(cast, selection):
    assert titles(cast.participant) == ["Start your growth plan for 2026–27"]
    assert titles(cast.participant, AUGUST) == []
    assert (titles(cast.mate), titles(cast.lead), titles(cast.operator)) == ([], [], [])


def test_a_plan_that_was_begun_waits_to_be_gone_on_with_until_it_is_closed(cast, plan):
    assert titles(cast.participant) == ["Go on with your growth plan for 2026–27"]
    [task] = tasks_for(User.objects.get(pk=cast.participant.pk), OCTOBER)
    assert (task.url, task.note) == (f"/plans/{plan.pk}/edit/", "It is a draft: nobody else sees it yet.")
    GrowthPlan.objects.update(state="closed", shared_at=OCTOBER)
    assert titles(cast.participant) == []
