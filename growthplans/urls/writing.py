"""Writing in a plan: its page, what saves by itself, and its parts."""

from django.urls import URLPattern, path

from growthplans.views import editing, parts, saving

_PLAN = "plans/<int:pk>/"
_PART = f"{_PLAN}<slug:part>/<int:part_id>/"

urlpatterns: list[URLPattern] = [
    path(f"{_PLAN}edit/", editing.plan_edit, name="plan_edit"),
    path(f"{_PLAN}save/", saving.autosave, name="autosave"),
    path(f"{_PLAN}goals/add/", parts.goal_add, name="goal_add"),
    path(f"{_PLAN}goals/<int:goal_id>/steps/add/", parts.step_add, name="step_add"),
    path(f"{_PLAN}reflections/add/", parts.reflection_add, name="reflection_add"),
    path(f"{_PLAN}reflections/<int:part_id>/release/", parts.reflection_release, name="reflection_release"),
    path(f"{_PART}remove/", parts.part_remove, name="part_remove"),
    path(f"{_PART}bring-back/", parts.part_restore, name="part_restore"),
    path(f"{_PART}move/", parts.part_move, name="part_move"),
]
