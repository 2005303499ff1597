"""Schools and the central office: where leaders work and what they visit."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.models.district import District, DistrictScopedQuerySet


class SchoolQuerySet(DistrictScopedQuerySet):
    def active(self) -> SchoolQuerySet:
        return self.filter(is_active=True)


class School(models.Model):
    class Kind(models.TextChoices):
        SCHOOL = "school", _("school")
        CENTRAL_OFFICE = "central_office", _("central office")

    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="schools", verbose_name=_("district")
    )
    name = models.CharField(_("name"), max_length=120)
    code = models.CharField(_("code"), max_length=20, help_text=_("The district’s own number or short code."))
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.SCHOOL)
    grades = models.CharField(_("grades"), max_length=40, blank=True, help_text=_("Such as K–6 or 7–12."))
    address = models.CharField(_("address"), max_length=200, blank=True)
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        help_text=_("Degrees north. Lets trios be formed with short drives. Leave both empty if unknown."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        help_text=_("Degrees east; west of Greenwich is negative, such as -113.49."),
    )
    is_active = models.BooleanField(
        _("in use"), default=True, help_text=_("Switch off when a school closes; its history stays.")
    )
    source_id = models.CharField(
        _("id in the student system"),
        max_length=100,
        blank=True,
        help_text=_("Filled by a OneRoster import."),
    )

    objects = SchoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("schools")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "code"],
                name="school_code_once_per_district",
                violation_error_message=_("Another school of this district has this code."),
            ),
            models.UniqueConstraint(
                fields=["district", "source_id"],
                condition=~Q(source_id=""),
                name="school_source_id_once_per_district",
                violation_error_message=_(
                    "Another school of this district has this id in the student system."
                ),
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(
                    # Said aloud, because a comparison with NULL lets a half-given place through.
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__gte=-90,
                    latitude__lte=90,
                    longitude__gte=-180,
                    longitude__lte=180,
                ),
                name="school_place_whole_and_on_earth",
                violation_error_message=_(
                    "Give latitude (−90 to 90) and longitude (−180 to 180) together, or leave both empty."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name
