"""Instruments."""

from django.urls import URLPattern, path, re_path

from surveys.views import building, translating

urlpatterns: list[URLPattern] = [
    path("instruments/of/<slug:district>/", building.instrument_list, name="instruments"),
    path("instruments/of/<slug:district>/file/", building.instrument_import, name="instrument_import"),
    path("instruments/of/<slug:district>/take/<slug:name>/", building.instrument_adopt, name="adopt"),
    path("instruments/<int:pk>/", building.instrument_detail, name="instrument"),
    path("instruments/<int:pk>/preview/<slug:kind>/", building.instrument_preview, name="preview"),
    path("instruments/<int:pk>/paper/<slug:kind>/", building.instrument_paper, name="instrument_paper"),
    path("instruments/<int:pk>/copy/", building.instrument_copy, name="copy"),
    path("instruments/<int:pk>/file.<slug:form>", building.instrument_file, name="instrument_file"),
    path("instruments/<int:pk>/edit/", building.instrument_edit, name="instrument_edit"),
    path("instruments/<int:pk>/words/", translating.translations, name="translations"),
    path("instruments/<int:pk>/words/<slug:language>/", translating.translation, name="translation"),
    path("instruments/<int:pk>/section/", building.section_edit, name="section_new"),
    path("instruments/<int:pk>/section/<int:section>/", building.section_edit, name="section_edit"),
    path("instruments/<int:pk>/section/<int:section>/item/", building.item_edit, name="item_new"),
    path("instruments/<int:pk>/section/<int:section>/item/<int:item>/", building.item_edit, name="item_edit"),
    path("instruments/<int:pk>/scale/", building.scale_edit, name="scale_new"),
    path("instruments/<int:pk>/scale/<int:scale>/", building.scale_edit, name="scale_edit"),
    re_path(
        r"^instruments/(?P<pk>\d{1,15})/(?P<part>section|item)/(?P<part_id>\d{1,15})/(?P<way>up|down|remove)/$",
        building.part_move,
        name="part_move",
    ),
]
