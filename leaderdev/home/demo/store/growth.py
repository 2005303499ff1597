"""Growth plans of both years: the first closed, the second in every state, with the talk around them."""

from __future__ import annotations

import datetime
from typing import Any

from cohorts.models import Appointment, CompetencySelection, ProgramYear, TrioSeat
from growthplans.models import (
    ActionStep,
    CheckIn,
    CheckInNote,
    Comment,
    Goal,
    GrowthPlan,
    Reading,
    Reflection,
)
from growthplans.services.check_in_dates import dates_of
from growthplans.services.reviewers import DIVISION_ROLES
from leaderdev.home.demo import growth, program
from leaderdev.home.demo.growth import GrowthWriter
from leaderdev.home.demo.school_days import FRIDAY
from leaderdev.home.demo.world import World

_DAY = datetime.timedelta(days=1)
OPEN_TO_READERS = ("shared", "returned", "read", "under_way", "mid_year", "year_end", "closed")
READ = ("returned", "read", "under_way", "mid_year", "year_end", "closed")
AT_THE_END = ("year_end", "closed")
# Which check-ins a plan of the running year has behind it, by its state.
HELD = {
    "under_way": ("beginning",),
    "mid_year": ("beginning", "middle"),
    "year_end": ("beginning", "middle", "end"),
    "closed": ("beginning", "middle", "end"),
}
# One in so many first check-ins did not take place.
SKIPPED_EVERY = 12


def plans(world: World) -> None:
    """Stores nothing where a plan is there already, and nothing for a year that a visitor has renamed."""
    if GrowthPlan.objects.exists():
        return
    for number, told in enumerate(year.trios_told for year in world.plan.years):
        label = world.plan.years[number].dates.label
        year = ProgramYear.objects.filter(
            cohort__slug=program.COHORT_SLUG, cohort__district__slug=program.SLUG, label=label
        ).first()
        if year is not None:
            _YearOfPlans(world, year, told, running=number == 1).store()


def demo_plans(world: World) -> list[list[GrowthPlan]]:
    """The plans of each of the demo's years, earlier year first, with author and year; by address."""
    found = []
    for year in world.plan.years:
        rows = GrowthPlan.objects.filter(
            program_year__cohort__slug=program.COHORT_SLUG,
            program_year__cohort__district__slug=program.SLUG,
            program_year__label=year.dates.label,
        )
        joined = rows.select_related("membership__leader__user", "program_year")
        found.append(list(joined.order_by("membership__leader__user__email")))
    return found


