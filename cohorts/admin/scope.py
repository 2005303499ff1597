"""Which districts the person in front of the admin configures; asked once for each request."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from cohorts.models import District

_KEPT_AS = "_districts_configured"


def districts(request: HttpRequest) -> list[District]:
    """The districts whose program the person configures, in the order of their names."""
    if not hasattr(request, _KEPT_AS):
        user = request.user
        found = list(District.objects.managed_by(user)) if user.is_active else []
        setattr(request, _KEPT_AS, found)
    return getattr(request, _KEPT_AS)


def only_district(request: HttpRequest) -> District | None:
    """The district, for a person who configures one and need not be asked which."""
    found = districts(request)
    return found[0] if len(found) == 1 else None


def path_of(model: type[Model]) -> str | None:
    """The lookup from a row to its district, such as "cohort__district"; None where there is none."""
    return getattr(model._default_manager.all(), "district_path", None)


def is_scoped(model: type[Model]) -> bool:
    return model is District or path_of(model) is not None


def rows(request: HttpRequest, model: type[Model]) -> QuerySet:
    """Every row of the model that belongs to a district of this person."""
    ids = [district.pk for district in districts(request)]
    lookup = "pk__in" if model is District else f"{path_of(model)}__in"
    return model._default_manager.filter(**{lookup: ids})


def district_id_of(row: Any) -> int | None:
    """The district a row belongs to; None while the row does not know yet."""
    if isinstance(row, District):
        return row.pk
    path = path_of(type(row))
    *steps, last = path.split("__") if path else [""]
    for step in steps:
        if getattr(row, f"{step}_id") is None:
            return None
        row = getattr(row, step)
    return getattr(row, f"{last}_id", None)


def manages(request: HttpRequest, row: Any) -> bool:
    return district_id_of(row) in {district.pk for district in districts(request)}
