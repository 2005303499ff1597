"""What one round needs to know of program years, cohorts' wishes and districts' words, each asked once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from cohorts.models import Cohort, Membership, NoSchoolDay, ProgramYear
from leaderdev.accounts.models import User
from leaderdev.reminders.clock import SchoolDays
from leaderdev.reminders.models import KindSwitch, MailText


@dataclass(frozen=True)
class YearFacts:
    """A program year as mail needs it. `reply_to` is a person's address, `reply_name` that person."""

    pk: int
    label: str
    slug: str
    cohort_id: int
    cohort: str
    cohort_slug: str
    district_id: int
    district: str
    zone: str
    smallest_group: int
    is_open: bool
    school: SchoolDays
    reply_to: str
    reply_name: str


class Book:
    """Looked up as of the beginning of a round, and thrown away after it: settings never go stale."""

    def __init__(self) -> None:
        self._years: dict[int, YearFacts] = {}

    def years(self, keys: Iterable[int]) -> dict[int, YearFacts]:
        """Facts of these program years; three queries for all that are not known yet."""
        missing = set(keys) - self._years.keys()
        if missing:
            self._load(missing)
        return self._years

    def year(self, key: int) -> YearFacts:
        return self.years([key])[key]

    def _load(self, keys: set[int]) -> None:
        years = list(ProgramYear.objects.filter(pk__in=keys).select_related("cohort__district"))
        closed: dict[int, list[tuple[dt.date, dt.date]]] = defaultdict(list)
        days = NoSchoolDay.objects.filter(
            calendar__in={year.calendar_id for year in years if year.calendar_id}
        )
        for calendar, first, last in days.values_list("calendar_id", "first_day", "last_day"):
            closed[calendar].append((first, last))
        leads = self._leads({year.cohort_id for year in years})
        for year in years:
            district = year.cohort.district
            address, name = leads.get(year.cohort_id, ("", ""))
            if district.contact_email:
                address, name = district.contact_email, district.contact_name or district.short_name
            self._years[year.pk] = YearFacts(
                pk=year.pk,
                label=year.label,
                slug=year.slug,
                cohort_id=year.cohort_id,
                cohort=year.cohort.name,
                cohort_slug=year.cohort.slug,
                district_id=district.pk,
                district=district.short_name,
                zone=district.time_zone,
                smallest_group=year.smallest_group_shown,
                is_open=year.is_open,
                school=SchoolDays(tuple(closed[year.calendar_id or 0])),
                reply_to=address,
                reply_name=name,
            )

    def _leads(self, cohorts: set[int]) -> dict[int, tuple[str, str]]:
        """The longest-standing program lead of each cohort: answers to its mail go to a person."""
        rows = Membership.objects.current().leads().filter(cohort__in=cohorts).order_by("-joined_on", "-pk")
        found = rows.values_list("cohort_id", "leader__user__email", "leader__user__name")
        return {cohort: (address, name) for cohort, address, name in found}

    @cached_property
    def zones(self) -> list[str]:
        """Time zones in which somebody lives."""
        active = User.objects.filter(is_active=True)
        return sorted(active.order_by().values_list("time_zone", flat=True).distinct())

    @cached_property
    def _switches(self) -> dict[tuple[int, str], KindSwitch]:
        return {(switch.cohort_id, switch.kind): switch for switch in KindSwitch.objects.all()}

    def is_on(self, cohort_id: int, kind: str) -> bool:
        switch = self._switches.get((cohort_id, kind))
        return switch is None or switch.is_on

    def days_of(self, cohort_id: int, kind: str) -> dict[str, int]:
        switch = self._switches.get((cohort_id, kind))
        return switch.days if switch else {}

    @cached_property
    def _texts(self) -> dict[tuple[int, str], MailText]:
        return {(text.district_id, text.kind): text for text in MailText.objects.all()}

    def say(self, district_id: int, kind: str, text: MailText) -> None:
        """Words that are not saved yet, for a preview."""
        self._texts[(district_id, kind)] = text

    def of_cohort(self, cohort: Cohort) -> YearFacts:
        """Facts of a cohort's latest year, or of none: a preview needs no year."""
        latest = ProgramYear.objects.filter(cohort=cohort).order_by("-starts_on").first()
        if latest is not None:
            return self.year(latest.pk)
        return YearFacts(
            pk=0,
            label="",
            slug="",
            cohort_id=cohort.pk,
            cohort=cohort.name,
            cohort_slug=cohort.slug,
            district_id=cohort.district_id,
            district=cohort.district.short_name,
            zone=cohort.district.time_zone,
            smallest_group=0,
            is_open=False,
            school=SchoolDays(),
            reply_to=cohort.district.contact_email,
            reply_name=cohort.district.contact_name,
        )

    def text(self, district_id: int, kind: str) -> MailText | None:
        return self._texts.get((district_id, kind))
