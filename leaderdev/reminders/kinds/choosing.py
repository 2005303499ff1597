"""The days of choosing a focus competency: they begin, they end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cohorts.models import CompetencySelection, Membership, ProgramYear
from leaderdev.common.dates import day_in_words
from leaderdev.reminders.book import YearFacts
from leaderdev.reminders.clock import Anchor, Before
from leaderdev.reminders.kinds.base import Fact, Kind, Placeholder, Stage, Words, heard_lately

YEARS = "cohort__years"


class Choosing(Kind):
    """Participants of an open year who have not chosen."""

    person, subject, year = "leader__user", f"{YEARS}__pk", f"{YEARS}__pk"
    columns = (f"{YEARS}__selection_closes_on",)
    placeholders = {
        "cohort": Placeholder(_("name of the cohort"), "Growing Together"),
        "year": Placeholder(_("program year"), "2026–27"),
        "last_day": Placeholder(_("last day of choosing"), "Friday 2 October"),
    }

    def everyone(self, now: dt.datetime) -> QuerySet:
        # A day of slack on either side covers every zone; the window of each zone is exact.
        day = dt.timedelta(days=1)
        chosen = CompetencySelection.objects.current().filter(
            membership_id=OuterRef("pk"), program_year_id=OuterRef(f"{YEARS}__pk")
        )
        wishes = {
            "state": ProgramYear.State.OPEN,
            "selection_closes_on__gte": now.date() - day,
            "ends_on__gte": F("joined_on"),
        }
        lately = heard_lately(["choose_focus"], "leader__user__email", now)
        # Everything about the year in one call, so that it is one join and one year.
        return (
            Membership.objects.current()
            .participants()
            .filter(~Exists(chosen), ~lately, **{f"{YEARS}__{name}": value for name, value in wishes.items()})
        )

    def anchors(self, now: dt.datetime, horizon: dt.datetime) -> Iterable[tuple[int, Anchor]]:
        first, last = self.reach(now, horizon)
        day = self.anchor.rsplit("__", 1)[1]
        years = ProgramYear.objects.open().filter(**{f"{day}__gte": first, f"{day}__lte": last})
        return years.order_by().values_list("pk", day)

    def words(self, fact: Fact, reader: Any, year: YearFacts, extra: Any) -> Words:
        closes_on = fact.columns[self.columns[0]]
        values = {"cohort": year.cohort, "year": year.label, "last_day": day_in_words(closes_on)}
        path = reverse("cohorts:focus", kwargs={"slug": year.cohort_slug, "year": year.slug})
        return Words(values, path)


class ChoosingOpens(Choosing):
    name = "choosing_opens"
    label = _("Choosing a focus begins")
    why = _("You get this mail because you take part in the program this year.")
    button = _("Choose your focus")
    about = _("On the first day of choosing, to every participant.")
    stages = (Stage("first_day", Before(0)),)
    anchor = f"{YEARS}__selection_opens_on"


class ChoosingCloses(Choosing):
    name = "choosing_closes"
    label = _("Choosing a focus ends soon")
    why = _("You get this mail because you take part in the program this year and have no focus yet.")
    button = _("Choose your focus")
    about = _("To participants who have not chosen, before the last day.")
    stages = (
        Stage("week", Before(5), _("First mail, days before the last day")),
        Stage("day", Before(1), _("Second mail, days before the last day")),
    )
    required = True
    anchor = f"{YEARS}__selection_closes_on"
