"""One function a format: from the same content, so that none can show what another hides."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from leaderdev.common.charts.standalone import as_png, standalone
from leaderdev.common.documents.pdf import draw_pdf
from surveys.report.content import Block, Method, Picture, Report, Table, Words

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


def make_pdf(report: Report, figures: dict[str, Any], paper: str) -> bytes:
    context = {"report": report, "drawings": drawings(report)}
    language = translation.get_language() or "en"
    return draw_pdf("surveys/report/pdf.html", context, styles=STYLES, paper=paper, language=language)


def make_html(report: Report, figures: dict[str, Any], paper: str) -> bytes:
    """One file that needs nothing else: styles inside, pictures drawn in place, no script."""
    from django.contrib.staticfiles import finders

    styles = []
    for name in (STYLES[0], STYLES[2]):
        with open(str(finders.find(name)), encoding="utf-8") as file:  # noqa: PTH123 (finders give strings)
            styles.append(file.read())
    context = {
        "report": report,
        "drawings": drawings(report),
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
        sheet.append([_safe(label) for label, _number in table.columns])
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


def make_docx(report: Report, figures: dict[str, Any], paper: str) -> bytes:
    """Real headings, tables whose head repeats, pictures with their words."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm, Pt

    document = docx.Document()
    page = document.sections[0]
    width, height = {"letter": (215.9, 279.4), "a4": (210.0, 297.0)}[paper]
    # Tables of twelve columns need the long side.
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(height), Mm(width)
    page.left_margin = page.right_margin = Mm(18)
    document.core_properties.title = report.title
    document.core_properties.author = ""
    document.styles["Normal"].font.size = Pt(10)
    document.add_heading(report.title, 0)
    for label, text in report.facts:
        document.add_paragraph(f"{label}: {text}")
    for section in report.sections:
        document.add_heading(section.title, 1)
        for block in section.blocks:
            _docx_block(document, block)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _docx_block(document: Any, block: Block) -> None:
    from docx.shared import Mm

    if isinstance(block, Words):
        paragraph = document.add_paragraph()
        paragraph.add_run(block.text).italic = block.tone == "caution"
    elif isinstance(block, Table):
        _docx_table(document, block)
    elif isinstance(block, Picture):
        shape = document.add_picture(io.BytesIO(as_png(block.chart)), width=Mm(150))
        shape._inline.docPr.set("descr", block.chart.caption)
        document.add_paragraph(block.chart.caption, style="Caption")
    elif isinstance(block, Method):
        document.add_heading(_("How is this computed?"), 2)
        for name, text in block.entries:
            paragraph = document.add_paragraph(style="List Bullet")
            paragraph.add_run(f"{name}: ").bold = True
            paragraph.add_run(text)


def _docx_table(document: Any, block: Table) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    document.add_paragraph(block.caption, style="Caption")
    table = document.add_table(rows=1, cols=len(block.columns), style="Light List")
    for cell, (label, _number) in zip(table.rows[0].cells, block.columns, strict=True):
        cell.text = label
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in block.rows:
        cells = table.add_row().cells
        if len(row) == 1:
            cells[0].merge(cells[-1]).text = row[0]
            continue
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
    for line in table.rows:
        for cell in line.cells:
            for paragraph in cell.paragraphs:
                for run in paragraph.runs:
                    run.font.size = Pt(8)
    for note in block.notes:
        document.add_paragraph(note)


WRITERS: dict[str, Callable[[Report, dict[str, Any], str], bytes]] = {
    "pdf": make_pdf,
    "docx": make_docx,
    "xlsx": make_xlsx,
    "html": make_html,
    "json": make_json,
}
