"""A cohort: the people who learn together, over one or more program years."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cohorts.models.district import District, DistrictScopedQuerySet, scoped_by


class CohortQuerySet(DistrictScopedQuerySet):
    def of_person(self, user: Any) -> CohortQuerySet:
        """Cohorts in which the person holds a current membership, whatever the role."""
        return self.filter(
            pk__in=self.model._base_manager.filter(
                memberships__leader__user_id=user.pk,
                memberships__leader__is_active=True,
                memberships__left_on=None,
            ).values("pk")
        )

    def visible_to(self, user: Any) -> CohortQuerySet:
        """Cohorts the person belongs to, and those of a district whose program she configures."""
        if user.is_active and user.is_superuser:
            return self.all()
        mine = self.of_person(user).values("pk")
        managed = District.objects.managed_by(user).values("pk")
        return self.filter(Q(pk__in=mine) | Q(district__in=managed))


class Cohort(models.Model):
    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="cohorts", verbose_name=_("district")
    )
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address part"), max_length=80, unique=True)
    purpose = models.TextField(
        _("purpose"), blank=True, help_text=_("Two sentences for participants: what this cohort is for.")
    )

    objects = CohortQuerySet.as_manager()

    class Meta:
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "name"],
                name="cohort_name_once_per_district",
                violation_error_message=_("This district has a cohort of this name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("cohorts:cohort_detail", args=[self.slug])


class Norm(models.Model):
    """One sentence of how the cohort works together."""

    cohort = models.ForeignKey(
        Cohort, on_delete=models.CASCADE, related_name="norms", verbose_name=_("cohort")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    text = models.CharField(_("norm"), max_length=300)

    objects = scoped_by("cohort__district").as_manager()

    class Meta:
        verbose_name = _("norm")
        verbose_name_plural = _("norms")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text
