"""“Add participants”: everybody of a cohort in one go, by ticking names or by pasting addresses."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.forms.add_members import AddMembersForm, RollFilterForm
from cohorts.models import Cohort, ProgramYear
from cohorts.services.errors import RefusedError
from cohorts.services.memberships import AddedMembers, add_members


def add_members_view(model_admin: Any, request: HttpRequest, cohort: Cohort) -> HttpResponse:
    narrowed = RollFilterForm(request.GET or None, cohort=cohort)
    form = AddMembersForm(
        request.POST or None,
        cohort=cohort,
        shown=narrowed.leaders(),
        initial={"role": request.GET.get("as", "participant")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            result = add_members(
                by=request.user,
                cohort=cohort,
                leaders=form.chosen(),
                role=form.cleaned_data["role"],
                joined_on=form.cleaned_data["joined_on"],
            )
        except RefusedError as refusal:
            form.add_error(None, refusal.sentences)
        else:
            messages.success(request, _sentence(result))
            return HttpResponseRedirect(_back_to(cohort))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Add people to %(cohort)s") % {"cohort": cohort},
        "opts": model_admin.opts,
        "original": cohort,
        "form": form,
        "narrowed": narrowed,
        "media": model_admin.media,
    }
    return TemplateResponse(request, "admin/cohorts/cohort/add_members.html", context)


def draft_of(cohort: Cohort) -> ProgramYear | None:
    """The year of the cohort that is being set up, the nearest one if there are two."""
    return cohort.years.filter(state=ProgramYear.State.DRAFT).order_by("starts_on").first()


def setup_url(year: ProgramYear) -> str:
    return reverse("cohorts:year_setup", args=[year.cohort.slug, year.slug])


def _back_to(cohort: Cohort) -> str:
    """The checklist of the year that is being set up; without one, the cohort."""
    year = draft_of(cohort)
    return setup_url(year) if year else reverse("admin:cohorts_cohort_change", args=[cohort.pk])


def _sentence(result: AddedMembers) -> str:
    parts = [ngettext("%(n)d person added.", "%(n)d people added.", result.added) % {"n": result.added}]
    if result.returned:
        parts.append(
            ngettext("%(n)d person is back.", "%(n)d people are back.", result.returned)
            % {"n": result.returned}
        )
    if result.already:
        parts.append(
            ngettext(
                "%(n)d person held this role already.", "%(n)d people held this role already.", result.already
            )
            % {"n": result.already}
        )
    return " ".join(parts)
