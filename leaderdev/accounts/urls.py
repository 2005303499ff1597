"""Addresses of this app. Included before allauth's, so that three of its pages give way to ours."""

from django.urls import path
from django.views.generic import RedirectView

from leaderdev.accounts.views import confirm, invitations, profile, sessions, sign_in

app_name = "accounts"
urlpatterns = [
    path("accounts/login/", sign_in.SignInView.as_view(), name="sign_in"),
    path(
        "accounts/sessions/",
        RedirectView.as_view(pattern_name="accounts:sessions"),
        name="old_sessions_page",
    ),
    path("invitation/", invitations.invitation, name="invitation"),
    path("invitation/other-person/", invitations.switch_person, name="invitation_switch_person"),
    path("invitation/again/", invitations.ask_again, name="invitation_ask_again"),
    path("invitation/asked/", invitations.asked, name="invitation_asked"),
    path("invitation/<str:token>/", invitations.follow_link, name="invitation_link"),
    path("welcome/", invitations.welcome, name="welcome"),
    path("profile/", profile.profile, name="profile"),
    path("profile/second-step/", profile.second_factor, name="second_factor"),
    path("profile/confirm/", confirm.confirm_by_code, name="confirm_by_code"),
    path("profile/signed-in/", sessions.signed_in_places, name="sessions"),
    path("profile/signed-in/end-others/", sessions.end_others, name="sessions_end_others"),
    path("profile/signed-in/end-all/", sessions.end_all, name="sessions_end_all"),
    path("profile/signed-in/<int:pk>/end/", sessions.end_one, name="session_end"),
]
