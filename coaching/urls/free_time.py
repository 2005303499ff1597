"""When somebody is free."""

from django.urls import path

from coaching.views import free_time, own_calendar

urlpatterns = [
    path("free-time/", free_time.free_time, name="free_time"),
    path("free-time/exceptions/new/", free_time.exception_add, name="free_time_exception_add"),
    path(
        "free-time/exceptions/<int:pk>/remove/",
        free_time.exception_remove,
        name="free_time_exception_remove",
    ),
    path("free-time/calendar/", own_calendar.own_calendar, name="own_calendar"),
    path("free-time/calendar/file/", own_calendar.own_calendar_file, name="own_calendar_file"),
    path("free-time/calendar/again/", own_calendar.own_calendar_again, name="own_calendar_again"),
    path("free-time/calendar/remove/", own_calendar.own_calendar_remove, name="own_calendar_remove"),
]
