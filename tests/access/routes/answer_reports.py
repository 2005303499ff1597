"""Addresses of the findings. Leads, facilitators and researchers of the cohort read figures."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from surveys.models import ReportOrder, Survey
from tests.access.roles import LEADS_AND_FACILITATORS, SIGNED_IN, policy
from tests.access.routes.route import Route
from tests.cast import Cast
from tests.surveys.answered import answered_survey, waves

READERS = {**LEADS_AND_FACILITATORS, "researcher": 200}
POST_ONLY = policy(405, outside=405)
NOBODY_ELSE = policy(404, researcher=200)


def of_survey(cast: Cast) -> Survey:
    return Survey.objects.filter(cohort=cast.cohort, instrument__slug="findings").first() or answered_survey(
        cast
    )


def of_report(cast: Cast) -> dict[str, Any]:
    return {"slug": of_survey(cast).slug, "pre": "pre", "post": "post"}


def of_picture(cast: Cast) -> dict[str, Any]:
    return {**of_report(cast), "key": "flow", "form": "svg"}


def of_file(cast: Cast) -> dict[str, Any]:
    pre, post = waves(of_survey(cast))
    later = timezone.now() + datetime.timedelta(hours=1)
    order = ReportOrder.objects.create(
        by=cast.researcher, pre=pre, post=post, format="json", paper="letter", expires_at=later
    )
    return {"pk": order.pk}


FINDINGS: tuple[Route, ...] = (
    Route("findings:list", SIGNED_IN),
    Route("findings:report", READERS, kwargs=of_report),
    Route("findings:file_order", POST_ONLY, kwargs=of_report, is_page=False),
    Route("findings:picture", READERS, kwargs=of_picture, is_page=False),
    Route("findings:file_wait", NOBODY_ELSE, kwargs=of_file, view_as="researcher"),
    Route(
        "findings:file_download",
        policy(404),
        kwargs=of_file,
        is_page=False,
        notes="fetched: tests/surveys/test_reports.py",
    ),
)
