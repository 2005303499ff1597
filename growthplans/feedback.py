"""The talk about a plan as its page shows it: threads, where one can add to them, and what may be asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from growthplans.forms.comments import CommentForm
from growthplans.models import ActionStep, Comment, Evidence, GrowthPlan
from growthplans.readers import voice_of
from growthplans.states import Voice

# Enough of a goal or a step to tell which one is meant.
NAME_LENGTH = 70
TONES = {Voice.AUTHOR: "quiet", Voice.MATE: "good", Voice.REVIEWER: "info"}
ICONS = {Voice.AUTHOR: "pencil", Voice.MATE: "people", Voice.REVIEWER: "eye"}
# A step in one of these states says that something came of it.
CLAIMS = (ActionStep.Status.DONE, ActionStep.Status.ON_SCHEDULE)


@dataclass(frozen=True)
class Place:
    """Where a thread hangs: `key` is "plan", "goal-12" or "step-34"; "gone" for a part taken out since."""

    key: str
    label: str


@dataclass
class Thread:
    head: Comment
    place: Place
    replies: list[Comment] = field(default_factory=list)
    form: CommentForm | None = None

    @property
    def everything(self) -> list[Comment]:
        return [self.head, *self.replies]


@dataclass(frozen=True)
class Feedback:
    """`form` is None where nothing can be said; `unshown`: what a reader may ask about."""

    open: list[Thread]
    resolved: list[Thread]
    unshown: list[Place]
    form: CommentForm | None
    voice: str


def feedback_of(user: Any, plan: GrowthPlan) -> Feedback:
    """Four queries, however much was said."""
    goals = _goals(plan)
    places = places_of(goals)
    known = {place.key: place for place in places}
    voice = voice_of(user, plan)
    talks = plan.state != GrowthPlan.State.DRAFT
    threads = _threads(plan, known, user)
    if talks:
        for thread in threads:
            thread.form = CommentForm(places=places, auto_id=f"answer-{thread.head.pk}-%s")
    may_ask = talks and voice != Voice.AUTHOR
    return Feedback(
        open=[thread for thread in threads if thread.head.resolved_at is None],
        resolved=[thread for thread in threads if thread.head.resolved_at is not None],
        unshown=_unshown(plan, goals, known, threads) if may_ask else [],
        form=CommentForm(places=places) if talks else None,
        voice=voice,
    )


def places_of(goals: list[Any]) -> list[Place]:
    """The plan, its goals and their steps, top to bottom."""
    found = [Place("plan", _("The plan as a whole"))]
    for number, goal in enumerate(goals, start=1):
        words = {"number": number, "words": _short(goal.statement)}
        found.append(Place(f"goal-{goal.pk}", _("Goal %(number)d: %(words)s") % words))
        for place, step in enumerate(goal.kept_steps, start=1):
            words = {"number": number, "step": place, "words": _short(step.what)}
            found.append(Place(f"step-{step.pk}", _("Goal %(number)d, step %(step)d: %(words)s") % words))
    return found


def places_in(plan: GrowthPlan) -> list[Place]:
    return places_of(_goals(plan))


def _goals(plan: GrowthPlan) -> list[Any]:
    steps = Prefetch("steps", ActionStep.objects.order_by("position", "pk"), to_attr="kept_steps")
    return list(plan.goals.order_by("position", "pk").prefetch_related(steps))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= NAME_LENGTH else f"{text[:NAME_LENGTH].rstrip()}…"


def _key(comment: Comment) -> str:
    if comment.step_id:
        return f"step-{comment.step_id}"
    return f"goal-{comment.goal_id}" if comment.goal_id else "plan"


def _threads(plan: GrowthPlan, known: dict[str, Place], user: Any) -> list[Thread]:
    """Threads in the order in which they began; each comment says how it looks and who may take it back."""
    found: dict[int, Thread] = {}
    gone = Place("gone", _("A part that is no longer in the plan"))
    for comment in plan.comments.select_related("by").order_by("created_at", "pk"):
        comment.tone, comment.icon = TONES[Voice(comment.voice)], ICONS[Voice(comment.voice)]
        comment.mine = comment.by_id == user.pk and comment.withdrawn_at is None
        if comment.answers_id is None:
            found[comment.pk] = Thread(comment, known.get(_key(comment), gone))
        elif comment.answers_id in found:
            found[comment.answers_id].replies.append(comment)
    return list(found.values())


def _unshown(
    plan: GrowthPlan, goals: list[Any], known: dict[str, Place], threads: list[Thread]
) -> list[Place]:
    """Goals without evidence, and steps of theirs that are said to be done: where nobody has asked yet."""
    shown = set(Evidence.objects.filter(plan=plan).values_list("goal_id", flat=True))
    asked = {_key(thread.head) for thread in threads if thread.head.asks_what_shows_this}
    found = []
    for goal in goals:
        if goal.pk in shown:
            continue
        claims = [f"step-{step.pk}" for step in goal.kept_steps if step.status in CLAIMS]
        found += [known[key] for key in (f"goal-{goal.pk}", *claims) if key not in asked]
    return found
