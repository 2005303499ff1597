"""The district (in Canada: a school division): the wall between everybody's data."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leaderdev.accounts.models import validate_time_zone


class DistrictQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> DistrictQuerySet:
        """Districts on whose roll the person stands and is active."""
        return self.filter(leaders__user_id=user.pk, leaders__is_active=True)

    def managed_by(self, user: Any) -> DistrictQuerySet:
        """Districts whose program the person configures: operators all, others by roll or as program lead."""
        if user.is_active and user.is_superuser:
            return self.all()
        manager = Q(leaders__manages_program=True)
        lead = Q(leaders__memberships__role="lead", leaders__memberships__left_on=None)
        # One filter call, so that person and role are asked of the same leader: chained calls would let
        # in everybody of a district that has any lead. A subquery, so that leading twice doubles nothing.
        mine = self.model._base_manager.filter(
            manager | lead, leaders__user_id=user.pk, leaders__is_active=True
        )
        return self.filter(pk__in=mine.values("pk"))


class District(models.Model):
    """One school district. Nothing of it is seen from another district."""

    class Kind(models.TextChoices):
        DIVISION = "division", _("division")
        DISTRICT = "district", _("district")
        BOARD = "board", _("board")
        TRUST = "trust", _("trust")

    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(
        _("short name"), max_length=40, help_text=_("Used in page headers and mail, such as “Willow Plains”.")
    )
    slug = models.SlugField(_("address part"), max_length=60, unique=True)
    kind_word = models.CharField(
        _("what you call it"), max_length=12, choices=Kind.choices, default=Kind.DISTRICT
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        default=settings.TIME_ZONE,
        validators=[validate_time_zone],
        help_text=_(
            "School days and survey closing times are meant in this zone. Example: America/Edmonton."
        ),
    )
    language = models.CharField(_("language"), max_length=12, default="en")
    contact_name = models.CharField(
        _("contact person"),
        max_length=120,
        blank=True,
        help_text=_("Replies to the program’s mail go to this person."),
    )
    contact_email = models.EmailField(_("contact e-mail"), blank=True)

    objects = DistrictQuerySet.as_manager()

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class DistrictScopedQuerySet(models.QuerySet):
    """Rows that belong to a district, however far away; subclasses name the path to it."""

    district_path = "district"

    def of_members(self, user: Any) -> Self:
        """Rows of every district on whose roll the person stands."""
        return self.filter(**{f"{self.district_path}__in": District.objects.visible_to(user).values("pk")})

    def managed_by(self, user: Any) -> Self:
        """Rows of every district whose program the person configures."""
        if user.is_active and user.is_superuser:
            return self.all()
        return self.filter(**{f"{self.district_path}__in": District.objects.managed_by(user).values("pk")})

    def in_district(self, district: District) -> Self:
        return self.filter(**{self.district_path: district})


def scoped_by(path: str) -> type[DistrictScopedQuerySet]:
    """A scoped queryset for rows that reach their district by `path`, such as "cohort__district"."""
    return type("ScopedQuerySet", (DistrictScopedQuerySet,), {"district_path": path, "__module__": __name__})
