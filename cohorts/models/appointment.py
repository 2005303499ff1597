"""Posts and the reporting line, dated so that a move keeps its history."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cohorts.models.district import DistrictScopedQuerySet
from cohorts.models.leader import Leader
from cohorts.models.school import School
from leaderdev.common.dates import today_in


class DatedQuerySet(DistrictScopedQuerySet):
    """Rows that hold from starts_on up to, not including, ends_on; without ends_on they hold still."""

    district_path = "leader__district"

    def current(self) -> DatedQuerySet:
        return self.filter(ends_on=None)

    def on(self, day: datetime.date) -> DatedQuerySet:
        return self.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gt=day))

    def overlapping(self, starts_on: datetime.date, ends_on: datetime.date | None) -> DatedQuerySet:
        """Rows that share at least one day with [starts_on, ends_on)."""
        found = self.filter(Q(ends_on=None) | Q(ends_on__gt=starts_on))
        return found if ends_on is None else found.filter(starts_on__lt=ends_on)


def refuse_an_end_to_come(ends_on: datetime.date | None, time_zone: str) -> None:
    """A day filled in ends the row at once; one ahead of time would take somebody's school away early."""
    if ends_on and ends_on > today_in(time_zone):
        raise ValidationError({"ends_on": _("Enter this day when it has come. Until then it holds still.")})


class Appointment(models.Model):
    """One leader's post at one school for a time."""

    class Role(models.TextChoices):
        SUPERINTENDENT = "superintendent", _("superintendent")
        ASSISTANT_SUPERINTENDENT = "assistant_superintendent", _("assistant superintendent")
        DIRECTOR = "director", _("director")
        PRINCIPAL = "principal", _("principal")
        ASSISTANT_PRINCIPAL = "assistant_principal", _("assistant principal")
        CONSULTANT = "consultant", _("consultant")
        OTHER = "other", _("other")

    leader = models.ForeignKey(
        Leader, on_delete=models.CASCADE, related_name="appointments", verbose_name=_("leader")
    )
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("school")
    )
    role_kind = models.CharField(_("role"), max_length=32, choices=Role.choices)
    role_title = models.CharField(
        _("title"),
        max_length=80,
        blank=True,
        help_text=_("As it stands on the door. Empty: the role’s own name."),
    )
    also_teaches = models.BooleanField(
        _("also teaches"), default=False, help_text=_("Teaches part of the day, so visits need release time.")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("The first day no longer in this post. Empty: still in it."),
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["leader"],
                condition=Q(ends_on=None),
                name="appointment_one_open_per_leader",
                violation_error_message=_("This leader has an open post already. End it first."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                name="appointment_ends_after_it_starts",
                violation_error_message=_("A post must end after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.school}"

    @property
    def title(self) -> str:
        return self.role_title or str(self.get_role_kind_display()).capitalize()

    def clean(self) -> None:
        super().clean()
        if not (self.leader_id and self.school_id and self.starts_on):
            return
        if self.school.district_id != self.leader.district_id:
            raise ValidationError({"school": _("This school belongs to another district.")})
        refuse_an_end_to_come(self.ends_on, self.leader.district.time_zone)
        others = Appointment.objects.filter(leader_id=self.leader_id).exclude(pk=self.pk)
        if others.overlapping(self.starts_on, self.ends_on).exists():
            raise ValidationError({"starts_on": _("This leader holds another post at that time.")})


class Supervision(models.Model):
    """Who supervises whom, because coaching and supervision must not mix."""

    leader = models.ForeignKey(
        Leader, on_delete=models.CASCADE, related_name="supervisions", verbose_name=_("leader")
    )
    supervisor = models.ForeignKey(
        Leader, on_delete=models.CASCADE, related_name="supervises", verbose_name=_("supervisor")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("reporting line")
        verbose_name_plural = _("reporting lines")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["leader"],
                condition=Q(ends_on=None),
                name="supervision_one_open_per_leader",
                violation_error_message=_("This leader reports to someone already. End that line first."),
            ),
            models.CheckConstraint(
                condition=~Q(leader=F("supervisor")),
                name="supervision_not_of_oneself",
                violation_error_message=_("Nobody supervises themselves."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                name="supervision_ends_after_it_starts",
                violation_error_message=_("A reporting line must end after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.leader} → {self.supervisor}"

    def clean(self) -> None:
        super().clean()
        if not (self.leader_id and self.supervisor_id):
            return
        if self.leader.district_id != self.supervisor.district_id:
            raise ValidationError({"supervisor": _("This person belongs to another district.")})
        refuse_an_end_to_come(self.ends_on, self.leader.district.time_zone)
        if self.ends_on is None and self.leader_id in self._line_above(self.supervisor_id):
            raise ValidationError(
                {"supervisor": _("This would make a circle: the line leads back to this leader.")}
            )

    @staticmethod
    def _line_above(leader_id: int) -> set[int]:
        """Everyone above a leader, following open lines; stops at a circle that is stored already."""
        line: set[int] = {leader_id}
        above = (
            Supervision.objects.current().filter(leader_id=leader_id).values_list("supervisor_id", flat=True)
        )
        step = set(above)
        while step - line:
            line |= step
            step = set(
                Supervision.objects.current()
                .filter(leader_id__in=step)
                .values_list("supervisor_id", flat=True)
            )
        return line
