"""The floor's one page."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path


@login_required(login_url="/nobody/")
def floor(request: HttpRequest) -> HttpResponse:
    return render(
        request, "floor/page.html", {"people": get_user_model().objects.filter(is_active=True).count()}
    )


urlpatterns = [path("", floor)]
application = get_wsgi_application()
