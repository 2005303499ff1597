"""Certificate and transcript as tagged PDF."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from cohorts.models import Certificate
from cohorts.planning.hours import in_hours
from leaderdev.common.documents.pdf import draw_pdf

STYLES = ("css/plan_document.css", "css/plan_document_pdf.css", "css/certificate_pdf.css")


def certificate_pdf(certificate: Certificate, check_url: str, *, paper: str, language: str = "en") -> bytes:
    """The bytes of a PDF/UA-1; `check_url` is printed where a reader looks for it."""
    context = {"certificate": certificate, "hours": in_hours(certificate.minutes), "check_url": check_url}
    return draw_pdf(
        "cohorts/document/certificate.html", context, styles=STYLES, paper=paper, language=language
    )


def transcript_pdf(transcript: Any, *, paper: str, language: str = "en") -> bytes:
    context = {"transcript": transcript, "printed_on": timezone.localdate()}
    return draw_pdf(
        "cohorts/document/transcript.html", context, styles=STYLES, paper=paper, language=language
    )
