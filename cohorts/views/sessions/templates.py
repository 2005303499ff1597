"""A cohort's session templates: looked through, renamed, shared, deleted."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cohorts.forms.sessions.agenda import TemplateForm
from cohorts.models import Cohort, SessionTemplate
from cohorts.permissions import may_keep_templates
from cohorts.services.errors import RefusedError
from cohorts.services.sessions import templates as service
from cohorts.views.loading import load_cohort


def _load(user: Any, pk: int) -> SessionTemplate:
    rows = SessionTemplate.objects.filter(cohort__in=Cohort.objects.visible_to(user).values("pk"))
    template = get_object_or_404(rows.select_related("cohort__district"), pk=pk)
    if not may_keep_templates(user, template.cohort):
        raise PermissionDenied
    return template


def _trail(cohort: Cohort) -> list[dict[str, str]]:
    return [{"label": cohort.name, "url": cohort.get_absolute_url()}]


@login_required
@require_safe
def template_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The cohort's own; what other cohorts share is found where an agenda is copied."""
    cohort = load_cohort(request.user, slug)
    if not may_keep_templates(request.user, cohort):
        raise PermissionDenied
    rows = cohort.session_templates.annotate(count=Count("items"), minutes=Sum("items__minutes", default=0))
    context = {"cohort": cohort, "templates": rows, "trail": _trail(cohort)}
    return render(request, "cohorts/sessions/templates.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def template_detail(request: HttpRequest, pk: int) -> HttpResponse:
    template = _load(request.user, pk)
    data = request.POST if request.method == "POST" else None
    form = TemplateForm(data, initial={"name": template.name, "shared": template.shared})
    if form.is_valid():
        try:
            service.change_template(by=request.user, template=template, **form.cleaned_data)
        except RefusedError as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
        else:
            messages.success(request, _("Saved."))
            return redirect("cohorts:template_list", slug=template.cohort.slug)
    cohort = template.cohort
    above = {"label": _("Templates"), "url": reverse("cohorts:template_list", args=[cohort.slug])}
    context = {
        "template": template,
        "items": list(template.items.select_related("kit")),
        "form": form,
        "trail": [*_trail(cohort), above],
    }
    return render(request, "cohorts/sessions/template_change.html", context)


@login_required
@require_POST
def template_delete(request: HttpRequest, pk: int) -> HttpResponse:
    template = _load(request.user, pk)
    try:
        service.delete_template(by=request.user, template=template)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The template “%(name)s” is deleted.") % {"name": template.name})
    return redirect("cohorts:template_list", slug=template.cohort.slug)
