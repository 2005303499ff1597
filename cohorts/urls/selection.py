"""Choosing a focus competency, and who has chosen."""

from django.urls import path

from cohorts.views import focus, selections

YEAR = "cohorts/<slug:slug>/<slug:year>"
urlpatterns = [
    path(f"{YEAR}/focus/", focus.focus, name="focus"),
    path(f"{YEAR}/focus/change/", focus.focus_change, name="focus_change"),
    path(f"{YEAR}/selections/", selections.selections, name="selections"),
    path(f"{YEAR}/selections/remind/", selections.remind, name="selections_remind"),
    path(f"{YEAR}/selections/table.csv", selections.export, name="selections_export"),
]
