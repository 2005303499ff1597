"""Fetch and authorize for the pages of forming trios: a stranger finds nothing, an insider is refused."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.forming_permissions import may_form_trios
from coaching.models import TrioProposal
from cohorts.models import ProgramYear
from cohorts.views.loading import load_year


def load_formed_year(user: Any, slug: str, year: str) -> ProgramYear:
    """A year for which the person forms trios."""
    found = load_year(user, slug, year)
    if not may_form_trios(user, found):
        raise PermissionDenied
    return found


def load_proposal(user: Any, slug: str, year: str, number: int) -> TrioProposal:
    found = load_formed_year(user, slug, year)
    rows = TrioProposal.objects.select_related("made_by", "published_by", "based_on")
    proposal = get_object_or_404(rows, program_year=found, number=number)
    proposal.program_year = found
    return proposal


def trail_of(year: ProgramYear, *above: dict[str, str]) -> list[dict[str, str]]:
    """The pages above: the cohort, the year, then `above`."""
    return [
        {"label": year.cohort.name, "url": year.cohort.get_absolute_url()},
        {"label": year.label, "url": year.get_absolute_url()},
        *above,
    ]


def forming_step(year: ProgramYear) -> dict[str, str]:
    return {"label": _("Form trios"), "url": reverse("coaching:forming", args=[year.cohort.slug, year.slug])}


def proposal_step(proposal: TrioProposal) -> dict[str, str]:
    return {"label": str(proposal), "url": url_of("proposal", proposal)}


def url_of(name: str, proposal: TrioProposal, *more: Any) -> str:
    year = proposal.program_year
    return reverse(f"coaching:{name}", args=[year.cohort.slug, year.slug, proposal.number, *more])
