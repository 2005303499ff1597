"""What the frame of every page shows: the district, the way around, and whether this is a demo."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from cohorts.standing import Standing, standing_of


def frame(request: HttpRequest) -> dict[str, Any]:
    """Asked of the database only when a page draws its frame: answers without one cost nothing."""
    user = getattr(request, "user", None)
    known = user is not None and user.is_authenticated
    return {
        "demo_mode": settings.DEMO,
        "district": SimpleLazyObject(lambda: standing_of(user).district) if known else None,
        "navigation": SimpleLazyObject(lambda: navigation(standing_of(user), request.path)) if known else [],
    }


def navigation(standing: Standing, path: str) -> list[dict[str, Any]]:
    """The sections this person has, in the order of use; the one that the page belongs to is `current`."""
    items = [_item(_("Start"), reverse("home:start"), "house"), *_of_cohorts(standing)]
    if standing.may_write_plans:
        items.append(_item(_("My plan"), reverse("growthplans:plan_list"), "journal-text"))
        items.append(_item(_("My trio"), reverse("coaching:my_trio"), "people"))
    if standing.memberships or standing.configures_something:
        items.append(_item(_("Surveys"), reverse("surveys:list"), "clipboard-check"))
    if standing.leaders or standing.user.is_superuser:
        items.append(_item(_("Standards"), reverse("cohorts:standard_list"), "mortarboard"))
    if standing.configures_something:
        items.append(_item(_("Overview"), reverse("home:overview"), "bar-chart"))
        items.append(_item(_("Set-up"), reverse("admin:index"), "gear"))
    if standing.reads_findings:
        items.append(_item(_("Findings"), reverse("findings:list"), "table"))
    nearest = max((item for item in items if _within(path, item["url"])), key=_depth, default=None)
    for item in items:
        item["current"] = item is nearest
    return items


def _of_cohorts(standing: Standing) -> list[dict[str, Any]]:
    if len(standing.cohorts) != 1 or standing.configures_something:
        everything = _item(_("Cohorts"), reverse("cohorts:cohort_list"), "people")
        return [everything] if standing.cohorts or standing.configures_something else []
    slug = standing.cohorts[0].slug
    return [
        _item(_("My cohort"), reverse("cohorts:cohort_detail", kwargs={"slug": slug}), "people"),
        _item(_("Members"), reverse("cohorts:directory", kwargs={"slug": slug}), "person"),
    ]


def _item(label: str, url: str, icon: str) -> dict[str, Any]:
    return {"label": label, "url": url, "icon": icon}


def _within(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)


def _depth(item: dict[str, Any]) -> int:
    return len(item["url"])
