"""A learning session ahead: a week before, and the day before, with its agenda."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from cohorts.planning.agenda import clock
from leaderdev.common.dates import clock_in_words
from leaderdev.reminders.book import YearFacts
from leaderdev.reminders.clock import Before
from leaderdev.reminders.kinds.base import Fact, Placeholder, Stage, Words
from leaderdev.reminders.kinds.of_sessions import OfSessions


class SessionAhead(OfSessions):
    name = "session_ahead"
    label = _("Learning session ahead")
    why = _("You get this mail because you belong to this cohort.")
    button = _("See the session")
    about = _("When and where the next learning session is, to everybody who is expected there.")
    stages = (
        Stage("week", Before(7), _("First mail, days before the session")),
        Stage("day", Before(1), _("Second mail, days before the session")),
    )
    placeholders = {
        **OfSessions.placeholders,
        "agenda": Placeholder(
            _("the agenda, a line for each item"), "9:00 Norms\n9:30 Practice with cards\n10:30 Break"
        ),
    }

    def words(self, fact: Fact, reader: Any, year: YearFacts, extra: Any) -> Words:
        # Times and titles alone: who leads an item, and what it asks, stand on the session's page.
        items = extra.get(fact.subject, [])
        slots = clock(fact.anchor, [item.minutes for item in items])
        lines = [
            f"{clock_in_words(slot.starts_at, reader.time_zone)} {item.title}"
            for item, slot in zip(items, slots, strict=True)
        ]
        agenda = "\n".join(lines) or str(_("The agenda follows on the session’s page."))
        return Words({**self.about_session(fact, reader, year), "agenda": agenda}, self.page_of(fact))
