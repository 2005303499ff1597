"""What is stuck, for program leads, once a week."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import Count, DateField, QuerySet, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override

from cohorts.models import CompetencySelection, Membership, ProgramYear
from growthplans.models import CheckIn, GrowthPlan
from leaderdev.reminders.book import Book, YearFacts
from leaderdev.reminders.clock import After, Anchor
from leaderdev.reminders.kinds.base import Fact, Kind, Placeholder, Stage, Words
from leaderdev.reminders.kinds.plans import STILL_HERE, through_plan
from leaderdev.reminders.models import Reminder

# A plan that waits longer than this is stuck.
WAITING = dt.timedelta(days=7)

# Kiribati's Line Islands: nowhere is it later in the week.
FARTHEST_EAST = dt.timedelta(hours=14)

# One line of the digest: from a number of cases to a sentence.
Line = Callable[[int], str]


def not_chosen(number: int) -> str:
    return ngettext(
        "%(number)d participant has no focus competency",
        "%(number)d participants have no focus competency",
        number,
    ) % {"number": number}


def waiting(number: int) -> str:
    return ngettext(
        "%(number)d growth plan has waited for its reviewer for more than a week",
        "%(number)d growth plans have waited for their reviewer for more than a week",
        number,
    ) % {"number": number}


def overdue(number: int) -> str:
    return ngettext(
        "%(number)d check-in is past its day", "%(number)d check-ins are past their day", number
    ) % {"number": number}


def undelivered(number: int) -> str:
    return ngettext(
        "%(number)d mail of the last week could not be delivered",
        "%(number)d mails of the last week could not be delivered",
        number,
    ) % {"number": number}


class WeeklyDigest(Kind):
    """Counts, never names: who it is stands on the pages that leads may open."""

    name = "weekly_digest"
    label = _("What is stuck, once a week")
    why = _("You get this mail because you lead this program.")
    button = _("Open the overview")
    about = _("To program leads, at the beginning of each week in which something is stuck.")
    stages = (Stage("week", After(0, keeps=3)),)
    alone = True
    person, subject, year = "leader__user", "cohort__years__pk", "cohort__years__pk"
    placeholders = {
        "cohort": Placeholder(_("name of the cohort"), "Growing Together"),
        "stuck": Placeholder(_("what is stuck, as a list"), "• 3 growth plans wait for their reviewer"),
    }

    def everyone(self, now: dt.datetime) -> QuerySet:
        years = {
            "cohort__years__state": ProgramYear.State.OPEN,
            "cohort__years__starts_on__lte": now.date(),
        }
        return Membership.objects.current().leads().filter(**years)

    def rows(self, now: dt.datetime) -> QuerySet:
        return self.named(self.everyone(now), Value(_monday(now), output_field=DateField()))

    def anchors(self, now: dt.datetime, horizon: dt.datetime) -> Iterable[tuple[int, Anchor]]:
        """This week's Monday, and each one until the horizon."""
        years = ProgramYear.objects.open().filter(starts_on__lte=now.date(), ends_on__gte=now.date())
        weeks = range((_monday(horizon) - _monday(now)).days // 7 + 1)
        mondays = [_monday(now) + dt.timedelta(weeks=number) for number in weeks]
        return [(key, day) for key in years.order_by().values_list("pk", flat=True) for day in mondays]

    def extras(self, facts: Sequence[Fact], book: Book) -> dict[int, list[tuple[Line, int]]]:
        return stuck_in({fact.year for fact in facts}, timezone.now())

    def words(self, fact: Fact, reader: Any, year: YearFacts, extra: Any) -> Words | None:
        with override(reader.language):
            lines = [say(number) for say, number in extra.get(fact.year, ())]
        if not lines:
            return None
        values = {"cohort": year.cohort, "stuck": "\n".join(f"• {line}" for line in lines)}
        return Words(values, reverse("home:overview"))


def _monday(now: dt.datetime) -> dt.date:
    """The Monday of the week that has begun somewhere: in the farthest east it begins on Sunday, by UTC."""
    there = now + FARTHEST_EAST
    return there.date() - dt.timedelta(days=there.weekday())


def stuck_in(years: set[int], now: dt.datetime) -> dict[int, list[tuple[Line, int]]]:
    """What is stuck in each year, most urgent first; four queries for any number of years."""
    found: dict[int, list[tuple[Line, int]]] = defaultdict(list)
    for line, counts in (
        (undelivered, _undelivered(years, now)),
        (not_chosen, _not_chosen(years, now)),
        (waiting, _waiting(years, now)),
        (overdue, _overdue(years, now)),
    ):
        for year, number in counts:
            if number:
                found[year].append((line, number))
    return found


def _undelivered(years: set[int], now: dt.datetime) -> Iterable[tuple[int, int]]:
    recent = Reminder.objects.failed().filter(program_year__in=years, due_at__gte=now - WAITING)
    return recent.order_by().values_list("program_year").annotate(Count("pk"))


def _not_chosen(years: set[int], now: dt.datetime) -> Iterable[tuple[int, int]]:
    """Participants without a choice, in years whose days of choosing are running or over."""
    begun = ProgramYear.objects.filter(pk__in=years, selection_opens_on__lte=now.date())
    keys = dict(begun.order_by().values_list("pk", "cohort_id"))
    people = Membership.objects.current().participants().filter(cohort__in=set(keys.values()))
    in_cohort = dict(people.order_by().values_list("cohort").annotate(Count("pk")))
    here = people.values("pk")
    chosen = CompetencySelection.objects.current().filter(program_year__in=keys, membership__in=here)
    done = dict(chosen.order_by().values_list("program_year").annotate(Count("pk")))
    return [(year, in_cohort.get(cohort, 0) - done.get(year, 0)) for year, cohort in keys.items()]


def _waiting(years: set[int], now: dt.datetime) -> Iterable[tuple[int, int]]:
    late = {"program_year__in": years, "shared_at__lt": now - WAITING}
    plans = GrowthPlan.objects.awaiting_review().filter(**late, **STILL_HERE)
    return plans.order_by().values_list("program_year").annotate(Count("pk"))


def _overdue(years: set[int], now: dt.datetime) -> Iterable[tuple[int, int]]:
    quiet = [GrowthPlan.State.DRAFT, GrowthPlan.State.CLOSED]
    late = CheckIn.objects.filter(
        state=CheckIn.State.PLANNED,
        due_on__lt=now.date(),
        plan__program_year__in=years,
        **through_plan(STILL_HERE),
    ).exclude(plan__state__in=quiet)
    return late.order_by().values_list("plan__program_year").annotate(Count("pk"))
