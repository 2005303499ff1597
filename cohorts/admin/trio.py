"""Trios and their seats; forming them well is the work of their own pages."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cohorts.admin.base import DistrictScopedAdmin, ScopedInline
from cohorts.admin.closed_years import ClosedYearsStay
from cohorts.admin.filters import OwnRowsFilter
from cohorts.admin.forms import SharedChoicesFormSet
from cohorts.models import Membership, StandardNode, Supervision, Trio, TrioSeat


class SeatFormSet(SharedChoicesFormSet):
    """Looks at all seats together: two new ones do not know of each other until they are saved."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        people = [leader for form in self.forms if (leader := _seated(form, self)) is not None]
        lines = set(
            Supervision.objects.current()
            .filter(leader__in=people, supervisor__in=people)
            .values_list("leader_id", "supervisor_id")
        )
        if any({(a, b), (b, a)} & lines for a, b in combinations(people, 2)):
            raise ValidationError(
                _("One of these people supervises the other. Coaching and supervision must not mix.")
            )


def _seated(form: Any, formset: Any) -> int | None:
    """The leader who sits on this row after saving, if anybody does."""
    values = form.cleaned_data
    if (
        not values
        or formset._should_delete_form(form)
        or values.get("left_on")
        or not values.get("membership")
    ):
        return None
    return values["membership"].leader_id


class TrioSeatInline(ScopedInline):
    model = TrioSeat
    formset = SeatFormSet
    fields = ["membership", "seated_on", "left_on"]
    max_num = 6

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        field = formset.form.base_fields.get("membership")
        if obj is not None and field is not None:
            field.queryset = (
                Membership.objects.in_year(obj.program_year)
                .participants()
                .select_related("leader__user")
                .order_by("leader__user__name")
            )
        return formset


@admin.register(Trio)
class TrioAdmin(ClosedYearsStay, DistrictScopedAdmin):
    list_display = ["__str__", "program_year", "competency", "members", "published_at"]
    list_filter = [("program_year", OwnRowsFilter)]
    list_select_related = ["program_year__cohort", "competency"]
    search_fields = ["seats__membership__leader__user__name", "competency__label"]
    empty_sentence = _("Trios come once people have chosen their focus.")
    readonly_fields = ["published_at"]
    vanishes_with = (TrioSeat,)
    inlines = [TrioSeatInline]
    instead_of_deleting = _(
        "Its members have met or written there. Enter the day on which each of them left."
    )
    fieldsets = [
        (
            None,
            {
                "fields": ["program_year", "number", "competency", "published_at"],
                "description": _(
                    "Two to four people with the same focus, as a rule from different schools. "
                    "What they say to each other is seen by nobody else."
                ),
            },
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("seats__membership__leader__user")

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        """Seats come once the program year is known: it says who can sit here."""
        return [TrioSeatInline] if obj else []

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["program_year", "published_at"] if obj else ["published_at"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A trio that its members know of is part of their year."""
        unknown = obj is None or obj.published_at is None
        return unknown and super().has_delete_permission(request, obj)

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "competency":
            kwargs["queryset"] = StandardNode.objects.competencies()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=_("members"))
    def members(self, trio: Trio) -> str:
        seats = [seat for seat in trio.seats.all() if seat.left_on is None]
        return ", ".join(str(seat.membership.leader) for seat in seats) or "–"
