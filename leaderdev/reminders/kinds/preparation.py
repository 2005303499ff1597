"""What a learning session asks people to bring or to have read, while there is still time to do it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from cohorts.models import AgendaItem
from leaderdev.reminders.book import YearFacts
from leaderdev.reminders.clock import Before
from leaderdev.reminders.kinds.base import Fact, Placeholder, Stage, Words
from leaderdev.reminders.kinds.of_sessions import PATH, OfSessions


class PreparationAsked(OfSessions):
    """A session whose agenda asks for nothing sends nothing."""

    name = "preparation_asked"
    label = _("Preparation for a learning session")
    why = _("You get this mail because you belong to this cohort.")
    button = _("See the session")
    about = _("What the agenda asks everybody to bring or to have read; only if it asks for something.")
    stages = (Stage("once", Before(4), _("Days before the session")),)
    placeholders = {
        **OfSessions.placeholders,
        "preparation": Placeholder(
            _("what is asked, a line for each item"),
            "Practice with cards: bring one question from your school",
        ),
    }

    def more_wishes(self) -> Sequence[Exists]:
        return (asks_something(f"{PATH}__pk"),)

    def sessions(self) -> QuerySet:
        return super().sessions().filter(asks_something("pk"))

    def words(self, fact: Fact, reader: Any, year: YearFacts, extra: Any) -> Words | None:
        items = [item for item in extra.get(fact.subject, []) if item.preparation.strip()]
        if not items:
            return None
        asked = "\n".join(f"{item.title}: {item.preparation.strip()}" for item in items)
        return Words({**self.about_session(fact, reader, year), "preparation": asked}, self.page_of(fact))


def asks_something(session: str) -> Exists:
    """Whether the agenda of the session at a path asks for preparation."""
    return Exists(AgendaItem.objects.kept().filter(session=OuterRef(session)).exclude(preparation=""))
