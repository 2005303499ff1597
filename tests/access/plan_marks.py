"""A plan whose every word is a marker, for the tests that look for it where it must not be."""

from __future__ import annotations

from django.db import models

from growthplans.models import (
    ActionStep,
    CheckInNote,
    Comment,
    EvaluationRelease,
    Evidence,
    Goal,
    GrowthPlan,
    Reading,
    Reflection,
    Revision,
)
from growthplans.services.check_in_dates import ensure_check_ins
from growthplans.services.comments import add_comment
from tests.cast import make_plan

MARKER, PRIVATE = "zqplanwordzq", "zqprivatewordzq"
# Fields whose values are words of the program and not of an author.
NOT_WORDS = {
    "state",
    "status",
    "kind",
    "origin",
    "stage",
    "voice",
    "part",
    "field",
    "content_type",
    "link",
    "file",
}


def words_of(model) -> dict[str, str]:
    texts = [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and field.name not in NOT_WORDS
    ]
    return dict.fromkeys(texts, MARKER)


def mark(cast) -> GrowthPlan:
    """The participant's shared plan, with the marker in every column that holds somebody's words."""
    plan = make_plan(cast)
    ensure_check_ins(plan=plan)
    step = ActionStep.objects.filter(goal__plan=plan).first()
    CheckInNote.objects.create(check_in=plan.check_ins.first(), step=step, status="done")
    EvaluationRelease.objects.create(plan=plan, signed_name="x", purpose="x", signed_at=plan.shared_at)
    add_comment(by=cast.mate, plan=plan, text=MARKER)
    Reading.objects.create(
        plan=plan,
        reader=cast.mate,
        voice="mate",
        day="2026-10-11",
        first_at=plan.shared_at,
        last_at=plan.shared_at,
    )
    GrowthPlan.objects.filter(pk=plan.pk).update(**words_of(GrowthPlan))
    for model in (Goal, ActionStep, Comment, CheckInNote, EvaluationRelease, Evidence, Reflection):
        model._base_manager.all().update(**words_of(model))
    plan.check_ins.update(reason=MARKER)
    Revision.objects.update(before=MARKER, after=MARKER)
    Reflection.objects.filter(released_at=None).update(text=PRIVATE, prompt="")
    plan.refresh_from_db()
    return plan
