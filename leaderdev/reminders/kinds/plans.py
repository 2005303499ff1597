"""Growth plans: check-ins, a plan that waits for its reviewer, feedback. Never a word of the plan itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cohorts.models import ProgramYear
from growthplans.models import CheckIn, Comment, GrowthPlan
from leaderdev.common.dates import day_in_words
from leaderdev.reminders.book import YearFacts
from leaderdev.reminders.clock import After, Before
from leaderdev.reminders.kinds.base import REACH, Fact, Kind, Placeholder, Stage, Words

OPEN = ProgramYear.State.OPEN
AUTHOR = "membership__leader__user"
# Who has left the cohort or the roll, or may not sign in, gets no mail about a plan.
STILL_HERE = {
    "membership__left_on": None,
    "membership__leader__is_active": True,
    "membership__leader__user__is_active": True,
}


def through_plan(wishes: dict[str, Any]) -> dict[str, Any]:
    return {f"plan__{name}": value for name, value in wishes.items()}


class CheckInDue(Kind):
    name = "check_in"
    label = _("Check-in due")
    why = _("You get this mail because it is about your growth plan.")
    button = _("See the agenda")
    about = _("To authors whose next check-in is near, and again when its day has passed.")
    stages = (
        Stage("due", Before(7), _("First mail, days before the check-in")),
        Stage("overdue", After(2), _("Second mail, days after the check-in was due")),
    )
    person, subject, year = f"plan__{AUTHOR}", "pk", "plan__program_year_id"
    anchor = "due_on"
    columns = ("plan_id", "kind")
    placeholders = {
        "check_in": Placeholder(_("which check-in"), "mid-year"),
        "last_day": Placeholder(_("its last day"), "Friday 29 January"),
        "year": Placeholder(_("program year"), "2026–27"),
    }

    def everyone(self, now: dt.datetime) -> QuerySet:
        quiet = [GrowthPlan.State.DRAFT, GrowthPlan.State.CLOSED]
        planned = CheckIn.objects.filter(state=CheckIn.State.PLANNED, plan__program_year__state=OPEN)
        return planned.filter(**through_plan(STILL_HERE)).exclude(plan__state__in=quiet)

    def words(self, fact: Fact, reader: Any, year: YearFacts, extra: Any) -> Words:
        plan, kind = fact.columns["plan_id"], fact.columns["kind"]
        values = {
            "check_in": self.in_language(CheckIn.Kind(kind).label, reader.language),
            "last_day": day_in_words(fact.anchor),
            "year": year.label,
        }
        return Words(values, reverse("growthplans:check_in", args=[plan, kind]))


class PlanWaiting(Kind):
    name = "plan_waiting"
    label = _("Plan waiting for its reviewer")
    why = _("You get this mail because the author named you as reviewer.")
    button = _("Open the plan")
    about = _("To reviewers who have not opened a plan that was shared with them.")
    stages = (
        Stage("first", After(5), _("First mail, days after the plan was shared")),
        Stage("second", After(12), _("Second mail, days after the plan was shared")),
    )
    person, subject, year = "reviewer__user", "pk", "program_year_id"
    anchor = TruncDate("shared_at", tzinfo=dt.UTC)
    columns = ("membership__leader__user__name",)
    placeholders = {
        "name": Placeholder(_("the author"), "Brenda Saddleback"),
        "since": Placeholder(_("day on which it was shared"), "Monday 5 October"),
        "year": Placeholder(_("program year"), "2026–27"),
    }

    def everyone(self, now: dt.datetime) -> QuerySet:
        since = {"shared_at__gte": now - REACH, "program_year__state": OPEN}
        here = {"reviewer__is_active": True, "reviewer__user__is_active": True}
        return GrowthPlan.objects.awaiting_review().filter(**since, **here, **STILL_HERE)

    def words(self, fact: Fact, reader: Any, year: YearFacts, extra: Any) -> Words:
        values = {
            "name": fact.columns[self.columns[0]],
            "since": day_in_words(fact.anchor),
            "year": year.label,
        }
        return Words(values, reverse("growthplans:plan_detail", args=[fact.subject]))


class FeedbackReceived(Kind):
    """Comments that the author has not read. That they came, the plans tell at once; this asks again."""

    name = "feedback_received"
    label = _("Feedback not read yet")
    why = _("You get this mail because it is about your growth plan.")
    button = _("Read the feedback")
    about = _("To authors who have not seen feedback on their plan, some days after it was written.")
    stages = (Stage("unread", After(2, keeps=5), _("Days after the feedback")),)
    private = True
    person, subject, year = f"plan__{AUTHOR}", "plan_id", "plan__program_year_id"
    anchor = TruncDate("created_at", tzinfo=dt.UTC)
    placeholders = {"year": Placeholder(_("program year"), "2026–27")}

    def everyone(self, now: dt.datetime) -> QuerySet:
        unread = Comment.objects.filter(read_at=None, withdrawn_at=None, resolved_at=None)
        recent = unread.filter(created_at__gte=now - dt.timedelta(days=14), plan__program_year__state=OPEN)
        return recent.filter(**through_plan(STILL_HERE)).exclude(by_id=F(f"plan__{AUTHOR}_id"))

    def words(self, fact: Fact, reader: Any, year: YearFacts, extra: Any) -> Words:
        path = reverse("growthplans:plan_detail", args=[fact.subject])
        return Words({"year": year.label}, path)
