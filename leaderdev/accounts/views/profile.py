"""A person's own page: who they are, how they sign in, what happened lately."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from leaderdev.accounts import policy
from leaderdev.accounts.forms import ProfileForm
from leaderdev.accounts.models import SecurityEvent, User
from leaderdev.accounts.services import sessions

# A screenful: more is in the operators' log.
EVENTS_SHOWN = 10


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        # The form works on a copy: an invalid name must not reach the page's header.
        form = ProfileForm(request.POST, instance=User.objects.get(pk=request.user.pk))
        if form.is_valid():
            form.save()
            messages.success(request, _("Your profile is saved."))
            return redirect("accounts:profile")
    else:
        form = ProfileForm(instance=request.user)
    return render(request, "accounts/profile.html", {"form": form, **_ways_in(request)})


@login_required
@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Where people land whose work demands a second step, until they have one."""
    if not policy.needs_second_factor(request.user) or policy.has_second_factor(request.user):
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "accounts/second_factor.html")


def _ways_in(request: HttpRequest) -> dict[str, object]:
    kinds = list(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    return {
        "has_password": request.user.has_usable_password(),
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "has_app": Authenticator.Type.TOTP in kinds,
        "has_recovery_codes": Authenticator.Type.RECOVERY_CODES in kinds,
        "session_count": sessions.of(user=request.user).count(),
        "events": SecurityEvent.objects.of(request.user).select_related("by").latest_first()[:EVENTS_SHOWN],
    }
