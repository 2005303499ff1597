"""Sharing a plan, its readers, and the moves of author and reviewer."""

from django.urls import URLPattern, path

from growthplans.views import moves, readers, sharing

_PLAN = "plans/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("plans/to-read/", readers.reviews, name="reviews"),
    path(f"{_PLAN}share/", sharing.share, name="share"),
    path(f"{_PLAN}recall/", moves.recall, name="recall"),
    path(f"{_PLAN}read/", moves.review_read, name="review_read"),
    path(f"{_PLAN}question/", sharing.review_question, name="review_send_back"),
    path(f"{_PLAN}begin/", moves.start_work, name="start_work"),
    path(f"{_PLAN}close/", moves.close, name="close"),
    path(f"{_PLAN}reopen/", moves.reopen, name="reopen"),
    path(f"{_PLAN}readers/", readers.readers, name="readers"),
    path(f"{_PLAN}release/", sharing.release, name="release"),
    path(f"{_PLAN}release/withdraw/", moves.release_withdraw, name="release_withdraw"),
]
