"""What the kinds about learning sessions share: who is expected, when it is, and what its agenda says."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Exists, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cohorts.models import AgendaItem, LearningSession, Membership, ProgramYear
from leaderdev.common.dates import span_in_words
from leaderdev.reminders.book import Book, YearFacts
from leaderdev.reminders.clock import Anchor
from leaderdev.reminders.kinds.base import Fact, Kind, Placeholder, heard_lately

PATH = "cohort__years__learning_sessions"


class OfSessions(Kind):
    """A kind whose subject is a learning session to come. `extras` are the kept agenda items by session."""

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
        wishes = {"cohort__years__state": ProgramYear.State.OPEN, f"{PATH}__starts_at__gt": now}
        lately = heard_lately(["session_moved"], "leader__user__email", now)
        return Membership.objects.expected_in_sessions().filter(~lately, *self.more_wishes(), **wishes)

    def more_wishes(self) -> Sequence[Exists]:
        """What a kind asks of a session besides; in one call with the rest, so that it is one session."""
        return ()

    def sessions(self) -> QuerySet:
        return LearningSession.objects.filter(program_year__state=ProgramYear.State.OPEN)

    def anchors(self, now: dt.datetime, horizon: dt.datetime) -> Iterable[tuple[int, Anchor]]:
        # Of the sessions alone: joined with their people it would be a hundred times as many rows.
        first, last = self.reach(now, horizon)
        found = self.sessions().filter(starts_at__gt=max(now, first), starts_at__lte=last).order_by()
        return found.values_list("program_year_id", "starts_at").distinct()

    def extras(self, facts: Sequence[Fact], book: Book) -> dict[int, list[AgendaItem]]:
        found: dict[int, list[AgendaItem]] = defaultdict(list)
        for item in AgendaItem.objects.kept().filter(session__in={fact.subject for fact in facts}):
            found[item.session_id].append(item)
        return found

    def about_session(self, fact: Fact, reader: Any, year: YearFacts) -> dict[str, str]:
        title, number, ends_at, place, host = (fact.columns[name] for name in self.columns)
        return {
            "session": title,
            "number": str(number),
            "when": span_in_words(fact.anchor, ends_at, reader.time_zone),
            "where": ", ".join(filter(None, (host, place))) or str(_("the place follows")),
            "cohort": year.cohort,
        }

    def page_of(self, fact: Fact) -> str:
        return reverse("cohorts:session_detail", args=[fact.subject])
