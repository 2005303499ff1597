"""What a person gets, on her own profile."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leaderdev.reminders.forms import ChoicesForm
from leaderdev.reminders.services.choices import choose, stopped_by
from leaderdev.reminders.topics import every, stoppable


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        form = ChoicesForm(request.POST)
        if form.is_valid():
            choose(by=request.user, **form.cleaned_data)
            messages.success(request, _("Your choice of mail is saved."))
            return redirect("reminders:choices")
    else:
        stopped = stopped_by(request.user)
        wanted = [topic.name for topic in stoppable() if topic.name not in stopped]
        form = ChoicesForm(initial={"delivery": request.user.delivery, "wanted": wanted})
    required = [topic for topic in every() if topic.required]
    trail = [{"label": _("Your profile"), "url": reverse("accounts:profile")}]
    return render(
        request, "reminders/choices.html", {"form": form, "required_kinds": required, "trail": trail}
    )
