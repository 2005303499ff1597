"""The report for Word: real headings, captions with numbers, tables whose head repeats, pictures with their
words."""

from __future__ import annotations

import io
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from leaderdev.common.charts.standalone import as_png
from surveys.report import paper as paper_parts
from surveys.report.content import Picture, Report, Table, Words

SIZES = {"letter": (215.9, 279.4), "a4": (210.0, 297.0)}
MARGIN = 18.0
PICTURE_SHARE = 0.72
"""Of the width of the text: what keeps the highest picture and its caption on one landscape page."""
# Letters of eight points: a column is at least as wide as these, and text columns are broken from there on.
NARROW, BROAD = 7, 58


def make_docx(report: Report, figures: dict[str, Any], paper: str) -> bytes:
    import docx

    document = docx.Document()
    _set_up(document, report, paper)
    document.add_heading(report.title, 0)
    for label, text in report.facts:
        document.add_paragraph(f"{label}: {text}")
    labels = paper_parts.labels(report)
    for section in report.sections:
        document.add_heading(section.title, 1)
        for block in section.blocks:
            if isinstance(block, Words):
                document.add_paragraph().add_run(block.text).italic = block.tone == "caution"
            elif isinstance(block, Table):
                _table(document, block, labels[block.key])
            elif isinstance(block, Picture):
                _picture(document, block, labels[block.key])
    _methods(document, report)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _set_up(document: Any, report: Report, paper: str) -> None:
    """Landscape paper, the title and the page's number on each page, the language of the words."""
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    page = document.sections[0]
    width, height = SIZES[paper]
    # Tables of twelve columns need the long side.
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(height), Mm(width)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(MARGIN)
    page.header.paragraphs[0].text = report.title
    foot = page.footer.paragraphs[0]
    _field(foot, "PAGE")
    foot.add_run(" / ")
    _field(foot, "NUMPAGES")
    document.core_properties.title = report.title
    document.core_properties.author = ""
    document.core_properties.language = translation.get_language() or "en"
    styles = document.styles
    styles["Normal"].font.size = Pt(10)
    styles["Caption"].font.size = Pt(10)
    styles["Caption"].font.color.rgb = RGBColor(0x17, 0x23, 0x2B)
    language = translation.get_language() or "en"
    for found in styles.element.xpath(".//w:rPrDefault//w:lang"):
        # Word knows no bare "en"; its template says en-US.
        if not language.startswith("en"):
            found.set(qn("w:val"), language)


def _field(paragraph: Any, instruction: str) -> None:
    """What Word counts itself; "1" until it has."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _picture(document: Any, block: Picture, label: str) -> None:
    picture = document.add_paragraph()
    picture.paragraph_format.keep_with_next = True
    page = document.sections[0]
    width = int((page.page_width - page.left_margin - page.right_margin) * PICTURE_SHARE)
    shape = picture.add_run().add_picture(io.BytesIO(as_png(block.chart)), width=width)
    shape._inline.docPr.set("descr", block.chart.caption)
    _caption(document, label, block.chart.caption)


def _caption(document: Any, label: str, text: str) -> Any:
    paragraph = document.add_paragraph(style="Caption")
    paragraph.add_run(f"{label}. ")
    paragraph.add_run(text).bold = False
    return paragraph


def _table(document: Any, block: Table, label: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    _caption(document, label, block.caption).paragraph_format.keep_with_next = True
    table = document.add_table(rows=0, cols=len(block.columns), style="Light Shading")
    _look(table)
    _row(table, block.labels, header=True)
    for line in block.lines:
        if line["group"]:
            row = _row(table, [str(line["heading"])])
            row.cells[0].merge(row.cells[-1])
            row.cells[0].paragraphs[0].runs[0].bold = True
            row.cells[0].paragraphs[0].paragraph_format.keep_with_next = True
            continue
        cells = [cell["text"] for cell in line["cells"]]  # type: ignore[attr-defined]
        row = _row(table, [str(line["heading"]) if line["span"] else "", *cells])
        if not line["span"]:
            table.rows[-2].cells[0].merge(row.cells[0])
    for place, (_label, number) in enumerate(block.columns):
        for cell in table.columns[place].cells if number else ():
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _widths(document, table, block)
    for note in block.notes:
        document.add_paragraph(note)


def _look(table: Any) -> None:
    """Of the style only its rules: no shaded bands and no bold first column."""
    from docx.oxml.ns import qn

    look = table._tbl.tblPr.find(qn("w:tblLook"))
    for name, value in {"firstColumn": "0", "noHBand": "1", "val": "0620"}.items():
        look.set(qn(f"w:{name}"), value)


def _row(table: Any, texts: list[str], *, header: bool = False) -> Any:
    """A row that no page break parts; a header is repeated on each page."""
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    row = table.add_row()
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))
    for cell, text in zip(row.cells, texts, strict=False):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(1)
        paragraph.paragraph_format.line_spacing = 1.0
        paragraph.add_run(text).font.size = Pt(8)
    return row


def _widths(document: Any, table: Any, block: Table) -> None:
    """Columns as broad as their longest text asks, so that figures do not take the room of words."""
    page = document.sections[0]
    whole = page.page_width - page.left_margin - page.right_margin
    long = [
        max(
            len(max(block.labels[place].split(), key=len)),
            *(len(row[place]) for row in block.rows if len(row) > 1),
        )
        for place in range(len(block.columns))
    ]
    shares = [min(BROAD, max(NARROW, letters + 4)) for letters in long]
    for place, column in enumerate(table.columns):
        column.width = int(whole * shares[place] / sum(shares))
        for cell in column.cells:
            # A heading within the table spans every column.
            if cell._tc.grid_span == 1:
                cell.width = column.width


def _methods(document: Any, report: Report) -> None:
    methods = paper_parts.methods(report)
    if not methods:
        return
    document.add_heading(_("How the figures are computed"), 1)
    for title, block in methods:
        document.add_heading(title, 2)
        for name, text in block.entries:
            paragraph = document.add_paragraph(style="List Bullet")
            paragraph.add_run(f"{name}: ").bold = True
            paragraph.add_run(text)
