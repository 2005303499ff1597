"""Something of the library goes to one's trio."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cohorts.models import Resource
from leaderdev.common.refusals import RefusedError
from leaderdev.home.sessions import for_trio
from leaderdev.home.sessions.forms import TrioForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def resource_trio(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a resource among the materials of a trio in which the person sits."""
    resource = get_object_or_404(Resource.objects.visible_to(request.user), pk=pk)
    trios = for_trio.own_trios(request.user, resource.district_id)
    form = TrioForm(request.POST if request.method == "POST" else None, trios=trios)
    if form.is_valid():
        trio = form.cleaned_data["trio"]
        try:
            for_trio.take_to_trio(by=request.user, resource=resource, trio=trio)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It stands among your trio’s materials now."))
            return redirect("coaching:trio", pk=trio.pk)
    above = {"label": resource.title, "url": reverse("cohorts:resource_detail", args=[pk])}
    return render(
        request,
        "home/sessions/for_trio.html",
        {"form": form, "trios": trios, "above": above, "trail": [above]},
    )
