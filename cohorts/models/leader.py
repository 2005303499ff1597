"""A person on a district's roll."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from cohorts.models.district import District, DistrictScopedQuerySet


class LeaderQuerySet(DistrictScopedQuerySet):
    def active(self) -> LeaderQuerySet:
        return self.filter(is_active=True, user__is_active=True)

    def visible_to(self, user: Any) -> LeaderQuerySet:
        """Colleagues of the person's own districts, for the directory."""
        return self.of_members(user)

    def with_post(self) -> LeaderQuerySet:
        """Each leader with `current_posts`: the open appointment and its school, in two queries in all."""
        # Appointment stands above Leader in the models; the relation itself names it.
        appointments = Leader._meta.get_field("appointments").related_model
        current = appointments.objects.current().select_related("school")
        return self.select_related("user").prefetch_related(
            Prefetch("appointments", queryset=current, to_attr="current_posts")
        )


class Leader(models.Model):
    """Someone the district's program knows: school and division leaders; partners from a university too.

    The person who signs in is the user; what the district says of them (number, posts, reporting line)
    stands here, so that one person may be known to two districts that see nothing of each other.
    """

    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="leaders", verbose_name=_("district")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="leaders", verbose_name=_("person")
    )
    employee_number = models.CharField(_("employee number"), max_length=40, blank=True)
    source_id = models.CharField(
        _("id in the student system"),
        max_length=100,
        blank=True,
        help_text=_("Filled by a OneRoster import."),
    )
    is_active = models.BooleanField(
        _("on the roll"),
        default=True,
        help_text=_("Switch off when someone leaves the district; history stays."),
    )
    manages_program = models.BooleanField(
        _("configures the program"),
        default=False,
        help_text=_(
            "May set up schools, standards, cohorts and calendars here. Does not open anyone’s plan or talk."
        ),
    )
    leads_since = models.PositiveSmallIntegerField(
        _("leads since"),
        null=True,
        blank=True,
        help_text=_("Year of the first leadership post, such as 2019."),
    )

    objects = LeaderQuerySet.as_manager()

    class Meta:
        verbose_name = _("leader")
        verbose_name_plural = _("leaders")
        ordering = ["user__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "user"],
                name="leader_once_per_district",
                violation_error_message=_("This person is on the district’s roll already."),
            ),
            models.UniqueConstraint(
                fields=["district", "employee_number"],
                condition=~Q(employee_number=""),
                name="leader_number_once_per_district",
                violation_error_message=_("Another person of this district has this employee number."),
            ),
            models.UniqueConstraint(
                fields=["district", "source_id"],
                condition=~Q(source_id=""),
                name="leader_source_id_once_per_district",
                violation_error_message=_(
                    "Another person of this district has this id in the student system."
                ),
            ),
            models.CheckConstraint(
                condition=Q(leads_since=None) | Q(leads_since__gte=1950, leads_since__lte=2100),
                name="leader_leads_since_plausible",
                violation_error_message=_("Give the year with four digits, such as 2019."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def current_post(self):
        """The open appointment (from `with_post()` if asked for, else one query), or None."""
        if not hasattr(self, "current_posts"):
            self.current_posts = list(self.appointments.current().select_related("school"))
        return self.current_posts[0] if self.current_posts else None
