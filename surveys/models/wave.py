"""One round of asking."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.utils.translation import gettext_lazy as _

from cohorts.models import LearningSession, Membership, ProgramYear
from cohorts.models.district import DistrictScopedQuerySet
from surveys.models.survey import Survey

# More would be nagging; the reminder series keeps to it too.
MOST_REMINDERS = 2

# A person's voice in a survey: a membership that goes on before one that has ended, and among these that of a
# participant, under which answers of all waves are paired.
_RANK = Case(
    When(left_on=None, role=Membership.Role.PARTICIPANT, then=0),
    When(left_on=None, then=1),
    When(role=Membership.Role.PARTICIPANT, then=2),
    default=3,
)


def _rank_of(member: Membership) -> tuple[bool, bool, int]:
    """As _RANK, of a row in hand."""
    return member.left_on is not None, member.role != Membership.Role.PARTICIPANT, member.pk


class WaveQuerySet(DistrictScopedQuerySet):
    district_path = "survey__cohort__district"

    def visible_to(self, user: Any) -> WaveQuerySet:
        return self.filter(survey__in=Survey.objects.visible_to(user).values("pk"))

    def open_at(self, instant: datetime.datetime) -> WaveQuerySet:
        """Announced waves that take answers at an aware instant, late ones included."""
        in_time = Q(closes_at__gt=instant) | Q(late_until__gt=instant)
        return self.filter(in_time, announced=True, closed=False, opens_at__lte=instant, survey__sealed=False)


class Wave(models.Model):
    """From `opens_at` up to, not including, `closes_at`; later only where the lead allows (`late_until`)."""

    class Kind(models.TextChoices):
        PRE = "pre", _("before")
        POST = "post", _("after")
        MID = "mid", _("in between")
        FOLLOW_UP = "follow_up", _("some time later")
        OTHER = "other", _("other")

    class Audience(models.TextChoices):
        PARTICIPANTS = "participants", _("participants")
        MEMBERS = "members", _("everyone in the cohort")

    survey = models.ForeignKey(
        Survey, on_delete=models.CASCADE, related_name="waves", verbose_name=_("survey")
    )
    program_year = models.ForeignKey(
        ProgramYear, on_delete=models.PROTECT, related_name="waves", verbose_name=_("program year")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.PRE)
    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(_("address part"), max_length=40)
    audience = models.CharField(
        _("asked"), max_length=12, choices=Audience.choices, default=Audience.PARTICIPANTS
    )
    learning_session = models.ForeignKey(
        LearningSession,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="feedback_waves",
        verbose_name=_("learning session"),
    )
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    late_until = models.DateTimeField(_("late answers until"), null=True, blank=True)
    announced = models.BooleanField(_("announced"), default=False, editable=False)
    closed = models.BooleanField(_("closed for good"), default=False, editable=False)
    reminders_sent = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = WaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("wave")
        verbose_name_plural = _("waves")
        ordering = ["survey", "opens_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "slug"],
                name="wave_slug_once_per_survey",
                violation_error_message=_("This survey has a wave of this name already."),
            ),
            models.UniqueConstraint(
                fields=["survey", "learning_session"],
                condition=Q(learning_session__isnull=False),
                name="wave_once_per_session",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="wave_closes_after_it_opens",
                violation_error_message=_("It must close after it opens."),
            ),
            models.CheckConstraint(
                condition=Q(late_until=None) | Q(late_until__gt=F("closes_at")),
                name="wave_late_after_closing",
                violation_error_message=_("Late answers end after the closing time."),
            ),
            models.CheckConstraint(
                condition=Q(reminders_sent__lte=MOST_REMINDERS), name="wave_reminders_bounded"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey}: {self.title}"

    @property
    def last_moment(self) -> datetime.datetime:
        return self.late_until or self.closes_at

    def is_open_at(self, instant: datetime.datetime) -> bool:
        return (
            self.announced
            and not self.closed
            and not self.survey.sealed
            and self.opens_at <= instant < self.last_moment
        )

    def is_over_at(self, instant: datetime.datetime) -> bool:
        """No answer can come any more."""
        return self.closed or self.survey.sealed or (self.announced and instant >= self.last_moment)

    def invited(self) -> Any:
        """Memberships that are asked: of the program year, still current while the wave can be answered.

        Whoever holds two roles has one voice, or she would be asked twice, and by the other one for ever.
        """
        found = Membership.objects.in_year(self.program_year)
        if self.audience == self.Audience.PARTICIPANTS:
            return found.participants()
        others = found.filter(leader_id=OuterRef("leader_id")).annotate(rank=_RANK)
        before = Q(rank__lt=OuterRef("rank")) | Q(rank=OuterRef("rank"), pk__lt=OuterRef("pk"))
        return found.annotate(rank=_RANK).filter(~Exists(others.filter(before)))

    def voice_among(self, members: Iterable[Membership]) -> Membership | None:
        """Of one person's memberships the one that `invited` finds; None when she is not asked."""
        asked = [member for member in members if self.asks(member)]
        return min(asked, key=_rank_of, default=None)

    def asks(self, member: Membership) -> bool:
        """Whether a membership is of the kind that is asked; of a person's two `voice_among` names one."""
        year = self.program_year
        return (
            member.cohort_id == year.cohort_id
            and member.joined_on <= year.ends_on
            and (member.left_on is None or member.left_on > year.starts_on)
            and (self.audience != self.Audience.PARTICIPANTS or member.role == Membership.Role.PARTICIPANT)
        )
