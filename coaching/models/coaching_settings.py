"""What a cohort settles for its trios' year."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.models import ProgramYear
from cohorts.models.district import scoped_by

# Three working days: long enough for a principal to see the mail, short enough for the month.
ANSWER_DAYS = 3
# With three people a fair share is a third; under a quarter twice running somebody is being passed over.
QUIET_SHARE_PERCENT = 25
QUIET_ROUNDS = 2
# One appointment missed is a busy week, two in a row are a time that does not work.
MISSED_IN_A_ROW = 2
UNTOUCHED_GOAL_ROUNDS = 3
# Three rounds, then the program lead: the cycle of the study (Goldman and others).
CONVERSATION_AFTER_ROUNDS = 3


class CoachingSettings(models.Model):
    class Cadence(models.TextChoices):
        MONTHLY = "monthly", _("every month")
        SIX_WEEKS = "six_weeks", _("every six weeks")
        TWO_MONTHS = "two_months", _("every two months")

    program_year = models.OneToOneField(
        ProgramYear,
        on_delete=models.CASCADE,
        related_name="coaching_settings",
        verbose_name=_("program year"),
    )
    cadence = models.CharField(
        _("trios meet"), max_length=12, choices=Cadence.choices, default=Cadence.MONTHLY
    )
    answer_days = models.PositiveSmallIntegerField(
        _("days to answer"),
        default=ANSWER_DAYS,
        help_text=_("After so many days without an answer the page suggests to propose another time."),
    )
    quiet_share_percent = models.PositiveSmallIntegerField(
        _("small share of the time, in percent"),
        default=QUIET_SHARE_PERCENT,
        help_text=_("Below it a trio, and nobody else, sees a kind note."),
    )
    quiet_rounds = models.PositiveSmallIntegerField(
        _("rounds running with a small share"),
        default=QUIET_ROUNDS,
        help_text=_("After so many the trio’s page says kindly that somebody had little of the time."),
    )
    missed_in_a_row = models.PositiveSmallIntegerField(
        _("appointments missed in a row"),
        default=MISSED_IN_A_ROW,
        help_text=_("After so many the trio’s page offers other times."),
    )
    untouched_goal_rounds = models.PositiveSmallIntegerField(
        _("rounds without a word about a goal"),
        default=UNTOUCHED_GOAL_ROUNDS,
        help_text=_("After so many the trio’s page names the goal to its author’s trio."),
    )
    conversation_after_rounds = models.PositiveSmallIntegerField(
        _("rounds between conversations with the lead"),
        default=CONVERSATION_AFTER_ROUNDS,
        help_text=_("After so many rounds half an hour with the program lead is offered, once."),
    )

    objects = scoped_by("program_year__cohort__district").as_manager()

    class Meta:
        verbose_name = _("coaching settings")
        verbose_name_plural = _("coaching settings")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    answer_days__gte=1,
                    quiet_rounds__gte=1,
                    missed_in_a_row__gte=1,
                    untouched_goal_rounds__gte=1,
                    conversation_after_rounds__gte=1,
                ),
                name="coaching_settings_at_least_one",
                violation_error_message=_("Each of these numbers is at least one."),
            ),
            models.CheckConstraint(
                condition=Q(quiet_share_percent__lte=50),
                name="coaching_settings_share_below_half",
                violation_error_message=_("A small share is at most half of the time."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.program_year)


def settings_of(year: ProgramYear) -> CoachingSettings:
    """The year's settings; what nobody has changed is the default, not stored."""
    return CoachingSettings.objects.filter(program_year=year).first() or CoachingSettings(program_year=year)
