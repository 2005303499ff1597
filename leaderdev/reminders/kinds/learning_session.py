"""A learning session ahead: a week before, and the day before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cohorts.models import LearningSession, Membership, ProgramYear
from leaderdev.common.dates import span_in_words
from leaderdev.reminders.book import YearFacts
from leaderdev.reminders.clock import Anchor, Before
from leaderdev.reminders.kinds.base import Fact, Kind, Placeholder, Stage, Words, heard_lately

PATH = "cohort__years__learning_sessions"


class SessionAhead(Kind):
    name = "session_ahead"
    label = _("Learning session ahead")
    why = _("You get this mail because you belong to this cohort.")
    button = _("See the session")
    about = _("When and where the next learning session is, to everybody who is expected there.")
    stages = (
        Stage("week", Before(7), _("First mail, days before the session")),
        Stage("day", Before(1), _("Second mail, days before the session")),
    )
    person, subject, year = "leader__user", f"{PATH}__pk", "cohort__years__pk"
    anchor, anchor_is_date = f"{PATH}__starts_at", False
    columns = (
        f"{PATH}__title",
        f"{PATH}__number",
        f"{PATH}__ends_at",
        f"{PATH}__place",
        f"{PATH}__host__name",
    )
    placeholders = {
        "session": Placeholder(_("title of the session"), "Coaching conversations"),
        "number": Placeholder(_("its number in the year"), "4"),
        "when": Placeholder(_("day and time"), "Thursday 14 January, 9:00–15:30"),
        "where": Placeholder(_("school and room"), "Prairie Wind School, library"),
        "cohort": Placeholder(_("name of the cohort"), "Growing Together"),
    }

    def everyone(self, now: dt.datetime) -> QuerySet:
        expected = Membership.objects.expected_in_sessions().filter(
            **{
                "cohort__years__state": ProgramYear.State.OPEN,
                f"{PATH}__starts_at__gt": now,
            }
        )
        return expected.filter(~heard_lately(["session_moved"], "leader__user__email", now))

    def anchors(self, now: dt.datetime, horizon: dt.datetime) -> Iterable[tuple[int, Anchor]]:
        # Of the sessions alone: joined with their people it would be a hundred times as many rows.
        first, last = self.reach(now, horizon)
        coming = LearningSession.objects.filter(program_year__state=ProgramYear.State.OPEN)
        found = coming.filter(starts_at__gt=max(now, first), starts_at__lte=last).order_by()
        return found.values_list("program_year_id", "starts_at").distinct()

    def words(self, fact: Fact, reader: Any, year: YearFacts, extra: Any) -> Words:
        title, number, ends_at, place, host = (fact.columns[name] for name in self.columns)
        starts_at = fact.anchor
        values = {
            "session": title,
            "number": str(number),
            "when": span_in_words(starts_at, ends_at, reader.time_zone),
            "where": ", ".join(filter(None, (host, place))) or str(_("the place follows")),
            "cohort": year.cohort,
        }
        path = reverse("cohorts:year_detail", args=[year.cohort_slug, year.slug])
        return Words(values, path)
