"""The demo's front door: choose whom to be. Absent everywhere but in a demo."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from leaderdev.accounts.limits import limited
from leaderdev.accounts.models import User
from leaderdev.accounts.signins import sign_in_as_demo_person
from leaderdev.home import demo_people as demo


def only_in_a_demo(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A real installation has no such page: 404 for everybody, whoever asks."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@only_in_a_demo
@require_safe
def demo_people(request: HttpRequest) -> HttpResponse:
    search = request.GET.get("q", "").strip()[:80]
    context = {
        "search": search,
        "first": [] if search else demo.first_visits(),
        "groups": demo.groups(search),
    }
    return render(request, "home/demo_people.html", context)


@only_in_a_demo
@require_POST
@limited("demo_sign_in")
def demo_sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.active(), pk=pk)
    return sign_in_as_demo_person(request, person, then=settings.LOGIN_REDIRECT_URL)
