"""A survey closes soon: two chasers at most, none when it is open for two days or less."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cohorts.models import Membership
from leaderdev.common.dates import moment_in_words
from leaderdev.reminders.book import YearFacts
from leaderdev.reminders.clock import Before
from leaderdev.reminders.kinds.base import Fact, Kind, Placeholder, Stage, Words, heard_lately
from surveys.models import Participation, Wave

WAVE = "cohort__surveys__waves"
# Somebody who is asked on Monday and has until Wednesday needs no chaser.
SHORT = dt.timedelta(days=2)
# Nobody is chased on the day on which she is asked.
REST = dt.timedelta(hours=12)


class SurveyCloses(Kind):
    """Who takes part is in one ledger, what is said in another: this asks the first and never the second.

    A program lead who has reminded people by hand has used up one chaser, or both.
    """

    name = "survey_closes"
    label = _("Survey closes soon")
    why = _("You get this mail because you were asked to take part in this survey.")
    button = _("Open the survey")
    about = _("To people who have not taken part, before the survey closes. Two mails at most.")
    stages = (
        Stage("first", Before(5), _("First mail, days before it closes")),
        Stage("second", Before(1), _("Second mail, days before it closes")),
    )
    private = True
    person, subject, year = "leader__user", f"{WAVE}__pk", f"{WAVE}__program_year_id"
    anchor, anchor_is_date = f"{WAVE}__closes_at", False
    columns = (f"{WAVE}__title",)
    placeholders = {
        "survey": Placeholder(_("title of the survey"), "Before the year"),
        "until": Placeholder(_("last moment"), "Friday 9 October, 17:00"),
    }

    def everyone(self, now: dt.datetime) -> QuerySet:
        settled = Participation.objects.filter(
            Q(done=True) | Q(excused=True),
            membership__leader_id=OuterRef("leader_id"),
            wave_id=OuterRef(f"{WAVE}__pk"),
        )
        asked = Q(role=Membership.Role.PARTICIPANT) | Q(**{f"{WAVE}__audience": Wave.Audience.MEMBERS})
        wishes = {
            "announced": True,
            "closed": False,
            "reminders_sent": 0,
            "opens_at__lte": now,
            "closes_at__gt": now,
            "survey__sealed": False,
        }
        long_enough = Q(**{f"{WAVE}__closes_at__gt": F(f"{WAVE}__opens_at") + SHORT})
        lately = heard_lately(["survey_open", "survey_reminder"], "leader__user__email", now)
        # Everything about the wave in one call, so that it is one join and one wave.
        of_wave = {f"{WAVE}__{name}": value for name, value in wishes.items()}
        return Membership.objects.current().filter(asked, long_enough, ~Exists(settled), ~lately, **of_wave)

    def in_time(self, rows: QuerySet, due: dt.datetime) -> QuerySet:
        """A wave that opened after its first mail was due, or shortly before, has the second one only."""
        return rows.annotate(r_opens=F(f"{WAVE}__opens_at")).filter(r_opens__lte=due - REST)

    def words(self, fact: Fact, reader: Any, year: YearFacts, extra: Any) -> Words:
        values = {
            "survey": fact.columns[self.columns[0]],
            "until": moment_in_words(fact.anchor, reader.time_zone),
        }
        return Words(values, f"/surveys/{fact.subject}/")
