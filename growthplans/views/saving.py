"""The address that the page's script saves to, field by field."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cohorts.services.errors import RefusedError
from growthplans.services.editing import Conflict, save_field
from growthplans.views.loading import load_own_plan
from growthplans.views.posted import autosaved
from leaderdev.common.numbers import whole


def saved_words(at) -> str:
    """ "Saved 9:14" on the reader's clock."""
    return _("Saved %(time)s") % {"time": date_format(timezone.localtime(at), "G:i")}


@require_http_methods(["GET", "HEAD", "POST"])
def autosave(request: HttpRequest, pk: int) -> JsonResponse:
    """200 saved, 409 with the other text, 422 with a sentence, 401 with the way to sign in.

    A GET answers with a fresh form token: signing in again in another tab makes the page's own one old.
    """
    if not request.user.is_authenticated:
        edit = reverse("growthplans:plan_edit", args=[pk])
        return JsonResponse({"sign_in": f"{resolve_url('account_login')}?next={edit}"}, status=401)
    plan = load_own_plan(request.user, pk)
    if request.method != "POST":
        return JsonResponse({"token": get_token(request), "person": request.user.pk})
    sent = autosaved(request)
    try:
        answer = save_field(
            by=request.user,
            plan=plan,
            part=str(sent.get("part", "")),
            part_id=whole(sent.get("id", "")),
            field=str(sent.get("field", "")),
            value=sent.get("value", ""),
            version=whole(sent.get("version", "")),
        )
    except RefusedError as refusal:
        return JsonResponse({"sentence": str(refusal)}, status=422)
    if isinstance(answer, Conflict):
        current = next(iter(answer.current.values()))
        return JsonResponse({"current": current, "version": answer.version}, status=409)
    return JsonResponse({"version": answer.version, "saved_at": saved_words(answer.at)})
