"""Peer-coaching trios and who sits in them. Forming, meeting and logging live in the coaching app."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cohorts.models.appointment import Supervision
from cohorts.models.district import DistrictScopedQuerySet
from cohorts.models.membership import Membership
from cohorts.models.program_year import ProgramYear
from cohorts.models.standard import StandardNode


class TrioQuerySet(DistrictScopedQuerySet):
    district_path = "program_year__cohort__district"

    def published(self) -> TrioQuerySet:
        return self.filter(published_at__isnull=False)

    def seating(self, user: Any) -> TrioQuerySet:
        """Published trios in which the person holds a seat now."""
        mine = TrioSeat.objects.current().filter(membership__leader__user_id=user.pk)
        return self.published().filter(pk__in=mine.values("trio_id"))


class Trio(models.Model):
    program_year = models.ForeignKey(
        ProgramYear, on_delete=models.CASCADE, related_name="trios", verbose_name=_("program year")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    competency = models.ForeignKey(
        StandardNode, on_delete=models.PROTECT, related_name="trios", verbose_name=_("focus competency")
    )
    published_at = models.DateTimeField(
        _("told to its members"),
        null=True,
        blank=True,
        help_text=_("Before this, nobody but program leads sees it."),
    )

    objects = TrioQuerySet.as_manager()

    class Meta:
        verbose_name = _("trio")
        verbose_name_plural = _("trios")
        ordering = ["program_year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["program_year", "number"], name="trio_number_once_per_year"),
        ]

    def __str__(self) -> str:
        return str(_("Trio %(number)d") % {"number": self.number})


class SeatQuerySet(DistrictScopedQuerySet):
    district_path = "program_year__cohort__district"

    def current(self) -> SeatQuerySet:
        """Seats held now. Who has left the cohort or the roll holds none, whatever the seat itself says."""
        return self.filter(left_on=None, membership__left_on=None, membership__leader__is_active=True)


class TrioSeat(models.Model):
    """One person's seat. The program year stands here too, so that the database allows one seat a year."""

    trio = models.ForeignKey(Trio, on_delete=models.CASCADE, related_name="seats", verbose_name=_("trio"))
    program_year = models.ForeignKey(
        ProgramYear, on_delete=models.CASCADE, related_name="trio_seats", editable=False
    )
    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="seats", verbose_name=_("participant")
    )
    seated_on = models.DateField(_("seated"))
    left_on = models.DateField(_("left"), null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["trio", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "program_year"],
                condition=Q(left_on=None),
                name="seat_one_current_per_year",
                violation_error_message=_("This person has a seat in another trio of this year."),
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("seated_on")),
                name="seat_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trio}: {self.membership.leader}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.program_year_id = self.trio.program_year_id
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if not (self.trio_id and self.membership_id):
            return
        if self.membership.cohort_id != self.trio.program_year.cohort_id:
            raise ValidationError({"membership": _("This person belongs to another cohort.")})
        if self.left_on is None and self._meets_supervision():
            raise ValidationError(
                {
                    "membership": _(
                        "One of these people supervises the other. Coaching and supervision must not mix."
                    )
                }
            )

    def _meets_supervision(self) -> bool:
        """Whether the seat would put a supervisor and someone she supervises side by side."""

        mates = (
            TrioSeat.objects.current()
            .filter(trio_id=self.trio_id)
            .exclude(pk=self.pk)
            .values_list("membership__leader_id", flat=True)
        )
        me = self.membership.leader_id
        lines = Supervision.objects.current()
        return lines.filter(
            Q(leader_id=me, supervisor_id__in=mates) | Q(supervisor_id=me, leader_id__in=mates)
        ).exists()
