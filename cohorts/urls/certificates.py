"""Attendance of one person, certificates, and their verification."""

from django.urls import URLPattern, path

from cohorts.views import certificates, my_attendance

urlpatterns: list[URLPattern] = [
    path("attendance/", my_attendance.my_attendance, name="my_attendance"),
    path("attendance/paper/", my_attendance.paper_order, name="paper_order"),
    path("attendance/paper/<uuid:pk>/", my_attendance.paper_wait, name="paper_wait"),
    path("attendance/paper/<uuid:pk>/file/", my_attendance.paper_file, name="paper_file"),
    path("attendance/badge/<int:pk>/", my_attendance.badge, name="badge"),
    path("certificates/", certificates.verify, name="verify"),
    path("certificates/<int:pk>/withdraw/", certificates.certificate_withdraw, name="certificate_withdraw"),
    path("cohorts/<slug:slug>/<slug:year>/certificates/", certificates.certificates, name="certificates"),
]
