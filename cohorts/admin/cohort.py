"""Cohorts: norms, years and members on one page, with what is missing at the top."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from cohorts.admin.add_members import add_members_view, draft_of, setup_url
from cohorts.admin.base import DistrictScopedAdmin, ListedInline, ScopedInline, short_day
from cohorts.admin.cohort_form import CohortForm
from cohorts.models import Cohort, Membership, Norm, ProgramYear
from cohorts.setup import checklists


class NormInline(ScopedInline):
    model = Norm
    fields = ["position", "text"]
    extra = 1
    classes = ["sentences"]  # the line above each row would say the sentence twice

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A norm is a sentence: it has room to be read whole."""
        if db_field.name == "text":
            kwargs["widget"] = forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class ProgramYearInline(ListedInline):
    model = ProgramYear
    fields = ["page", "state", "first_day", "last_day", "standard"]
    readonly_fields = ["page", "state", "first_day", "last_day"]
    first_day = short_day("starts_on", _("first day"))
    last_day = short_day("ends_on", _("last day"))

    def name_of(self, row: ProgramYear) -> str:
        return row.label

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("standard", "cohort")


class MembershipInline(ListedInline):
    model = Membership
    fields = ["page", "role", "joined", "left"]
    readonly_fields = ["page", "joined", "left"]
    joined = short_day("joined_on", _("joined"))
    left = short_day("left_on", _("left"))

    def name_of(self, row: Membership) -> str:
        return str(row.leader)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("leader__user").order_by("leader__user__name")


@admin.register(Cohort)
class CohortAdmin(DistrictScopedAdmin):
    form = CohortForm
    list_display = ["name", "participants", "year_total"]
    list_select_related = ["district"]
    search_fields = ["name"]
    empty_sentence = _("Add the first cohort: the people who learn together.")
    vanishes_with = (Norm, Membership)
    instead_of_deleting = _("It has a program year. What people chose and wrote there would vanish with it.")
    inlines = [ProgramYearInline, NormInline, MembershipInline]
    change_form_template = "admin/cohorts/cohort/change_form.html"
    fieldsets = [
        (
            None,
            {
                "fields": ["district", "name", "slug", "purpose"],
                "description": _("The people who learn together, over one or more program years."),
            },
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        taking_part = Q(memberships__role=Membership.Role.PARTICIPANT, memberships__left_on=None)
        return (
            super()
            .get_queryset(request)
            .annotate(
                participant_total=Count("memberships", filter=taking_part, distinct=True),
                years_kept=Count("years", distinct=True),
            )
        )

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        return self.inlines if obj else [NormInline]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.add_members)
        return [
            path("<path:object_id>/add-members/", view, name="cohorts_cohort_add_members"),
            *super().get_urls(),
        ]

    def add_members(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return add_members_view(self, request, self.get_object(request, object_id))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        cohort = self.get_object(request, object_id)
        drafts = cohort.years.filter(state=ProgramYear.State.DRAFT)
        found = checklists(list(drafts.select_related("cohort__district", "calendar")))
        return super().change_view(
            request, object_id, form_url, {"checklists": found, **(extra_context or {})}
        )

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """On to the cohort's page, where its members and its first year are added."""
        if "_addanother" not in request.POST and "_popup" not in request.POST:
            request.POST = request.POST.copy() | {"_continue": "1"}  # type: ignore[assignment]
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Back to the checklist of the year that is being set up, if there is one."""
        answer = super().response_change(request, obj)
        year = draft_of(obj) if "_save" in request.POST and "_popup" not in request.POST else None
        return HttpResponseRedirect(setup_url(year)) if year else answer

    def view_on_site(self, obj: Cohort) -> str | None:
        """None while the form is refused with an empty address: then there is no page to go to."""
        return obj.get_absolute_url() if obj.slug else None

    @admin.display(description=_("participants"), ordering="participant_total")
    def participants(self, cohort: Any) -> int:
        return cohort.participant_total

    @admin.display(description=_("program years"), ordering="years_kept")
    def year_total(self, cohort: Any) -> int:
        return cohort.years_kept
