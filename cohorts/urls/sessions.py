"""Learning sessions: the year's calendar, agendas, groups, rolls, look-backs."""

from django.urls import URLPattern, path

from cohorts.views.sessions import agenda, calendar, detail, groups, look_back, roll, templates

_YEAR = "cohorts/<slug:slug>/<slug:year>/sessions/"
_ONE = "sessions/<int:pk>/"
_ITEM = f"{_ONE}agenda/<int:item_id>/"

urlpatterns: list[URLPattern] = [
    path("cohorts/<slug:slug>/agenda-advice/", calendar.session_rules, name="session_rules"),
    path("cohorts/<slug:slug>/session-templates/", templates.template_list, name="template_list"),
    path("session-templates/<int:pk>/", templates.template_detail, name="template_detail"),
    path("session-templates/<int:pk>/delete/", templates.template_delete, name="template_delete"),
    path(_YEAR, calendar.session_list, name="session_list"),
    path(f"{_YEAR}plan/", calendar.session_plan, name="session_plan"),
    path(_ONE, detail.session_detail, name="session_detail"),
    path(f"{_ONE}print/", detail.session_print, name="session_print"),
    path(f"{_ONE}run/", detail.session_run, name="session_run"),
    path(f"{_ONE}move/", calendar.session_move, name="session_move"),
    path(f"{_ONE}words/", agenda.session_words, name="session_words"),
    path(f"{_ONE}agenda/", agenda.agenda, name="agenda"),
    path(f"{_ONE}agenda/copy/", agenda.agenda_copy, name="agenda_copy"),
    path(f"{_ONE}agenda/template/", agenda.agenda_template, name="agenda_template"),
    path(f"{_ONE}agenda/advice/<slug:guard>/aside/", agenda.agenda_aside, name="agenda_aside"),
    path(f"{_ONE}agenda/advice/<slug:guard>/follow/", agenda.agenda_follow, name="agenda_follow"),
    path(_ITEM, agenda.agenda_item, name="agenda_item"),
    path(f"{_ITEM}move/", agenda.agenda_item_move, name="agenda_item_move"),
    path(f"{_ITEM}remove/", agenda.agenda_item_remove, name="agenda_item_remove"),
    path(f"{_ITEM}restore/", agenda.agenda_item_restore, name="agenda_item_restore"),
    path(f"{_ONE}groups/", groups.groups, name="session_groups"),
    path(f"{_ONE}groups/seat/", groups.group_seat, name="group_seat"),
    path(f"{_ONE}roll/", roll.roll, name="roll"),
    path(f"{_ONE}roll/<int:member_id>/", roll.roll_entry, name="roll_entry"),
    path(f"{_ONE}door/", roll.door, name="door"),
    path(f"{_ONE}arrive/", roll.arrive, name="arrive"),
    path(f"{_ONE}look-back/", look_back.look_back, name="look_back"),
    path(f"{_ONE}look-back/share/", look_back.look_back_share, name="look_back_share"),
]
