"""One's plans, beginning one, and reading one."""

from django.urls import URLPattern, path

from growthplans.views import plans

urlpatterns: list[URLPattern] = [
    path("plans/", plans.plan_list, name="plan_list"),
    path("plans/start/<slug:slug>/<slug:year>/", plans.plan_start, name="plan_start"),
    path("plans/<int:pk>/", plans.plan_detail, name="plan_detail"),
]
