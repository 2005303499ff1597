"""Certificates for those who issue them, and the page on which anybody checks a number."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from cohorts import hours
from cohorts.forms.certificates import NumberForm, WithdrawForm
from cohorts.models import Certificate, Membership
from cohorts.permissions import may_certify
from cohorts.planning.hours import in_hours
from cohorts.services import certificates as service
from cohorts.services.errors import RefusedError
from cohorts.views.loading import load_year
from cohorts.views.sessions.loading import trail_of_year


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def certificates(request: HttpRequest, slug: str, year: str) -> HttpResponse:
    """Hours of everybody in the year; certificates are issued to those who are ticked."""
    program_year = load_year(request.user, slug, year)
    if not may_certify(request.user, program_year):
        raise PermissionDenied
    members = list(Membership.objects.in_year(program_year).participants().by_name())
    if request.method == "POST":
        chosen = set(request.POST.getlist("member"))
        wanted = [member for member in members if str(member.pk) in chosen]
        try:
            made = service.issue(by=request.user, year=program_year, memberships=wanted)
        except RefusedError as refusal:
            messages.error(request, str(refusal))
        else:
            words = ngettext(
                "%(count)d certificate is issued.", "%(count)d certificates are issued.", len(made)
            )
            messages.success(request, words % {"count": len(made)})
        return redirect("cohorts:certificates", slug=slug, year=year)
    attended = hours.of_year(program_year)
    standing = {row.membership_id: row for row in program_year.certificates.filter(withdrawn_at=None)}
    rows = [
        {
            "member": member,
            "hours": in_hours(sum(each.minutes for each in attended.get(member.pk, {}).values())),
            "sessions": len(attended.get(member.pk, {})),
            "certificate": standing.get(member.pk),
        }
        for member in members
    ]
    context = {
        "year": program_year,
        "rows": rows,
        "able": any(row["sessions"] and row["certificate"] is None for row in rows),
        "withdrawn": program_year.certificates.filter(withdrawn_at__isnull=False),
        "trail": trail_of_year(program_year),
    }
    return render(request, "cohorts/certificates/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def certificate_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Certificate.objects.managed_by(request.user).filter(withdrawn_at=None)
    row = get_object_or_404(rows.select_related("program_year__cohort__district"), pk=pk)
    year = row.program_year
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            service.withdraw(by=request.user, certificate=row, reason=form.cleaned_data["reason"])
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The certificate is withdrawn; its number says so from now on."))
            return redirect("cohorts:certificates", slug=year.cohort.slug, year=year.slug)
    context = {"certificate": row, "year": year, "form": form, "trail": trail_of_year(year)}
    return render(request, "cohorts/certificates/withdraw.html", context)


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Open to everybody: whoever holds a number learns what the certificate says, and nothing else."""
    asked = "number" in request.GET
    form = NumberForm(request.GET if asked else None)
    checked = service.check(form.cleaned_data["number"]) if form.is_valid() else None
    certificate = checked.certificate if checked else None
    context = {
        "form": form,
        "checked": checked,
        "certificate": certificate,
        "hours": in_hours(certificate.minutes) if certificate else "",
    }
    return render(request, "cohorts/certificates/verify.html", context)
