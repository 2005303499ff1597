"""The gallery: every component once, for whoever builds or reviews a page. Not served in production."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from leaderdev.common.icons import names
from leaderdev.common.views import gallery_samples as samples


def gallery(request: HttpRequest) -> HttpResponse:
    form = samples.SampleForm({"email": "not an address", "minutes": "30"})
    form.add_error(None, "The window for choosing closes on Friday 30 October. Ask your program lead.")
    return render(
        request,
        "gallery/gallery.html",
        {
            "form": form,
            "empty_form": samples.SampleForm(prefix="empty"),
            "alone_form": samples.SampleForm(prefix="alone"),
            "tasks": samples.TASKS,
            "events": samples.EVENTS,
            "stats": samples.STATS,
            "definitions": samples.DEFINITIONS,
            "columns": samples.COLUMNS,
            "rows": samples.ROWS,
            "tokens": samples.TOKENS,
            "icons": names(),
            "charts": samples.charts(),
            "page_obj": Paginator(range(55), 20).get_page(2),
            "trail": [{"label": "Start", "url": "/"}],
        },
    )
