"""Ways in, and the pages of those who answer."""

from django.urls import URLPattern, path

from surveys.views import answering, deciding, doors

urlpatterns: list[URLPattern] = [
    path("surveys/link/<str:token>/", doors.link, name="link"),
    path("surveys/code/", doors.code, name="code"),
    path("surveys/leave/", doors.leave, name="leave"),
    path("surveys/<int:pk>/", answering.wave_start, name="wave"),
    path("surveys/<int:pk>/page/<int:number>/", answering.wave_page, name="page"),
    path("surveys/<int:pk>/send/", answering.wave_send, name="send"),
    path("surveys/<int:pk>/thanks/", answering.wave_thanks, name="thanks"),
    path("surveys/<int:pk>/no/", deciding.wave_decline, name="decline"),
    path("surveys/<int:pk>/withdraw/", deciding.wave_withdraw, name="withdraw"),
    path("surveys/<int:pk>/sheet/", deciding.wave_sheet, name="sheet"),
    path("surveys/<int:pk>/consent/", deciding.wave_consent, name="consent"),
]
