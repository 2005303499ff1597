"""What shows that something came of the demo's goals: notes, links and files in both years' plans."""

from __future__ import annotations

import datetime
import io

from django.core.files.base import ContentFile

from growthplans.files import kind_of
from growthplans.models import ActionStep, Evidence, Goal, GrowthPlan
from leaderdev.common.dates import day_in_words
from leaderdev.home.demo import growth, papers
from leaderdev.home.demo.growth import GrowthWriter
from leaderdev.home.demo.school_days import FRIDAY
from leaderdev.home.demo.store.growth import demo_plans
from leaderdev.home.demo.world import World

_DAY = datetime.timedelta(days=1)
AT_WORK = ("under_way", "mid_year", "year_end", "closed")
# A plan of these people has one piece of each kind, so that the demo page leads to something to see.
EVERY_KIND = {"brenda.saddleback", "angela.whitford"}
# Share of goals with finished steps that something shows; the rest are "said, not shown yet".
SHOWN = 0.65
# Files take room and time to make: so many a year are enough to be met.
FILES_A_YEAR = 8
KINDS = ("note", "note", "link", "note", "link", "file")
PAPERS = ("tally", "minutes", "words")
INDICATORS_OF_A_GOAL = 2


def evidence(world: World) -> None:
    """Stores nothing where any evidence is there already; indicators come with it."""
    if Evidence.with_removed.exists():
        return
    for number, plans in enumerate(demo_plans(world)):
        _YearOfEvidence(world, plans, growth.SEED + 10 + number, running=number == 1).store()


class _YearOfEvidence:
    def __init__(self, world: World, plans: list[GrowthPlan], seed: int, *, running: bool) -> None:
        self.world, self.plans = world, plans
        self.writer = GrowthWriter(seed, texts="evidence")
        self.rng = self.writer.rng
        self.running = running
        self.files = 0

    def store(self) -> None:
        goals = list(
            Goal.objects.filter(plan__in=self.plans)
            .select_related("competency")
            .prefetch_related("steps", "competency__children")
            .order_by("plan", "position", "pk")
        )
        self._indicators(goals)
        by_plan: dict[int, list[Goal]] = {}
        for goal in goals:
            by_plan.setdefault(goal.plan_id, []).append(goal)
        rows = [row for plan in self.plans for row in self._of_plan(plan, by_plan.get(plan.pk, []))]
        Evidence.objects.bulk_create(rows)

    def _indicators(self, goals: list[Goal]) -> None:
        """Which indicators each goal serves: one or two of its competency's."""
        through = Goal.indicators.through
        if through.objects.filter(goal__in=goals).exists():
            return
        rows = []
        for goal in goals:
            parts = list(goal.competency.children.all()) if goal.competency else []
            number = min(len(parts), self.rng.randint(1, INDICATORS_OF_A_GOAL))
            rows += [through(goal=goal, standardnode=node) for node in self.rng.sample(parts, number)]
        through.objects.bulk_create(rows)

    def _of_plan(self, plan: GrowthPlan, goals: list[Goal]) -> list[Evidence]:
        if plan.state not in AT_WORK or not goals:
            return []
        author = plan.membership.leader.user.email.partition("@")[0]
        if self.running and author in EVERY_KIND:
            return [self._piece(plan, goals[0], kind) for kind in ("note", "link", "file")]
        found = []
        for goal in goals:
            if self._has_done(goal) and self.rng.random() < SHOWN:
                found += [
                    self._piece(plan, goal, self.rng.choice(KINDS)) for _each in range(self.rng.randint(1, 2))
                ]
        return found

    def _has_done(self, goal: Goal) -> bool:
        return any(step.status == ActionStep.Status.DONE for step in goal.steps.all())

    def _piece(self, plan: GrowthPlan, goal: Goal, kind: str) -> Evidence:
        if kind == "file" and self.files >= FILES_A_YEAR:
            kind = "note"
        row = Evidence(plan=plan, goal=goal, kind=kind, happened_on=self._day(plan))
        if kind == "note":
            row.title, row.note = self.writer.deal("notes").split("|")
        elif kind == "link":
            row.title, row.link, row.note = self.writer.deal("links").split("|")
        else:
            self._file(row)
        return row

    def _day(self, plan: GrowthPlan) -> datetime.date:
        """A school day between the sharing and the last day that the demo knows."""
        year = plan.program_year
        last = self.world.plan.dates.today - _DAY if self.running else year.ends_on - _DAY * 10
        first = plan.shared_at.astimezone(self.world.zone).date() if plan.shared_at else year.starts_on
        day = first + _DAY * self.rng.randint(0, max(0, (last - first).days))
        return max(min(day - _DAY * max(0, day.weekday() - FRIDAY), last), year.starts_on)

    def _file(self, row: Evidence) -> None:
        paper = PAPERS[self.files % len(PAPERS)]
        self.files += 1
        row.file_name, row.note = self.writer.deal(paper).split("|")
        row.title = row.file_name.rpartition(".")[0]
        data = self._paper(paper, row.title, row.happened_on)
        row.content_type = kind_of(io.BytesIO(data), row.file_name).content_type
        row.size = len(data)
        # Should the loading fail from here on, the sweep of files without a row finds it.
        row.file.save(row.file_name, ContentFile(data), save=False)

    def _paper(self, paper: str, title: str, day: datetime.date) -> bytes:
        if paper == "tally":
            days = [day - _DAY * 7 * back for back in range(7, -1, -1)]
            return papers.tally(title, days, [self.rng.randint(0, 6) for _day in days])
        lines = [self.writer.deal("paper lines") for _line in range(4)]
        make = papers.minutes if paper == "minutes" else papers.words
        return make(title, day_in_words(day, datetime.date.min), lines)
