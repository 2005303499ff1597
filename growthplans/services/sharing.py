"""The moves of a plan: sharing, taking back, reading, sending back, beginning, closing, opening again."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.models import Leader
from cohorts.services.errors import RefusedError
from growthplans.models import Comment, GrowthPlan
from growthplans.readers import mates_of, refusal_for, voice_of
from growthplans.readiness import lacks_before_sharing
from growthplans.services.check_in_dates import ensure_check_ins
from growthplans.services.letters import tell
from growthplans.services.loading import readable
from growthplans.services.reviewers import possible_reviewers
from growthplans.states import DOORS, Move, Voice


@transaction.atomic
def share(*, by: Any, plan: GrowthPlan, reviewer: Leader | None = None) -> GrowthPlan:
    """Open the plan to the trio and a reviewer, and tell them.

    `reviewer` is one of possible_reviewers(plan); where there is only one, it may be left out. Raises
    RefusedError with a sentence for each thing that is still missing.
    """
    plan = _through(Move.SHARE, by=by, plan=plan)
    sentences = list(dict.fromkeys(lack.sentence for lack in lacks_before_sharing(plan)))
    if sentences:
        raise RefusedError(sentences)
    plan.reviewer = _reviewer(plan, reviewer)
    plan.shared_at = timezone.now()
    plan.reviewer_opened_at = None
    plan.review_question = ""
    _store(plan, "reviewer", "shared_at", "reviewer_opened_at", "review_question")
    ensure_check_ins(plan=plan)
    _tell_readers(plan, by)
    return plan


@transaction.atomic
def recall(*, by: Any, plan: GrowthPlan) -> GrowthPlan:
    """Take a shared plan back: from now on its author alone reads it."""
    plan = _through(Move.RECALL, by=by, plan=plan)
    _store(plan)
    return plan


@transaction.atomic
def mark_read(*, by: Any, plan: GrowthPlan) -> GrowthPlan:
    """The reviewer has read the plan; the author is told."""
    plan = _through(Move.MARK_READ, by=by, plan=plan)
    plan.reviewer_opened_at = plan.reviewer_opened_at or timezone.now()
    _store(plan, "reviewer_opened_at")
    _tell_author(plan, by, "plan_read")
    return plan


@transaction.atomic
def send_back(*, by: Any, plan: GrowthPlan, question: str) -> GrowthPlan:
    """Send the plan back with a question, which also stays in the thread after the plan is shared anew."""
    plan = _through(Move.SEND_BACK, by=by, plan=plan)
    question = question.replace("\x00", "").strip()
    if not question:
        raise RefusedError(_("Write the question that the author should think about."))
    plan.review_question = question
    plan.reviewer_opened_at = plan.reviewer_opened_at or timezone.now()
    _store(plan, "review_question", "reviewer_opened_at")
    Comment.objects.create(plan=plan, by=by, voice=Voice.REVIEWER, text=question)
    _tell_author(plan, by, "plan_returned")
    return plan


@transaction.atomic
def start_work(*, by: Any, plan: GrowthPlan) -> GrowthPlan:
    """The plan is under way."""
    plan = _through(Move.START_WORK, by=by, plan=plan)
    _store(plan)
    return plan


@transaction.atomic
def close(*, by: Any, plan: GrowthPlan) -> GrowthPlan:
    """The year's work on the plan is done. Its words stay open to the author."""
    plan = _through(Move.CLOSE, by=by, plan=plan)
    _store(plan)
    return plan


@transaction.atomic
def reopen(*, by: Any, plan: GrowthPlan) -> GrowthPlan:
    """A closed plan goes back to where it stood after the year-end conversation."""
    plan = _through(Move.REOPEN, by=by, plan=plan)
    _store(plan)
    return plan


def step_through(*, by: Any, plan: GrowthPlan, move: Move) -> None:
    """A move that comes with something else, such as a check-in; `plan` is locked by the caller."""
    sentence = refusal_for(by, plan, move)
    if sentence:
        raise RefusedError(sentence)
    plan.state = DOORS[move].target
    _store(plan)


def _through(move: Move, *, by: Any, plan: GrowthPlan) -> GrowthPlan:
    """The locked plan with its new state, not stored yet; refused with the door's own sentence."""
    plan = readable(by=by, plan=plan)
    sentence = refusal_for(by, plan, move)
    if sentence:
        raise RefusedError(sentence)
    plan.state = DOORS[move].target
    return plan


def _store(plan: GrowthPlan, *fields: str) -> None:
    plan.save(update_fields=["state", "changed_at", *fields])


def _reviewer(plan: GrowthPlan, wanted: Leader | None) -> Leader | None:
    """The named reviewer. Where nobody in the district can be named, the trio alone reads."""
    found = possible_reviewers(plan)
    if wanted is None and len(found) > 1:
        raise RefusedError(_("Choose who reads your plan as reviewer."))
    if wanted is None:
        return found[0] if found else None
    if wanted.pk not in {leader.pk for leader in found}:
        raise RefusedError(_("This person cannot be named as reviewer. Choose one from the list."))
    return wanted


def _tell_readers(plan: GrowthPlan, by: Any) -> None:
    reviewer = plan.reviewer.user if plan.reviewer else None
    people = {user.pk: (user, Voice.MATE) for user in mates_of(plan)}
    if reviewer is not None:
        people[reviewer.pk] = (reviewer, Voice.REVIEWER)
    for user, voice in people.values():
        # Sharing, taking back and sharing again within a day is one event to its readers.
        key = f"plan_shared:{plan.pk}:{user.pk}:{plan.shared_at:%Y-%m-%d}"
        tell(kind="plan_shared", plan=plan, to=user, by=by, voice=voice, key=key)


def _tell_author(plan: GrowthPlan, by: Any, kind: str) -> None:
    author = plan.membership.leader.user
    key = f"{kind}:{plan.pk}:{plan.shared_at:%Y-%m-%dT%H:%M:%S}"
    tell(kind=kind, plan=plan, to=author, by=by, voice=voice_of(by, plan), key=key)
