"""Feedback in threads: writing, answering, asking what shows it, resolving, withdrawing."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.services.errors import RefusedError
from growthplans.models import ActionStep, Comment, Goal, GrowthPlan
from growthplans.readers import voice_of
from growthplans.services.letters import tell
from growthplans.services.loading import readable
from growthplans.states import Voice
from leaderdev.common.dates import today_in

LONGEST = 10_000


@transaction.atomic
def add_comment(
    *,
    by: Any,
    plan: GrowthPlan,
    text: str,
    goal_id: int | None = None,
    step_id: int | None = None,
    answers_id: int | None = None,
) -> Comment:
    """One contribution to a thread on the plan, a goal or a step, in the voice that the person has now."""
    plan = _talking(by, plan)
    text = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if not text:
        raise RefusedError(_("Write a sentence before you send it."))
    if len(text) > LONGEST:
        raise RefusedError(_("This is too long for a comment. Shorten it a little."))
    comment = Comment(plan=plan, by=by, voice=voice_of(by, plan), text=text)
    if answers_id is not None:
        head = _head(_comment(plan, answers_id))
        comment.answers, comment.goal_id, comment.step_id = head, head.goal_id, head.step_id
    else:
        comment.goal, comment.step = _about(plan, goal_id, step_id)
    comment.save()
    _tell(plan, comment)
    return comment


@transaction.atomic
def ask_what_shows_this(
    *, by: Any, plan: GrowthPlan, goal_id: int | None = None, step_id: int | None = None
) -> Comment:
    """Ask for evidence, once for each goal or step that has none. Readers ask; the author answers."""
    plan = _talking(by, plan)
    voice = voice_of(by, plan)
    goal, step = _about(plan, goal_id, step_id)
    if voice == Voice.AUTHOR or (goal is None and step is None):
        raise RefusedError(_("This question is for readers of the plan, about a goal or a step."))
    whole = goal or step.goal  # type: ignore[union-attr]
    if whole.evidence.exists():
        raise RefusedError(_("There is evidence for this already. Look at it first."))
    if plan.comments.filter(goal=goal, step=step, asks_what_shows_this=True).exists():
        raise RefusedError(_("Somebody has asked this already, and once is enough."))
    comment = Comment.objects.create(
        plan=plan,
        by=by,
        voice=voice,
        goal=goal,
        step=step,
        text=_("What shows this?"),
        asks_what_shows_this=True,
    )
    _tell(plan, comment)
    return comment


@transaction.atomic
def resolve(*, by: Any, plan: GrowthPlan, comment_id: int, resolved: bool = True) -> Comment:
    """The author closes a thread, or opens it again; nothing in it is lost."""
    plan = readable(by=by, plan=plan)
    if voice_of(by, plan) != Voice.AUTHOR:
        raise RefusedError(_("Only the author of the plan says that a comment is resolved."))
    head = _head(_comment(plan, comment_id))
    head.resolved_at = (head.resolved_at or timezone.now()) if resolved else None
    head.save(update_fields=["resolved_at"])
    return head


@transaction.atomic
def withdraw(*, by: Any, plan: GrowthPlan, comment_id: int) -> Comment:
    """Take one's own comment back: its words are gone for everybody, its place in the thread stays."""
    plan = readable(by=by, plan=plan)
    comment = _comment(plan, comment_id)
    if comment.by_id != by.pk:
        raise RefusedError(_("Only the person who wrote a comment can withdraw it."))
    if comment.withdrawn_at is None:
        comment.withdrawn_at = timezone.now()
        comment.text = ""
        comment.save(update_fields=["withdrawn_at", "text"])
    return comment


def _talking(by: Any, plan: GrowthPlan) -> GrowthPlan:
    plan = readable(by=by, plan=plan)
    if plan.state == GrowthPlan.State.DRAFT:
        raise RefusedError(_("Nobody else reads a draft. Share the plan to talk about it."))
    return plan


def _head(comment: Comment) -> Comment:
    """The comment that a thread began with; answers to answers stand under it too."""
    return comment.answers or comment


def _comment(plan: GrowthPlan, pk: int) -> Comment:
    try:
        return plan.comments.select_related("answers").get(pk=pk)
    except ObjectDoesNotExist:
        raise RefusedError(_("This comment is not there.")) from None


def _about(
    plan: GrowthPlan, goal_id: int | None, step_id: int | None
) -> tuple[Goal | None, ActionStep | None]:
    """The goal or the step, if it is in the plan now; both None is the plan as a whole."""
    gone = RefusedError(_("This part is no longer in the plan."))
    if step_id is not None:
        step = ActionStep.objects.filter(pk=step_id, goal__plan=plan).select_related("goal").first()
        if step is None:
            raise gone
        return None, step
    if goal_id is not None:
        goal = plan.goals.filter(pk=goal_id).first()
        if goal is None:
            raise gone
        return goal, None
    return None, None


def _tell(plan: GrowthPlan, comment: Comment) -> None:
    """The author hears of a reader's comment, of each reader once a day."""
    author = plan.membership.leader.user
    if comment.by_id == author.pk:
        return
    day = today_in(plan.program_year.cohort.district.time_zone)
    key = f"plan_comment:{plan.pk}:{comment.by_id}:{day}"
    tell(kind="plan_comment", plan=plan, to=author, by=comment.by, voice=comment.voice, key=key)
