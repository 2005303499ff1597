"""Fetching a session and the crumbs above its pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import LearningSession, ProgramYear
from cohorts.permissions import may_run_sessions


def load_session(user: Any, pk: int) -> LearningSession:
    rows = LearningSession.objects.visible_to(user)
    return get_object_or_404(rows.select_related("program_year__cohort__district", "host"), pk=pk)


def load_run(
    user: Any, pk: int, may: Callable[[Any, ProgramYear], bool] = may_run_sessions
) -> LearningSession:
    """A session whose pages only those see who run it."""
    session = load_session(user, pk)
    if not may(user, session.program_year):
        raise PermissionDenied
    return session


def trail_of_year(year: ProgramYear) -> list[dict[str, str]]:
    here = {"slug": year.cohort.slug, "year": year.slug}
    return [
        {"label": year.cohort.name, "url": year.get_absolute_url()},
        {"label": _("Learning sessions"), "url": reverse("cohorts:session_list", kwargs=here)},
    ]


def trail_of(session: LearningSession) -> list[dict[str, str]]:
    return [*trail_of_year(session.program_year), {"label": session.title, "url": session.get_absolute_url()}]
