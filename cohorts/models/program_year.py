"""A program year of a cohort: its standard, what it offers, its dates and its policies."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from cohorts.models.cohort import Cohort
from cohorts.models.district import DistrictScopedQuerySet, scoped_by
from cohorts.models.school_calendar import SchoolCalendar
from cohorts.models.standard import Standard, StandardNode

# Under five people a figure can point at a person; many jurisdictions ask for more, none for less.
SMALLEST_GROUP_SHOWN = 5
# Three seats: everyone coaches, is coached, and the third watches how it is done.
TRIO_SIZE = 3


class ProgramYearQuerySet(DistrictScopedQuerySet):
    district_path = "cohort__district"

    def open(self) -> ProgramYearQuerySet:
        return self.filter(state=ProgramYear.State.OPEN)

    def visible_to(self, user: Any) -> ProgramYearQuerySet:
        """Years of visible cohorts; a draft only to those who configure it."""
        mine = self.filter(cohort__in=Cohort.objects.of_person(user)).exclude(state=ProgramYear.State.DRAFT)
        managed = self.managed_by(user)
        return self.filter(Q(pk__in=mine.values("pk")) | Q(pk__in=managed.values("pk")))

    def before(self, year: ProgramYear) -> ProgramYearQuerySet:
        """Earlier years of the same cohort, the nearest first."""
        return self.filter(cohort_id=year.cohort_id, starts_on__lt=year.starts_on).order_by("-starts_on")

    def earlier_in_district(self, year: ProgramYear) -> ProgramYearQuerySet:
        """Earlier years of all cohorts of the year's district, the nearest first, with their cohorts."""
        rows = self.filter(cohort__district_id=year.cohort.district_id, starts_on__lt=year.starts_on)
        return rows.select_related("cohort").order_by("-starts_on", "cohort__name", "pk")


class ProgramYear(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", _("being set up")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    class Reviewers(models.TextChoices):
        SUPERVISOR = "supervisor", _("the author’s supervisor")
        LEADS = "leads", _("a program lead")
        CHOSEN = "chosen", _("a division leader the author chooses")

    class SessionLength(models.TextChoices):
        HALF_DAY = "half_day", _("half a day")
        FULL_DAY = "full_day", _("a full day")

    cohort = models.ForeignKey(
        Cohort, on_delete=models.PROTECT, related_name="years", verbose_name=_("cohort")
    )
    label = models.CharField(_("program year"), max_length=20, help_text=_("Such as 2026–27."))
    slug = models.SlugField(_("address part"), max_length=20, editable=False)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.DRAFT, editable=False
    )
    standard = models.ForeignKey(
        Standard,
        on_delete=models.PROTECT,
        related_name="years",
        verbose_name=_("leadership standard"),
        help_text=_("Stays with this year: a later version of the standard does not change it."),
    )
    competencies: models.ManyToManyField = models.ManyToManyField(
        StandardNode, through="OfferedCompetency", related_name="offered_in", verbose_name=_("offered")
    )
    calendar = models.ForeignKey(
        SchoolCalendar,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="years",
        verbose_name=_("school-year calendar"),
        help_text=_("Keeps sessions, meetings and mail away from days without school."),
    )
    selection_opens_on = models.DateField(
        _("choosing opens"),
        null=True,
        blank=True,
        help_text=_("First day on which leaders choose their focus."),
    )
    selection_closes_on = models.DateField(
        _("choosing closes"),
        null=True,
        blank=True,
        help_text=_("Last day. A later change is possible, with a reason."),
    )
    session_length = models.CharField(
        _("learning sessions take"),
        max_length=8,
        choices=SessionLength.choices,
        default=SessionLength.HALF_DAY,
    )
    trio_size = models.PositiveSmallIntegerField(
        _("people in a trio"), default=TRIO_SIZE, help_text=_("Three as a rule; two to four.")
    )
    pairs_allowed = models.BooleanField(
        _("pairs allowed"),
        default=False,
        help_text=_("Otherwise a pair is formed only where nobody else is left."),
    )
    plan_reviewers = models.CharField(
        _("growth plans are read by"),
        max_length=12,
        choices=Reviewers.choices,
        default=Reviewers.CHOSEN,
        help_text=_("Besides the trio. Readers comment; nobody grades."),
    )
    smallest_group_shown = models.PositiveSmallIntegerField(
        _("smallest group shown"),
        default=SMALLEST_GROUP_SHOWN,
        help_text=_("Figures about fewer people than this are hidden everywhere. Five or more."),
    )

    objects = ProgramYearQuerySet.as_manager()

    class Meta:
        verbose_name = _("program year")
        verbose_name_plural = _("program years")
        ordering = ["-starts_on", "cohort"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "slug"],
                name="program_year_label_once_per_cohort",
                violation_error_message=_("This cohort has a program year of this name already."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="program_year_ends_after_it_starts",
                violation_error_message=_("The last day must come after the first."),
            ),
            models.CheckConstraint(
                condition=Q(selection_opens_on=None, selection_closes_on=None)
                | Q(
                    selection_opens_on__isnull=False,
                    selection_closes_on__isnull=False,
                    selection_closes_on__gte=F("selection_opens_on"),
                ),
                name="selection_window_whole",
                violation_error_message=_("Give both days of choosing, the second not before the first."),
            ),
            models.CheckConstraint(
                condition=Q(trio_size__gte=2, trio_size__lte=4),
                name="trio_size_two_to_four",
                violation_error_message=_("A trio has two, three or four people."),
            ),
            models.CheckConstraint(
                condition=Q(smallest_group_shown__gte=SMALLEST_GROUP_SHOWN),
                name="smallest_group_at_least_five",
                violation_error_message=_("Five is the least: below it a figure can point at a person."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cohort}, {self.label}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        # The label is typed with an en dash; the address needs plain letters.
        self.slug = slugify(self.label.replace("–", "-").replace("/", "-"))
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("cohorts:year_detail", args=[self.cohort.slug, self.slug])

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED

    def choosing_on(self, day: datetime.date) -> bool:
        """Whether a first choice may be made that day (the district's date), both ends included."""
        if not self.is_open or self.selection_opens_on is None or self.selection_closes_on is None:
            return False
        return self.selection_opens_on <= day <= self.selection_closes_on


class OfferedCompetency(models.Model):
    """One competency of the standard that the cohort offers this year."""

    program_year = models.ForeignKey(
        ProgramYear, on_delete=models.CASCADE, related_name="offered", verbose_name=_("program year")
    )
    competency = models.ForeignKey(
        StandardNode, on_delete=models.PROTECT, related_name="offers", verbose_name=_("competency")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = scoped_by("program_year__cohort__district").as_manager()

    class Meta:
        verbose_name = _("offered competency")
        verbose_name_plural = _("offered competencies")
        ordering = ["position", "competency__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["program_year", "competency"],
                name="competency_offered_once",
                violation_error_message=_("This competency is offered already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.competency)
