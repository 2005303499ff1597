"""Rosters that go out: the template to fill in and the rows that were rejected. No Django here."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterable, Sequence

from cohorts.roster.people import EXAMPLE_EMAIL
from cohorts.roster.problems import Problem
from cohorts.roster.problems import _ as mark
from cohorts.roster.roles import ROLE_WORDS
from cohorts.roster.table import Table

# heading, its cell in the example row, what belongs there
TEMPLATE = (
    ("E-mail", EXAMPLE_EMAIL, mark("The address the person signs in with. Required.")),
    ("Name", "Jordan Example", mark("Given and family name. Required. Two columns for the two will do too.")),
    ("Preferred name", "Jo", mark("What colleagues call the person, if it differs.")),
    ("School", "", mark("The code or the name of one of your schools; the central office counts as one.")),
    ("Role", "assistant principal", mark("One of: %(roles)s.")),
    ("Title", "Vice-Principal", mark("As it stands on the door. May be left empty.")),
    ("Also teaches", "yes", mark("yes or no: teaches part of the day, so that visits need release time.")),
    ("Employee number", "10482", mark("Your number for them. Finds them when the e-mail changes.")),
    ("Source id", "", mark("Their id in your student system, if any. It outranks number and e-mail.")),
    ("Start date", "2026-08-24", mark("First day in this post: 2026-08-24. Empty: the import's day.")),
    ("Supervisor", "", mark("E-mail of the person they report to, who stands in this list or on your roll.")),
    ("Leads since", "2019", mark("Year of the first leadership post.")),
)  # fmt: skip
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet program would run as a formula


def template_csv(school: str) -> bytes:
    """Headings and one example row. school: a code that exists, so that the example is true."""
    return _csv([[heading for heading, _cell, _text in TEMPLATE], _example(school)])


def template_xlsx(school: str, *, translate: Callable[[str], str] = str) -> bytes:
    """The same as a workbook with a second sheet that explains each column."""
    import openpyxl
    from openpyxl.styles import Alignment, Font

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Roster"
    sheet.append([heading for heading, _cell, _text in TEMPLATE])
    sheet.append(_example(school))
    sheet.freeze_panes = "A2"
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = 22
    help_sheet = book.create_sheet("Explanations")
    roles = ", ".join(kind.replace("_", " ") for kind in ROLE_WORDS)
    for heading, _cell, text in TEMPLATE:
        help_sheet.append([heading, translate(text) % {"roles": roles}])
    help_sheet.column_dimensions["A"].width = 22
    help_sheet.column_dimensions["B"].width = 90
    for row in help_sheet.iter_rows():
        row[0].font = Font(bold=True)
        row[1].alignment = Alignment(wrap_text=True, vertical="top")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rejected_csv(
    table: Table, problems: Iterable[Problem], *, translate: Callable[[str], str] = str
) -> bytes:
    """Every row with a problem as it was sent, with a last column that names what is wrong."""
    told: dict[int, list[str]] = {}
    for problem in problems:
        sentence = problem.sentence(translate)
        told.setdefault(problem.line, []).append(
            f"{problem.column}: {sentence}" if problem.column else sentence
        )
    rows = [[*row.cells, " ".join(told[row.line])] for row in table.rows if row.line in told]
    return _csv([[*table.headings, "Problem"], *rows])


def neutral(cell: str) -> str:
    """A cell that no spreadsheet program takes for a formula."""
    return f"'{cell}" if cell.startswith(_DANGEROUS) else cell


def _example(school: str) -> list[str]:
    return [school if heading == "School" else cell for heading, cell, _text in TEMPLATE]


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerows([[neutral(cell) for cell in row] for row in rows])
    # The mark tells Excel that accents are UTF-8.
    return codecs.BOM_UTF8 + out.getvalue().encode()
