"""A participant's wishes for her trio; nobody else has this page."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coaching.forms.forming import WishesForm
from coaching.services.trio_wishes import possible_people, say_wishes, unkept, wishes_of
from coaching.views.loading_forming import trail_of
from cohorts.views.loading import load_year, participation
from leaderdev.common.refusals import RefusedError


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def wishes(request: HttpRequest, slug: str, year: str) -> HttpResponse:
    found = load_year(request.user, slug, year)
    member = participation(request.user, found)
    if member is None:
        raise PermissionDenied
    row = wishes_of(membership=member, year=found)
    initial = {
        "partners": [str(pk) for pk in row.partners],
        "apart": [str(pk) for pk in row.apart],
        "context": row.context,
    }
    form = WishesForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        people=possible_people(member, found),
    )
    if form.is_valid():
        asked = form.cleaned_data
        try:
            say_wishes(
                by=request.user,
                membership=member,
                year=found,
                partners=map(int, asked["partners"]),
                apart=map(int, asked["apart"]),
                context=asked["context"],
            )
        except RefusedError as refusal:
            form.add_error(None, refusal.sentences)
        else:
            messages.success(request, _("Your wishes are kept. You can change them until trios are formed."))
            return redirect("coaching:trio_wishes", slug, year)
    context = {
        "year": found,
        "form": form,
        "closed": found.is_closed,
        "unkept": unkept(member, found, row) if row.apart else [],
        "trail": trail_of(found),
    }
    return render(request, "coaching/forming/wishes.html", context)