class _YearOfPlans:
    """All plans of one year: people and words are dealt first, then stored table by table."""

    def __init__(self, world: World, year: ProgramYear, told: datetime.date, *, running: bool) -> None:
        self.world, self.year, self.told, self.running = world, year, told, running
        self.writer = GrowthWriter(growth.SEED + running)
        # When each comment was made, by the identity of the row that is still to be stored.
        self.spoken_at: dict[int, datetime.datetime] = {}
        self.rng = self.writer.rng
        self.last = world.plan.dates.today - _DAY if running else year.ends_on - _DAY * 10

    def store(self) -> None:
        rows = CompetencySelection.objects.current().filter(program_year=self.year)
        joined = rows.select_related("membership__leader__user", "competency")
        # By address and not by number: the same day gives the same demo in any database.
        self.choices = sorted(joined, key=lambda row: row.membership.leader.user.email)
        self.mates = self._mates()
        self.plans = GrowthPlan.objects.bulk_create(self._plans())
        goals, steps = self._goals()
        Goal.objects.bulk_create(goals)
        ActionStep.objects.bulk_create(steps)
        self.steps = steps
        Reflection.objects.bulk_create(each for plan in self.plans for each in self._reflections(plan))
        shared = [plan for plan in self.plans if plan.state in OPEN_TO_READERS]
        self._store_talk(shared)
        self._store_check_ins(shared)
        Reading.objects.bulk_create(each for plan in shared for each in self._readings(plan))

    def _mates(self) -> dict[int, list[Any]]:
        """Membership → users who sit beside it."""
        seats = TrioSeat.objects.current().filter(program_year=self.year).order_by("pk")
        by_trio: dict[int, list[Any]] = {}
        for seat in seats.select_related("membership__leader__user"):
            by_trio.setdefault(seat.trio_id, []).append(seat.membership)
        return {
            one.pk: [other.leader.user for other in trio if other.pk != one.pk]
            for trio in by_trio.values()
            for one in trio
        }

    def _plans(self) -> list[GrowthPlan]:
        keys = [choice.membership.leader.user.email.partition("@")[0] for choice in self.choices]
        states = growth.states(keys) if self.running else dict.fromkeys(keys, "closed")
        posts = Appointment.objects.current().filter(
            role_kind__in=DIVISION_ROLES, leader__district__slug=program.SLUG
        )
        heads = [post.leader for post in posts.select_related("leader__user").order_by("leader__user__email")]
        return [
            self._plan(choice, states[key], heads) for key, choice in zip(keys, self.choices, strict=True)
        ]

    def _plan(self, choice: CompetencySelection, state: str, heads: list[Any]) -> GrowthPlan:
        plan = GrowthPlan(
            membership=choice.membership,
            program_year=self.year,
            competency=choice.competency,
            origin=GrowthPlan.Origin.FOCUS,
            rationale=choice.rationale,
            state=state,
        )
        if state not in OPEN_TO_READERS:
            return plan
        near = {user.pk for user in self.mates.get(choice.membership_id, [])} | {
            choice.membership.leader.user_id
        }
        able = [leader for leader in heads if leader.user_id not in near]
        plan.reviewer = self.rng.choice(able) if able else None
        plan.shared_at = self._at(self.told + _DAY * self.rng.randint(1, 12))
        if state in READ:
            plan.reviewer_opened_at = self._at(self._day(plan) + _DAY * self.rng.randint(1, 5))
        if state == "returned":
            plan.review_question = self.writer.deal("questions")
        if state in AT_THE_END:
            plan.outcome, plan.implications = self.writer.deal("outcomes"), self.writer.deal("implications")
            plan.completed = self.rng.random() < 0.8
        return plan

    def _at(self, day: datetime.date) -> datetime.datetime:
        """A minute in the late afternoon of a day, not after the last one."""
        time = datetime.time(self.rng.randint(15, 20), self.rng.randint(0, 59))
        return self.world.instant(min(day, self.last), time)

    def _day(self, plan: GrowthPlan) -> datetime.date:
        """The day on which a plan was shared."""
        return plan.shared_at.astimezone(self.world.zone).date() if plan.shared_at else self.told

    def _goals(self) -> tuple[list[Goal], list[ActionStep]]:
        goals: list[Goal] = []
        steps: list[ActionStep] = []
        for plan in self.plans:
            if plan.competency is None:
                continue
            for place, (statement, success, texts) in enumerate(self.writer.goals(plan.competency.code)):
                goal = Goal(
                    plan=plan,
                    position=place,
                    statement=statement,
                    success=success,
                    competency=plan.competency,
                    due_on=_school_day(self.year.ends_on - _DAY * self.rng.randint(14, 60)),
                )
                goals.append(goal)
                steps += [self._step(goal, number, text) for number, text in enumerate(texts)]
        if not self.running:
            for step, status in zip(steps, self.writer.finished(len(steps)), strict=True):
                step.status, step.reason = status, self.writer.reason(status)
        return goals, steps

    def _step(self, goal: Goal, number: int, text: str) -> ActionStep:
        status = self.writer.going_on(goal.plan.state)
        span = (self.year.ends_on - self.told).days - 30
        # Finished work lay early in the year, open work lies late.
        ahead = self.rng.uniform(0.05, 0.35) if status in ("done", "dropped") else self.rng.uniform(0.4, 0.95)
        return ActionStep(
            goal=goal,
            position=number,
            what=text,
            status=status,
            reason=self.writer.reason(status),
            due_on=_school_day(self.told + _DAY * int(span * ahead)),
            release_days=self.rng.choice([None, None, None, "0.5", "1"]),
        )

    def _reflections(self, plan: GrowthPlan) -> list[Reflection]:
        stages = {"beginning": self.told}
        if plan.state in ("mid_year", *AT_THE_END):
            stages["middle"] = self.told + (self.last - self.told) / 2
        if plan.state in AT_THE_END:
            stages["end"] = self.last
        found = []
        for stage, day in stages.items():
            released = self._at(day) if plan.state in OPEN_TO_READERS and self.rng.random() < 0.5 else None
            text = self.writer.deal(stage)
            found.append(Reflection(plan=plan, stage=stage, text=text, written_on=day, released_at=released))
        return found

    # --- the talk -------------------------------------------------------------------------------
    def _store_talk(self, plans: list[GrowthPlan]) -> None:
        goals = {plan.pk: list(plan.goals.all()) for plan in plans}
        heads = [head for plan in plans for head in self._heads(plan, goals[plan.pk])]
        Comment.objects.bulk_create(heads)
        replies = [self._reply(head) for head in heads if self.rng.random() < 0.5]
        Comment.objects.bulk_create(replies)
        for comment in (*heads, *replies):
            # The field fills itself with the moment of storing; here the day of the talk stands.
            comment.created_at = self.spoken_at[id(comment)]
        Comment.objects.bulk_update([*heads, *replies], ["created_at"])

    def _heads(self, plan: GrowthPlan, goals: list[Goal]) -> list[Comment]:
        found = []
        for mate in self.mates.get(plan.membership_id, []):
            if self.rng.random() < 0.7:
                goal = self.rng.choice([None, *goals])
                found.append(self._comment(plan, mate, "mate", self.writer.deal("mate"), goal))
        if plan.state in READ and plan.reviewer is not None:
            text = plan.review_question or self.writer.deal("reviewer")
            found.append(self._comment(plan, plan.reviewer.user, "reviewer", text, None))
        return found

    def _comment(self, plan: GrowthPlan, by: Any, voice: str, text: str, goal: Goal | None) -> Comment:
        comment = Comment(plan=plan, by=by, voice=voice, text=text, goal=goal)
        spoken_at = self._at(self._day(plan) + _DAY * self.rng.randint(1, 9))
        if not self.running:
            comment.read_at = comment.resolved_at = spoken_at + _DAY * 2
        self.spoken_at[id(comment)] = spoken_at
        return comment

    def _reply(self, head: Comment) -> Comment:
        author = head.plan.membership.leader.user
        reply = Comment(
            plan=head.plan,
            by=author,
            voice="author",
            text=self.writer.deal("answers"),
            goal=head.goal,
            answers=head,
        )
        spoken_at = self.spoken_at[id(head)] + datetime.timedelta(hours=self.rng.randint(1, 20))
        head.read_at = head.read_at or spoken_at
        self.spoken_at[id(reply)] = spoken_at
        return reply

    # --- check-ins ------------------------------------------------------------------------------
    def _store_check_ins(self, plans: list[GrowthPlan]) -> None:
        days = dates_of(self.year)
        rows = [self._check_in(plan, kind, day) for plan in plans for kind, day in days.items()]
        CheckIn.objects.bulk_create(rows)
        by_plan: dict[int, list[ActionStep]] = {}
        for step in self.steps:
            by_plan.setdefault(step.goal.plan_id, []).append(step)
        CheckInNote.objects.bulk_create(
            self._note(row, step)
            for row in rows
            if row.state == CheckIn.State.HELD and row.kind != CheckIn.Kind.BEGINNING
            for step in by_plan[row.plan_id]
        )

    def _check_in(self, plan: GrowthPlan, kind: str, day: datetime.date) -> CheckIn:
        row = CheckIn(plan=plan, kind=kind, due_on=day, first_due_on=day)
        held = HELD.get(plan.state, ()) if self.running else HELD["closed"]
        if kind in held:
            if kind == CheckIn.Kind.BEGINNING and self.rng.randrange(SKIPPED_EVERY) == 0:
                row.state, row.reason = CheckIn.State.SKIPPED, self.writer.deal("skipped")
            else:
                row.state = CheckIn.State.HELD
                row.held_on = min(day - _DAY * self.rng.randint(0, 6), self.last)
        return row

    def _note(self, row: CheckIn, step: ActionStep) -> CheckInNote:
        return CheckInNote(
            check_in=row,
            step=step,
            status=step.status,
            helped=self.writer.deal("helped") if step.status in ("done", "on_schedule") else "",
            hindered=step.reason or (self.writer.deal("hindered") if self.rng.random() < 0.3 else ""),
            would_help=self.writer.deal("would help") if step.status == "delayed" else "",
        )

    def _readings(self, plan: GrowthPlan) -> list[Reading]:
        people = [
            (user, "mate") for user in self.mates.get(plan.membership_id, []) if self.rng.random() < 0.8
        ]
        if plan.reviewer_opened_at is not None and plan.reviewer is not None:
            people.append((plan.reviewer.user, "reviewer"))
        found = []
        for user, voice in people:
            at = plan.reviewer_opened_at if voice == "reviewer" else None
            at = at or self._at(self._day(plan) + _DAY * self.rng.randint(1, 7))
            day = at.astimezone(self.world.zone).date()
            found.append(Reading(plan=plan, reader=user, voice=voice, day=day, first_at=at, last_at=at))
        return found


def _school_day(day: datetime.date) -> datetime.date:
    """The day itself, or the Friday before a weekend."""
    return day - _DAY * max(0, day.weekday() - FRIDAY)
