"""The plan as Word document, with real headings, lists and tables, to work on further."""

from __future__ import annotations

import io
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from growthplans.documents.content import PrintedEvidence, PrintedGoal, PrintedPlan

# Paper → width and height in millimetres.
SIZES = {"letter": (215.9, 279.4), "a4": (210.0, 297.0)}
MARGIN = 20.0


def make_word(content: PrintedPlan, *, paper: str, language: str = "en") -> bytes:
    """The bytes of a DOCX on `paper`, "letter" or "a4"."""
    # Imported here: a process that shows pages has no use for it.
    import docx

    with translation.override(language):
        document = docx.Document()
        _set_up(document, content, paper, language)
        document.add_heading(content.title, 0)
        _table(document, [], [[label, text] for label, text in content.facts])
        if content.indicators:
            document.add_heading(_("What the competency asks for"), 1)
            for indicator in content.indicators:
                document.add_paragraph(indicator, style="List Bullet")
        _pairs(document, content.words, 1)
        document.add_heading(_("Goals and action steps"), 1)
        if not content.goals:
            document.add_paragraph(_("No goals are written yet."))
        for goal in content.goals:
            _goal(document, goal)
        _evidence(document, content.evidence)
        if content.reflections:
            document.add_heading(_("Reflections"), 1)
            for reflection in content.reflections:
                document.add_heading(reflection.heading, 2)
                document.add_paragraph(reflection.day, style="Subtitle")
                _text(document, reflection.text)
        if content.outcome:
            _pairs(document, content.outcome, 1)
        _signatures(document, content)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _set_up(document: Any, content: PrintedPlan, paper: str, language: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = (Mm(each) for each in SIZES[paper])
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Mm(MARGIN))
    about = document.core_properties
    about.title, about.author, about.language, about.comments = content.title, content.author, language, ""
    document.styles["Normal"].font.size = Pt(11)
    # Screen readers choose their voice by the language of the default style.
    for defaults in document.styles.element.iter(qn("w:lang")):
        defaults.set(qn("w:val"), language)
    footer = section.footer.paragraphs[0]
    footer.text = f"{content.author} · {content.title} · {_('printed')} {content.printed_on}"


def _text(document: Any, text: str) -> None:
    for paragraph in filter(None, text.split("\n")):
        document.add_paragraph(paragraph)


def _pairs(document: Any, pairs: tuple[tuple[str, str], ...], level: int) -> None:
    for label, text in pairs:
        document.add_heading(label, level)
        _text(document, text)


def _table(document: Any, heads: list[str], rows: list[list[str]]) -> None:
    """A table whose first row repeats on each page and is announced as its head."""
    from docx.oxml import OxmlElement

    table = document.add_table(rows=0, cols=len(heads or rows[0]), style="Table Grid")
    for cells in ([heads] if heads else []) + rows:
        row = table.add_row()
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
        if cells is heads:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    columns = [table.rows[0].cells] if heads else [[row.cells[0] for row in table.rows]]
    for cell in columns[0]:
        for run in cell.paragraphs[0].runs:
            run.bold = True


def _goal(document: Any, goal: PrintedGoal) -> None:
    document.add_heading(_("Goal %(number)d") % {"number": goal.number}, 2)
    _text(document, goal.statement)
    facts = [
        (_("What success will look like"), goal.success),
        (_("By when"), goal.due),
        (_("Competency"), goal.competency),
        (_("Indicators"), "; ".join(goal.indicators)),
    ]
    for label, text in facts:
        if text:
            paragraph = document.add_paragraph()
            paragraph.add_run(f"{label}: ").bold = True
            paragraph.add_run(text)
    if goal.steps:
        heads = [_("Step"), _("By when"), _("State"), _("Resources"), _("With whom")]
        rows = [
            [
                step.what,
                step.due,
                f"{step.status}: {step.reason}" if step.reason else step.status,
                step.resources,
                step.with_whom,
            ]
            for step in goal.steps
        ]
        _table(document, heads, rows)


def _evidence(document: Any, evidence: tuple[PrintedEvidence, ...]) -> None:
    document.add_heading(_("Evidence"), 1)
    if not evidence:
        document.add_paragraph(_("No evidence is attached yet."))
        return
    heads = [_("Date"), _("Evidence"), _("What it shows"), _("Tied to")]
    rows = [
        [
            each.day,
            "\n".join(filter(None, [f"{each.title} ({each.kind})", each.source])),
            each.shows,
            each.tie,
        ]
        for each in evidence
    ]
    _table(document, heads, rows)


def _signatures(document: Any, content: PrintedPlan) -> None:
    document.add_heading(_("Acknowledgement"), 1)
    document.add_paragraph(
        _("We have talked about this plan. A signature is no agreement with each word of it.")
    )
    for signer in content.signers:
        document.add_paragraph()
        document.add_paragraph("_" * 36 + "    " + _("Date") + " " + "_" * 14)
        document.add_paragraph(signer)
