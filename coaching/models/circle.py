"""Who belongs to a trio's talks, and the one door to everything that is said in them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from cohorts.models import Appointment, Supervision, Trio, TrioSeat


def my_seats(user: Any) -> QuerySet[TrioSeat]:
    """The person's current seats in published trios, without those beside somebody whom she supervises.

    Seating refuses a supervisor; a reporting line that is entered later closes the door here.
    """
    # One filter call: it is the seat in this trio that must be held now, not some other of the person's.
    beside = Supervision.objects.current().filter(
        supervisor__user_id=user.pk,
        leader__memberships__seats__trio_id=OuterRef("trio_id"),
        leader__memberships__seats__left_on=None,
    )
    seats = TrioSeat.objects.current().filter(
        trio__published_at__isnull=False,
        membership__leader__user_id=user.pk,
        membership__leader__user__is_active=True,
    )
    return seats.filter(~Exists(beside))


def trios_of(user: Any) -> QuerySet[Trio]:
    """Trios whose talks the person belongs to now. Nobody else has any: no lead, no operator."""
    return Trio.objects.filter(pk__in=my_seats(user).order_by().values("trio_id"))


def circle_of(trio: Trio) -> list[TrioSeat]:
    """The seats that are held now, with their people and posts; two queries, remembered with the trio."""
    if not hasattr(trio, "circle"):
        posts = Appointment.objects.current().select_related("school")
        seats = TrioSeat.objects.current().filter(trio_id=trio.pk, membership__leader__user__is_active=True)
        rows = seats.select_related("membership__leader__user").order_by("pk")
        path = "membership__leader__appointments"
        trio.circle = list(rows.prefetch_related(Prefetch(path, queryset=posts, to_attr="current_posts")))
    return trio.circle


class OfTrioQuerySet(models.QuerySet):
    """Rows that a trio's members read; `trio_path` leads from the row to the trio."""

    trio_path = "trio"

    def visible_to(self, user: Any) -> OfTrioQuerySet:
        seats = my_seats(user).order_by().values("trio_id")
        return self.filter(**{f"{self.trio_path}__in": seats})


def of_trio_by(path: str) -> type[OfTrioQuerySet]:
    """A queryset of rows that reach their trio by `path`, such as "coaching_session__trio"."""
    return type("OfTrioByPath", (OfTrioQuerySet,), {"trio_path": path, "__module__": __name__})
