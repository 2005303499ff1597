"""A trio's meeting: from a proposed time to what was held of it. And series of them."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from coaching.models.circle import OfTrioQuerySet, of_trio_by
from cohorts.models import Membership, Trio, TrioSeat
from leaderdev.common.sealed_field import SealedTextField


class CoachingSeries(models.Model):
    """“First Thursday, monthly until June”, on the clock of the district."""

    class Week(models.IntegerChoices):
        FIRST = 1, _("first")
        SECOND = 2, _("second")
        THIRD = 3, _("third")
        FOURTH = 4, _("fourth")
        LAST = 5, _("last")

    trio = models.ForeignKey(Trio, on_delete=models.CASCADE, related_name="coaching_series")
    week = models.PositiveSmallIntegerField(_("which of the month"), choices=Week.choices)
    weekday = models.PositiveSmallIntegerField(_("weekday"))
    at = models.TimeField(_("from"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    until = models.DateField(_("until"))
    organizer = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = of_trio_by("trio").as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__lte=4, week__gte=1, week__lte=5), name="series_on_a_weekday"
            ),
            models.CheckConstraint(condition=Q(minutes__gte=15), name="series_takes_time"),
        ]

    def __str__(self) -> str:
        return f"{self.get_week_display()} {self.weekday_word}"

    @property
    def weekday_word(self) -> str:
        return str(WEEKDAYS[self.weekday])


class CoachingSessionQuerySet(OfTrioQuerySet):
    def planned(self) -> CoachingSessionQuerySet:
        return self.filter(state=CoachingSession.State.CONFIRMED)

    def open(self) -> CoachingSessionQuerySet:
        return self.filter(state__in=[CoachingSession.State.PROPOSED, CoachingSession.State.CONFIRMED])

    def logged(self) -> CoachingSessionQuerySet:
        """Meetings of which it is written down whether they took place."""
        return self.filter(state__in=LOGGED)

    def took_place(self) -> CoachingSessionQuerySet:
        return self.filter(state__in=TOOK_PLACE)

    def awaiting_log(self, now: datetime.datetime) -> CoachingSessionQuerySet:
        """Confirmed meetings whose time has passed."""
        return self.planned().filter(ends_at__lte=now)

    def overlapping(
        self, starts_at: datetime.datetime, ends_at: datetime.datetime
    ) -> CoachingSessionQuerySet:
        """Confirmed meetings with a moment in common; half-open, so back to back is no clash."""
        return self.planned().filter(starts_at__lt=ends_at, ends_at__gt=starts_at)


class CoachingSession(models.Model):
    """`round_number` counts what was planned; a round is done when its meeting took place."""

    class Kind(models.TextChoices):
        TALK = "talk", _("coaching talk")
        VISIT = "visit", _("site visit")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("waiting for answers")
        CONFIRMED = "confirmed", _("planned")
        HELD = "held", _("held")
        PARTLY = "partly", _("partly held")
        NOT_HELD = "not_held", _("not held")
        CANCELLED = "cancelled", _("called off")

    trio = models.ForeignKey(Trio, on_delete=models.CASCADE, related_name="coaching_sessions")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.TALK)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.PROPOSED)
    round_number = models.PositiveSmallIntegerField(_("round"))
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    place = SealedTextField(_("where"))
    # A visit's host; the seat says at which school, through its person's post.
    host = models.ForeignKey(
        TrioSeat, on_delete=models.PROTECT, null=True, blank=True, related_name="hosted_visits"
    )
    organizer = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    series = models.ForeignKey(
        CoachingSeries, on_delete=models.SET_NULL, null=True, blank=True, related_name="coaching_sessions"
    )
    # The series' own day of this meeting: it stays when the meeting moves.
    series_day = models.DateField(null=True, blank=True)
    proposed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    logged_at = models.DateTimeField(null=True, blank=True)
    why_not = SealedTextField(_("why not, or why partly"))
    notes = SealedTextField(_("notes"))
    host_question = SealedTextField(_("the host’s question"))
    look_fors = SealedTextField(_("what to look for"))
    # Rises with each accepted save of notes, question or look-fors.
    version = models.PositiveIntegerField(default=1)

    objects = CoachingSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("coaching session")
        verbose_name_plural = _("coaching sessions")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at=None, ends_at=None)
                | Q(starts_at__isnull=False, ends_at__isnull=False, ends_at__gt=F("starts_at")),
                name="coaching_session_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "cancelled"]) | Q(starts_at__isnull=False),
                name="coaching_session_planned_has_time",
            ),
            models.CheckConstraint(
                condition=Q(kind="visit", host__isnull=False) | Q(kind="talk", host=None),
                name="coaching_session_visit_has_host",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["held", "partly", "not_held"], logged_at__isnull=False)
                | (~Q(state__in=["held", "partly", "not_held"]) & Q(logged_at=None)),
                name="coaching_session_logged_at_when_logged",
            ),
            models.UniqueConstraint(
                fields=["series", "series_day"],
                condition=Q(series__isnull=False),
                name="coaching_session_once_per_series_day",
            ),
        ]
        indexes = [
            models.Index(
                fields=["starts_at"], condition=Q(state="confirmed"), name="coaching_session_planned"
            )
        ]

    def __str__(self) -> str:
        """The title in calendars and lists: it reveals nothing of the talk."""
        word = _("Site visit") if self.is_visit else _("Coaching")
        return str(_("%(what)s round %(number)d") % {"what": word, "number": self.round_number})

    def get_absolute_url(self) -> str:
        return reverse("coaching:meeting", args=[self.pk])

    @property
    def is_visit(self) -> bool:
        return self.kind == self.Kind.VISIT

    @property
    def is_logged(self) -> bool:
        return self.state in LOGGED

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.PROPOSED, self.State.CONFIRMED)


TOOK_PLACE = (CoachingSession.State.HELD, CoachingSession.State.PARTLY)
LOGGED = (*TOOK_PLACE, CoachingSession.State.NOT_HELD)
