"""Leadership standards and the levels of growth; competencies are read and imported on their own pages."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cohorts.admin.base import DistrictScopedAdmin, ScopedInline
from cohorts.models import NodeLink, Scale, ScaleLevel, Standard, StandardNode


@admin.register(Standard)
class StandardAdmin(DistrictScopedAdmin):
    list_display = ["title", "version", "issuer", "status", "competency_count"]
    list_filter = ["status"]
    list_select_related = ["district"]
    search_fields = ["title", "issuer"]
    readonly_fields = ["its_pages"]
    vanishes_with = (StandardNode, NodeLink)
    instead_of_deleting = _("A program year was set up against it. Set its status to “retired” instead.")
    empty_sentence = _("Take a standard from the library with the button above, or import your own there.")
    change_list_template = "admin/cohorts/standard/change_list.html"
    fieldsets = [
        (
            _("The standard"),
            {
                "fields": ["district", "title", "version", "status", "its_pages"],
                "description": _(
                    "Program years choose among standards that are not retired. "
                    "Its competencies and indicators have pages of their own."
                ),
            },
        ),
        (
            _("How growth is seen"),
            {
                "fields": ["scale"],
                "description": _("Leaders see their own growth in these levels. Nobody is graded."),
            },
        ),
        (
            _("Where it comes from"),
            {
                "fields": ["issuer", "jurisdiction", "adopted_on", "source_url", "license", "notes"],
                "description": _("Shown beside the standard, so that readers find the official text."),
            },
        ),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Standards come from the library or from a file, where their competencies come along."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        selectable = Count("nodes", filter=Q(nodes__focus_selectable=True))
        return super().get_queryset(request).annotate(selectable=selectable)

    @admin.display(description=_("competencies"), ordering="selectable")
    def competency_count(self, standard: Any) -> int:
        return standard.selectable

    @admin.display(description=_("competencies"))
    def its_pages(self, standard: Standard) -> str:
        url = reverse("cohorts:standard_detail", args=[standard.district.slug, standard.slug])
        return format_html('<a href="{}">{}</a>', url, _("Read its competencies and indicators"))

    def view_on_site(self, obj: Standard) -> str:
        return reverse("cohorts:standard_detail", args=[obj.district.slug, obj.slug])


class ScaleLevelInline(ScopedInline):
    model = ScaleLevel
    fields = ["value", "label"]
    extra = 1


@admin.register(Scale)
class ScaleAdmin(DistrictScopedAdmin):
    list_display = ["name", "level_count"]
    list_select_related = ["district"]
    search_fields = ["name"]
    vanishes_with = (ScaleLevel,)
    instead_of_deleting = _("A standard uses these levels. Choose others there first.")
    inlines = [ScaleLevelInline]
    fieldsets = [
        (
            None,
            {
                "fields": ["district", "name"],
                "description": _("Named levels from the lowest (1) up, such as beginning to excelling."),
            },
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(level_total=Count("levels"))

    @admin.display(description=_("levels"), ordering="level_total")
    def level_count(self, scale: Any) -> int:
        return scale.level_total
