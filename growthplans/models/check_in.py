"""Check-ins: the author and somebody who listens look at the plan together."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.models import ProgramYear
from cohorts.models.district import scoped_by
from growthplans.models.goal import ActionStep
from growthplans.models.plan import GrowthPlan
from leaderdev.common.dates import day_in_words


class CheckIn(models.Model):
    class Kind(models.TextChoices):
        """In the order of a year. Those before and after mid-year are there for cohorts that ask for them."""

        BEGINNING = "beginning", _("at the beginning")
        EARLY = "early", _("before mid-year")
        MIDDLE = "middle", _("mid-year")
        LATE = "late", _("after mid-year")
        END = "end", _("at the end of the year")

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        HELD = "held", _("held")
        SKIPPED = "skipped", _("skipped")

    plan = models.ForeignKey(GrowthPlan, on_delete=models.CASCADE, related_name="check_ins")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    due_on = models.DateField(_("by"))
    first_due_on = models.DateField(editable=False)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.PLANNED)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    reason = models.CharField(_("why it moved or was skipped"), max_length=300, blank=True)
    # Where the plan's revisions stood when it was held: what moved since is what came after.
    revision_number = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "kind"], name="check_in_once_per_kind"),
            models.CheckConstraint(
                condition=(Q(state="held") & Q(held_on__isnull=False)) | (~Q(state="held") & Q(held_on=None)),
                name="check_in_held_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="skipped") | ~Q(reason=""), name="check_in_skipped_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"Check-in {self.pk}"


class CheckInDate(models.Model):
    """By when the people of a program year hold a check-in of one kind; a kind without a row is not held."""

    program_year = models.ForeignKey(
        ProgramYear, on_delete=models.CASCADE, related_name="check_in_dates", verbose_name=_("program year")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=CheckIn.Kind.choices)
    due_on = models.DateField(_("by"), help_text=_("Each author can move her own, with a reason."))

    objects = scoped_by("program_year__cohort__district").as_manager()

    class Meta:
        verbose_name = _("check-in date")
        verbose_name_plural = _("check-in dates")
        ordering = ["program_year", "due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["program_year", "kind"],
                name="check_in_date_once_per_kind",
                violation_error_message=_("This year has a date for this check-in already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program_year}: {self.get_kind_display()}"

    def clean(self) -> None:
        year = ProgramYear.objects.filter(pk=self.program_year_id).first()
        if year is None or self.due_on is None or year.starts_on <= self.due_on <= year.ends_on:
            return
        sentence = _("Choose a day within the program year, which runs from %(first)s to %(last)s.")
        words = {
            name: day_in_words(day, datetime.date.min)
            for name, day in {"first": year.starts_on, "last": year.ends_on}.items()
        }
        raise ValidationError({"due_on": sentence % words})


class CheckInNote(models.Model):
    """What was said about one of the author's own steps, under its four questions."""

    check_in = models.ForeignKey(CheckIn, on_delete=models.CASCADE, related_name="notes")
    step = models.ForeignKey(ActionStep, on_delete=models.CASCADE, related_name="check_in_notes")
    status = models.CharField(_("status"), max_length=12, choices=ActionStep.Status.choices)
    helped = models.TextField(_("what helped"), blank=True)
    hindered = models.TextField(_("what got in the way"), blank=True)
    would_help = models.TextField(_("what would help now"), blank=True)

    class Meta:
        verbose_name = _("check-in note")
        verbose_name_plural = _("check-in notes")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["check_in", "step"], name="check_in_note_once_per_step"),
        ]

    def __str__(self) -> str:
        return f"Check-in note {self.pk}"
