"""Program years: dates, what is offered, sessions and policies, under the set-up checklist."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cohorts import permissions
from cohorts.admin.base import DistrictScopedAdmin, ScopedInline
from cohorts.admin.district_clock import DistrictClock
from cohorts.admin.filters import OwnRowsFilter
from cohorts.admin.program_year_form import ProgramYearForm
from cohorts.models import LearningSession, OfferedCompetency, ProgramYear, Standard
from cohorts.services.offers import offer
from cohorts.setup import checklist


class LearningSessionInline(ScopedInline):
    model = LearningSession
    fields = ["number", "title", "starts_at", "ends_at", "host", "place"]
    extra = 1

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not (obj and obj.is_closed) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not (obj and obj.is_closed) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not (obj and obj.is_closed) and super().has_delete_permission(request, obj)


_OFFER = (
    _("What is offered"),
    {
        "fields": ["standard", "offered"],
        "description": _("Tick the competencies among which leaders choose one focus for the year."),
    },
)
_OFFER_READ = (
    _("What was offered"),
    {
        "fields": ["standard", "what_was_offered"],
        "description": _("This year is closed. Open it again to correct something."),
    },
)
_OFFER_LATER = (
    _("What is offered"),
    {
        "fields": ["standard"],
        "description": _("Save once; then tick what is offered and plan the learning sessions."),
    },
)


def saved_in_setup(request: HttpRequest, year: ProgramYear) -> bool:
    return "_save" in request.POST and "_popup" not in request.POST and year.is_draft


@admin.register(ProgramYear)
class ProgramYearAdmin(DistrictClock, DistrictScopedAdmin):
    form = ProgramYearForm
    list_display = ["label", "cohort", "state", "starts_on", "ends_on", "standard"]
    list_filter = ["state", ("cohort", OwnRowsFilter)]
    list_select_related = ["cohort__district", "standard"]
    search_fields = ["label", "cohort__name"]
    empty_sentence = _("A program year belongs to a cohort. Add the cohort first, then its year.")
    vanishes_with = (OfferedCompetency, LearningSession)
    instead_of_deleting = _("People have chosen or met in this year. Close it instead; it stays readable.")
    change_form_template = "admin/cohorts/programyear/change_form.html"

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return [
            (
                _("The year"),
                {
                    "fields": ["cohort", "label", "starts_on", "ends_on", "calendar"],
                    "description": _("Members of the cohort take part in each of its years."),
                },
            ),
            _OFFER_READ if obj and obj.is_closed else _OFFER if obj else _OFFER_LATER,
            (
                _("Choosing a focus"),
                {
                    "fields": ["selection_opens_on", "selection_closes_on"],
                    "description": _(
                        "Between these days leaders choose; later they may change, with a reason."
                    ),
                },
            ),
            (
                _("How the year works"),
                {
                    "fields": [
                        "session_length",
                        "trio_size",
                        "pairs_allowed",
                        "plan_reviewers",
                        "smallest_group_shown",
                    ],
                    "description": _(
                        "The usual answers are filled in. They are carried over into next year."
                    ),
                },
            ),
        ]

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        return [LearningSessionInline] if obj else []

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The standard stays once the year is open: choices and plans are written against it."""
        if obj is None:
            return []
        return ["cohort"] if obj.is_draft else ["cohort", "standard", "what_was_offered"]

    @admin.display(description=_("offered"))
    def what_was_offered(self, year: ProgramYear) -> str:
        """Stands in for the boxes, which a page for reading cannot show."""
        offered = year.offered.select_related("competency")
        return ", ".join(one.competency.coded_label for one in offered)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"trio_size": 3, **super().get_changeform_initial_data(request)}

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A closed year is read, not changed; reopen it to correct something."""
        return (obj is None or not obj.is_closed) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return (obj is None or obj.is_draft) and super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "standard":
            kwargs["queryset"] = Standard.objects.usable()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if change and "offered" in form.cleaned_data:
            year = form.instance
            nodes = [n for n in form.cleaned_data["offered"] if n.standard_id == year.standard_id]
            offer(by=request.user, year=year, competencies=nodes)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """On to the second half of the form, which needed to know the standard."""
        if "_addanother" not in request.POST and "_popup" not in request.POST:
            request.POST = request.POST.copy() | {"_continue": "1"}  # type: ignore[assignment]
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Back to the checklist that led here, for the next line."""
        answer = super().response_change(request, obj)
        return HttpResponseRedirect(self.view_on_site(obj)) if saved_in_setup(request, obj) else answer

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        year = self.get_object(request, object_id)
        extra = {
            "checklist": checklist(year) if year.is_draft else None,
            "moves": permissions.moves_of_year(request.user, year),
        }
        return super().change_view(request, object_id, form_url, {**extra, **(extra_context or {})})

    def view_on_site(self, obj: ProgramYear) -> str:
        return reverse("cohorts:year_setup", args=[obj.cohort.slug, obj.slug])
