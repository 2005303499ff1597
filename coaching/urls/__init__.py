"""Addresses of peer coaching, section by section."""

from coaching.urls import forming, free_time, journals, leading, meetings, times, trio

app_name = "coaching"
urlpatterns = [
    *free_time.urlpatterns,
    *trio.urlpatterns,
    *times.urlpatterns,
    *meetings.urlpatterns,
    *journals.urlpatterns,
    *leading.urlpatterns,
    *forming.urlpatterns,
]
