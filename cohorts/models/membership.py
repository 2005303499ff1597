"""Who belongs to a cohort, as what, from when to when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cohorts.models.appointment import Appointment
from cohorts.models.cohort import Cohort
from cohorts.models.district import DistrictScopedQuerySet
from cohorts.models.leader import Leader
from leaderdev.common.dates import today_in

if TYPE_CHECKING:
    from cohorts.models.program_year import ProgramYear


class MembershipQuerySet(DistrictScopedQuerySet):
    district_path = "cohort__district"

    def current(self) -> MembershipQuerySet:
        """Memberships that have not ended, of people on the roll who may sign in."""
        return self.filter(left_on=None, leader__is_active=True, leader__user__is_active=True)

    def participants(self) -> MembershipQuerySet:
        return self.filter(role=Membership.Role.PARTICIPANT)

    def leads(self) -> MembershipQuerySet:
        return self.filter(role=Membership.Role.LEAD)

    def expected_in_sessions(self) -> MembershipQuerySet:
        """Who is invited to learning sessions; researchers ask for an invitation of their own."""
        expected = (Membership.Role.PARTICIPANT, Membership.Role.FACILITATOR, Membership.Role.LEAD)
        return self.current().filter(role__in=expected)

    def of_person(self, user: Any) -> MembershipQuerySet:
        return self.filter(leader__user_id=user.pk)

    def visible_to(self, user: Any) -> MembershipQuerySet:
        """Members of visible cohorts."""
        return self.filter(cohort__in=Cohort.objects.visible_to(user).values("pk"))

    def in_year(self, year: ProgramYear) -> MembershipQuerySet:
        """Memberships of the year's cohort that hold on at least one of its days."""
        return self.filter(cohort_id=year.cohort_id, joined_on__lte=year.ends_on).filter(
            Q(left_on=None) | Q(left_on__gt=year.starts_on)
        )

    def awaiting_selection(self, year: ProgramYear) -> MembershipQuerySet:
        """Current participants who have not chosen a focus competency for the year."""
        chosen = year.selections.filter(superseded_at=None).values("membership_id")
        return self.in_year(year).participants().current().exclude(pk__in=chosen)

    def without_school(self) -> MembershipQuerySet:
        """Memberships of leaders without an open post."""
        posts = Appointment.objects.current().filter(leader_id=OuterRef("leader_id"))
        return self.filter(~Exists(posts))

    def by_name(self) -> MembershipQuerySet:
        return self.select_related("leader__user").order_by("leader__user__name", "pk")


class Membership(models.Model):
    class Role(models.TextChoices):
        PARTICIPANT = "participant", _("participant")
        FACILITATOR = "facilitator", _("facilitator")
        LEAD = "lead", _("program lead")
        RESEARCHER = "researcher", _("researcher")

    cohort = models.ForeignKey(
        Cohort, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("cohort")
    )
    leader = models.ForeignKey(
        Leader, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("leader")
    )
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, default=Role.PARTICIPANT)
    joined_on = models.DateField(_("joined"))
    left_on = models.DateField(
        _("left"), null=True, blank=True, help_text=_("The first day no longer a member. Empty: still one.")
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["cohort", "role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "leader", "role"],
                name="membership_once_per_role",
                violation_error_message=_("This leader holds this role in this cohort already."),
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gt=F("joined_on")),
                name="membership_ends_after_it_starts",
                violation_error_message=_("A membership must end after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.leader}, {self.get_role_display()}"

    def clean(self) -> None:
        super().clean()
        if self.cohort_id and self.leader_id and self.leader.district_id != self.cohort.district_id:
            raise ValidationError({"leader": _("This person is not on the roll of the cohort’s district.")})
        if self.cohort_id and self.left_on and self.left_on > today_in(self.cohort.district.time_zone):
            # A day filled in ends the membership at once; one in the future would lock somebody out early.
            raise ValidationError(
                {"left_on": _("Enter this day when it has come. Until then the person stays a member.")}
            )
