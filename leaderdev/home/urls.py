"""The start page, the program overview, and the demo's choice of people."""

from django.urls import path

from leaderdev.home.views import calendars, demo, for_trio, overview, sessions, start

app_name = "home"
urlpatterns = [
    # The log names this pattern, never the token: it is the whole key to somebody's calendar.
    path("calendar/<str:token>.ics", calendars.feed, name="calendar_feed"),
    path("calendar/", calendars.my_calendar, name="my_calendar"),
    path("calendar/address/new/", calendars.my_calendar_renew, name="my_calendar_renew"),
    path("calendar/address/revoke/", calendars.my_calendar_revoke, name="my_calendar_revoke"),
    path("cohorts/<slug:slug>/calendar/", calendars.cohort_calendar, name="cohort_calendar"),
    path("", start.start, name="start"),
    path("overview/", overview.overview, name="overview"),
    path("sessions/<int:pk>/feedback/", sessions.session_feedback, name="session_feedback"),
    path("cohorts/<slug:slug>/<slug:year>/sessions/trend/", sessions.session_trend, name="session_trend"),
    path("kits/<int:pk>/step/", sessions.kit_step, name="kit_step"),
    path("kits/<int:pk>/views/", sessions.kit_views, name="kit_views"),
    path("kits/<int:pk>/questionnaire/", sessions.kit_questionnaire, name="kit_questionnaire"),
    path("resources/<int:pk>/step/", sessions.resource_step, name="resource_step"),
    path("resources/<int:pk>/trio/", for_trio.resource_trio, name="resource_trio"),
    path("demo/people/", demo.demo_people, name="demo_people"),
    path("demo/people/<int:pk>/sign-in/", demo.demo_sign_in, name="demo_sign_in"),
]
