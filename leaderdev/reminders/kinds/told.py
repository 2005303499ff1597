"""What the apps have told a person who wants one mail a day: it waits here for that mail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncHour
from django.utils.translation import gettext_lazy as _

from cohorts.models import Membership, ProgramYear
from leaderdev.accounts.models import User
from leaderdev.common.models import OutgoingMail
from leaderdev.reminders.book import Book, YearFacts
from leaderdev.reminders.clock import Soon
from leaderdev.reminders.kinds.base import Fact, Kind, Placeholder, Stage, Words
from leaderdev.reminders.models import KindChoice
from leaderdev.reminders.notices import of_mail

KEPT = dt.timedelta(days=14)


class Told(Kind):
    """Not a kind of its own for anybody: each notice is chosen by its own name."""

    name = "told"
    label = _("News")
    why = _("You get this mail because you chose one mail a day.")
    button = _("Open it")
    about = _("News of others, for people who want one mail a day.")
    stages = (Stage("day", Soon(dt.timedelta(0), keeps=7)),)
    private = True
    anchor, anchor_is_date = TruncHour("created_at", tzinfo=dt.UTC), False
    columns = ("subject", "path", "kind")
    placeholders = {"title": Placeholder(_("what happened"), "Ana Whitford has commented on your plan")}

    def everyone(self, now: dt.datetime) -> QuerySet:
        recent = OutgoingMail.objects.gathered().filter(created_at__gte=now - KEPT, created_at__lte=now)
        return recent.filter(Q(useful_until=None) | Q(useful_until__gt=now))

    def rows(self, now: dt.datetime) -> QuerySet:
        # A mail knows an address and no person: whose it is now is asked each time.
        reader = User.objects.filter(email=OuterRef("to_address"), is_active=True)
        seats = Membership.objects.current().filter(
            leader__user__email=OuterRef("to_address"), cohort__years__state=ProgramYear.State.OPEN
        )
        years = seats.order_by("-cohort__years__starts_on", "-cohort__years__pk").values("cohort__years__pk")
        found = self.everyone(now).annotate(
            r_person=Subquery(reader.values("pk")[:1]),
            r_zone=Subquery(reader.values("time_zone")[:1]),
            r_delivery=Subquery(reader.values("delivery")[:1]),
            r_year=Subquery(years[:1]),
        )
        usual = found.order_by().annotate(r_subject=F("pk"), r_anchor=self.anchor)
        return usual.filter(r_person__isnull=False, r_year__isnull=False)

    def extras(self, facts: Sequence[Fact], book: Book) -> set[tuple[int, str]]:
        """What these people have stopped since."""
        stopped = KindChoice.objects.filter(person__in={fact.person for fact in facts}, wanted=False)
        return set(stopped.values_list("person_id", "kind"))

    def words(self, fact: Fact, reader: Any, year: YearFacts, extra: Any) -> Words | None:
        subject, path, kind = (fact.columns[name] for name in self.columns)
        notice = of_mail(kind)
        if notice is None or (fact.person, notice.name) in extra:
            return None
        return Words({"title": subject}, path or "/")
