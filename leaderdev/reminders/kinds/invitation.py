"""An invitation to the program that nobody has used."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cohorts.models import Membership, ProgramYear
from leaderdev.common.dates import day_in_words, today_in
from leaderdev.reminders.book import YearFacts
from leaderdev.reminders.clock import After
from leaderdev.reminders.kinds.base import Fact, Kind, Placeholder, Stage, Words

LINK = "leader__user__invitations"


class InvitationUnused(Kind):
    """The link itself is not kept, so the mail leads to the page where a new one is asked for."""

    name = "invitation_unused"
    label = _("Invitation not used")
    why = _("You get this mail because your district added you to its leadership program.")
    button = _("Send me the link again")
    about = _("To people who were invited and have not signed in yet.")
    stages = (
        Stage("first", After(5, keeps=4), _("First mail, days after the invitation")),
        Stage("second", After(10, keeps=4), _("Second mail, days after the invitation")),
    )
    # There is no profile yet on which it could be stopped; it stops by itself after the second.
    required = alone = True
    person, subject, year = "leader__user", f"{LINK}__pk", "cohort__years__pk"
    anchor = TruncDate(f"{LINK}__created_at", tzinfo=dt.UTC)
    columns = (f"{LINK}__created_at", f"{LINK}__expires_at")
    placeholders = {
        "cohort": Placeholder(_("name of the cohort"), "Growing Together"),
        "sent_on": Placeholder(_("day of the invitation"), "Monday 7 September"),
        "last_day": Placeholder(_("last day of the link"), "Monday 21 September"),
    }

    def everyone(self, now: dt.datetime) -> QuerySet:
        return Membership.objects.current().filter(
            **{
                "cohort__years__state": ProgramYear.State.OPEN,
                f"{LINK}__used_at": None,
                f"{LINK}__revoked_at": None,
                f"{LINK}__expires_at__gt": now,
                f"{LINK}__pk__isnull": False,
                "leader__user__last_login": None,
            }
        )

    def words(self, fact: Fact, reader: Any, year: YearFacts, extra: Any) -> Words:
        # On the reader's calendar: what is sent in the evening was not sent the day after.
        sent_at, expires_at = (fact.columns[name] for name in self.columns)
        values = {
            "cohort": year.cohort,
            "sent_on": day_in_words(today_in(reader.time_zone, sent_at)),
            "last_day": day_in_words(today_in(reader.time_zone, expires_at)),
        }
        return Words(values, reverse("accounts:invitation_ask_again"))
