"""The admin as the screen on which a district leader sets up a year."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from cohorts.models import ProgramYear
from cohorts.permissions import may_configure_some_district
from cohorts.setup import checklists


class LeaderdevAdminSite(AdminSite):
    """Opens for whoever configures a district; shows the menu in the order in which a year goes."""

    site_title = _("Leaderdev set-up")
    site_header = _("Leaderdev")
    index_title = _("Set up your program")
    enable_nav_sidebar = False
    menu = (
        "district",
        "school",
        "schoolcalendar",
        "noschoolday",
        "leader",
        "standard",
        "scale",
        "cohort",
        "membership",
        "programyear",
        "learningsession",
        "checkindate",
        "trio",
    )

    # Other packages bring screens for tokens, sign-ins and second factors. Changed by hand there, they would
    # get past the services that end sessions and close old mailboxes; operators use the people's own screen.
    ours = frozenset({"accounts", "cohorts", "growthplans", "coaching", "surveys"})

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        models = model_or_iterable if isinstance(model_or_iterable, Iterable) else [model_or_iterable]
        kept = [model for model in models if model._meta.app_label in self.ours]
        super().register(kept, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return may_configure_some_district(request.user)

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return HttpResponseRedirect(resolve_url("account_change_password"))

    def get_urls(self) -> list[URLPattern]:
        # The stock "view on site" looks any object up by number, past every district's wall.
        closed = path("r/<path:content_type_id>/<path:object_id>/", _nowhere, name="view_on_site")
        return [closed, *super().get_urls()]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """One group for the program, in the order of `menu`; operators find people below it."""
        found = self._build_app_dict(request)
        if "cohorts" in found:
            # Whoever sets up a year does not ask which app a day of it belongs to.
            found["cohorts"]["models"] += found.get("growthplans", {}).get("models", [])
        groups = [found[label] for label in ("cohorts", "accounts") if label in found]
        for group in groups:
            group["models"].sort(key=self._place)
        return [group for group in groups if app_label in (None, group["app_label"])]

    def _place(self, entry: dict[str, Any]) -> tuple[int, str]:
        name = entry["model"]._meta.model_name
        return (self.menu.index(name) if name in self.menu else len(self.menu), str(entry["name"]))

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().index(request, {"setup_cohorts": drafts(request.user), **(extra_context or {})})


def drafts(user: Any) -> list[dict[str, Any]]:
    """Program years that are being set up: name, address of the checklist, number of things missing."""
    years = ProgramYear.objects.managed_by(user).filter(state=ProgramYear.State.DRAFT)
    found = checklists(list(years.select_related("cohort__district", "calendar").order_by("starts_on", "pk")))
    return [
        {
            "name": str(one.year),
            "url": reverse("cohorts:year_setup", args=[one.year.cohort.slug, one.year.slug]),
            "missing": len(one.blocking),
        }
        for one in found
    ]


def _nowhere(request: HttpRequest, content_type_id: str, object_id: str) -> HttpResponse:
    raise Http404
