"""The reading record: who opened a plan, as what, and when."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from growthplans.models import Comment, GrowthPlan, Reading
from growthplans.readers import voice_of
from growthplans.states import Voice
from leaderdev.common.dates import today_in


def opened(*, by: Any, plan: GrowthPlan) -> None:
    """Somebody opens a plan that visible_to(by) gave: a line in the record, and the comments count as read.

    The author leaves no line. The reviewer's first opening is what ends the time for taking the plan back.
    """
    now = timezone.now()
    Comment.objects.filter(Q(plan=plan, read_at=None), ~Q(by=by)).update(read_at=now)
    noted(by=by, plan=plan)


@transaction.atomic
def noted(*, by: Any, plan: GrowthPlan) -> None:
    """Somebody reads the plan where no comments stand: on paper, or a file of its evidence."""
    now = timezone.now()
    voice = voice_of(by, plan)
    if voice == Voice.AUTHOR:
        return
    day = today_in(plan.program_year.cohort.district.time_zone, now)
    row = {"voice": voice, "first_at": now, "last_at": now}
    reading, created = Reading.objects.get_or_create(plan=plan, reader=by, day=day, defaults=row)
    if not created:
        Reading.objects.filter(pk=reading.pk).update(last_at=now, voice=voice)
    if voice == Voice.REVIEWER and plan.reviewer_opened_at is None:
        # Under the row's own condition: a plan that is taken back in the same moment stays unopened.
        open_now = GrowthPlan.objects.shared().filter(pk=plan.pk, reviewer_opened_at=None)
        if open_now.update(reviewer_opened_at=now):
            plan.reviewer_opened_at = now
