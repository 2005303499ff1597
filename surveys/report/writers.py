"""One function a format: from the same content, so that none can show what another hides."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from leaderdev.common.charts.standalone import standalone
from leaderdev.common.dates import day_in_words
from leaderdev.common.documents.pdf import draw_pdf
from surveys.report import paper as paper_parts
from surveys.report.content import Report, Words
from surveys.report.word_file import make_docx

STYLES = ("css/plan_document.css", "css/plan_document_pdf.css", "css/report_pdf.css")
TYPES = {
    "pdf": ("application/pdf", "pdf"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "html": ("text/html; charset=utf-8", "html"),
    "json": ("application/json", "json"),
    "bundle": ("application/zip", "zip"),
}
# A cell that begins so is a formula to a spreadsheet; ours begin with a minus sign or are text.
_FORMULA = re.compile(r"^[=+\-@\t\r]")
# Characters that a sheet's name cannot hold.
_SHEET = re.compile(r"[\[\]:*?/\\]")


def drawings(report: Report) -> dict[str, str]:
    """Each picture as a whole SVG for paper."""
    return {key: standalone(chart) for key, chart in report.pictures().items()}


def _printed(report: Report) -> dict[str, Any]:
    """What the templates of paper need beside a language and styles."""
    return {
        "report": report,
        "drawings": drawings(report),
        "labels": paper_parts.labels(report),
        "methods": paper_parts.methods(report),
    }


def make_pdf(report: Report, figures: dict[str, Any], paper: str) -> bytes:
    context = _printed(report) | {"made": day_in_words(timezone.localdate(), date.min)}
    language = translation.get_language() or "en"
    return draw_pdf("surveys/report/pdf.html", context, styles=STYLES, paper=paper, language=language)


def make_html(report: Report, figures: dict[str, Any], paper: str) -> bytes:
    """One file that needs nothing else: styles inside, pictures drawn in place, no script."""
    from django.contrib.staticfiles import finders

    styles = []
    for name in (STYLES[0], STYLES[2]):
        with open(str(finders.find(name)), encoding="utf-8") as file:  # noqa: PTH123 (finders give strings)
            styles.append(file.read())
    context = _printed(report) | {
        "css": "\n".join(styles),
        "language": translation.get_language() or "en",
    }
    return render_to_string("surveys/report/single.html", context).encode()


def make_json(report: Report, figures: dict[str, Any], paper: str) -> bytes:
    return (json.dumps(figures, ensure_ascii=False, indent=1) + "\n").encode()


def make_xlsx(report: Report, figures: dict[str, Any], paper: str) -> bytes:
    """A sheet a table, figures as numbers where they are, the words on the first sheet."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    front = book.active
    front.title = _("Report")
    lines: list[tuple[str, ...]] = [(report.title,), *report.facts, ("",)]
    for section in report.sections:
        lines.append((section.title,))
        lines += [("", block.text) for block in section.blocks if isinstance(block, Words)]
    for line in lines:
        front.append([_safe(cell) for cell in line])
    front.column_dimensions["A"].width, front.column_dimensions["B"].width = 40, 110
    front["A1"].font = Font(bold=True, size=14)
    for table in report.tables():
        sheet = book.create_sheet(_SHEET.sub(" ", table.key)[:31])
        sheet.append([_safe(table.caption)])
        sheet.append([_safe(label) for label in table.labels])
        for row in table.rows:
            sheet.append([_value(cell) for cell in row])
        for note in table.notes:
            sheet.append([_safe(note)])
        sheet["A1"].font = Font(italic=True)
        for cell in sheet[2]:
            cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions["A"].width = 60
        sheet.freeze_panes = "B3"
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _safe(text: str) -> str:
    return "'" + text if _FORMULA.match(text) else text


def _value(text: str) -> str | float:
    """A number where the cell is one; stars and signs stay text."""
    plain = text.replace("−", "-")
    try:
        return float(plain) if re.fullmatch(r"-?\d+(\.\d+)?", plain) else _safe(text)
    except ValueError:
        return _safe(text)


WRITERS: dict[str, Callable[[Report, dict[str, Any], str], bytes]] = {
    "pdf": make_pdf,
    "docx": make_docx,
    "xlsx": make_xlsx,
    "html": make_html,
    "json": make_json,
}
