"""Release time for site visits: the year's budget, and what is asked of it."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coaching.models.circle import my_seats
from coaching.models.coaching_session import CoachingSession
from cohorts.models import ProgramYear, TrioSeat
from cohorts.models.district import DistrictScopedQuerySet, scoped_by

CENT = Decimal("0.01")


class ReleaseBudget(models.Model):
    program_year = models.OneToOneField(
        ProgramYear, on_delete=models.CASCADE, related_name="release_budget", verbose_name=_("program year")
    )
    days = models.DecimalField(
        _("days of release"), max_digits=7, decimal_places=1, help_text=_("Half days count as 0.5.")
    )
    dollars = models.DecimalField(_("dollars"), max_digits=11, decimal_places=2)
    day_rate = models.DecimalField(
        _("substitute, full day"),
        max_digits=8,
        decimal_places=2,
        help_text=_("What one day of a substitute costs, with benefits."),
    )
    half_day_rate = models.DecimalField(
        _("substitute, half day"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Empty: half of the full day, rounded to the cent."),
    )
    cost_code = models.CharField(
        _("cost code"), max_length=40, help_text=_("Stands on every line of the export.")
    )

    objects = scoped_by("program_year__cohort__district").as_manager()

    class Meta:
        verbose_name = _("release budget")
        verbose_name_plural = _("release budgets")
        constraints = [
            models.CheckConstraint(
                condition=Q(days__gte=0, dollars__gte=0, day_rate__gte=0)
                & (Q(half_day_rate=None) | Q(half_day_rate__gte=0)),
                name="release_budget_not_negative",
                violation_error_message=_("None of these numbers is below zero."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.program_year)

    def cost_of(self, portion: str) -> Decimal:
        """Dollars of one full or half day."""
        if portion == ReleaseRequest.Portion.FULL:
            return self.day_rate
        if self.half_day_rate is not None:
            return self.half_day_rate
        return (self.day_rate / 2).quantize(CENT, rounding=ROUND_HALF_UP)


# A visit that did not take place costs nothing, whatever was approved for it.
FELL_THROUGH = (CoachingSession.State.CANCELLED, CoachingSession.State.NOT_HELD)


class ReleaseRequestQuerySet(DistrictScopedQuerySet):
    district_path = "coaching_session__trio__program_year__cohort__district"

    def of_year(self, year: ProgramYear) -> ReleaseRequestQuerySet:
        return self.filter(coaching_session__trio__program_year=year)

    def of_person(self, user: Any) -> ReleaseRequestQuerySet:
        return self.filter(seat__in=my_seats(user).order_by().values("pk"))

    def waiting(self) -> ReleaseRequestQuerySet:
        """Asked for, with a visit that may still take place: nobody decides about one that fell through."""
        asked = self.filter(state=ReleaseRequest.State.ASKED)
        return asked.exclude(coaching_session__state__in=FELL_THROUGH)

    def approved(self) -> ReleaseRequestQuerySet:
        return self.filter(state=ReleaseRequest.State.APPROVED)


class ReleaseRequest(models.Model):
    """One person's time away from the classroom for one visit. The price is fixed when it is approved."""

    class Portion(models.TextChoices):
        MORNING = "morning", _("half a day, morning")
        AFTERNOON = "afternoon", _("half a day, afternoon")
        FULL = "full", _("a full day")

    class State(models.TextChoices):
        ASKED = "asked", _("asked for")
        APPROVED = "approved", _("approved")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    coaching_session = models.ForeignKey(
        CoachingSession, on_delete=models.CASCADE, related_name="release_requests"
    )
    seat = models.ForeignKey(TrioSeat, on_delete=models.CASCADE, related_name="release_requests")
    portion = models.CharField(_("how long"), max_length=10, choices=Portion.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    days = models.DecimalField(max_digits=3, decimal_places=1, default=Decimal("0"))
    cost = models.DecimalField(max_digits=8, decimal_places=2, default=Decimal("0"))
    cost_code = models.CharField(max_length=40, blank=True)
    # Approved although the budget did not hold it: a lead said so in so many words.
    over_budget = models.BooleanField(default=False)

    objects = ReleaseRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("release request")
        verbose_name_plural = _("release requests")
        ordering = ["coaching_session__starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["coaching_session", "seat"],
                condition=Q(state__in=["asked", "approved"]),
                name="release_asked_once_per_person_and_visit",
            ),
            models.CheckConstraint(
                condition=Q(state="approved", decided_at__isnull=False) | ~Q(state="approved"),
                name="release_approved_is_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat.membership}: {self.get_portion_display()}"

    @property
    def length(self) -> Decimal:
        """In days."""
        return Decimal("1.0") if self.portion == self.Portion.FULL else Decimal("0.5")
