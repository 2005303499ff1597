"""Comments and check-ins."""

from django.urls import URLPattern, path

from growthplans.views import check_ins, comments

_PLAN = "plans/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(f"{_PLAN}comments/add/", comments.comment_add, name="comment_add"),
    path(f"{_PLAN}comments/ask/", comments.comment_ask, name="comment_ask"),
    path(f"{_PLAN}comments/<int:comment_id>/resolve/", comments.comment_resolve, name="comment_resolve"),
    path(f"{_PLAN}comments/<int:comment_id>/withdraw/", comments.comment_withdraw, name="comment_withdraw"),
    path(f"{_PLAN}check-ins/", check_ins.check_in_list, name="check_in_list"),
    path(f"{_PLAN}check-ins/<slug:kind>/", check_ins.check_in, name="check_in"),
    path(f"{_PLAN}check-ins/<slug:kind>/change/", check_ins.check_in_change, name="check_in_change"),
]
