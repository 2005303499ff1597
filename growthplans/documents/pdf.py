"""The plan as tagged PDF."""

from __future__ import annotations

from growthplans.documents.content import PrintedPlan
from leaderdev.common.documents.pdf import draw_pdf

STYLES = ("css/plan_document.css", "css/plan_document_pdf.css")


def make_pdf(content: PrintedPlan, *, paper: str, language: str = "en") -> bytes:
    """The bytes of a PDF/UA-1 on `paper`, "letter" or "a4"."""
    context = {"document": content}
    return draw_pdf("growthplans/document/pdf.html", context, styles=STYLES, paper=paper, language=language)
