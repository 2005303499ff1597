"""A standard as a file in each of the forms that other systems read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cohorts.interchange import StandardDocument, case, moodle, plain_csv
from cohorts.models import Standard
from cohorts.services.standards.documents import export_document


@dataclass(frozen=True)
class Form:
    """One written form: what a person reads of it, and how it is made from a document and an instant."""

    label: str | Promise
    note: str | Promise
    ending: str
    media_type: str
    write: Callable[[StandardDocument, datetime], str]


@dataclass(frozen=True)
class WrittenFile:
    name: str
    media_type: str
    text: str


FORMS: dict[str, Form] = {
    "case-1-1": Form(
        _("CASE 1.1"),
        _("Everything, for systems that read the current version of the standard format."),
        "case-1.1.json",
        "application/json",
        lambda document, at: case.write(document, version="1.1", changed_at=at),
    ),
    "case-1-0": Form(
        _("CASE 1.0"),
        _("The same for older systems."),
        "case-1.0.json",
        "application/json",
        lambda document, at: case.write(document, version="1.0", changed_at=at),
    ),
    "moodle": Form(
        _("Moodle"),
        _("A competency framework for Moodle’s import tool. Names are cut at 100 letters."),
        "moodle.csv",
        "text/csv",
        lambda document, at: moodle.write(document),
    ),
    # Without the byte-order mark spreadsheets take the accents for something else.
    "csv": Form(
        _("Table"),
        _("For a spreadsheet: change it there and import it again."),
        "table.csv",
        "text/csv",
        lambda document, at: "\ufeff" + plain_csv.write(document),
    ),
}


def standard_file(standard: Standard, form: str) -> WrittenFile:
    """The standard in one of FORMS. Raises KeyError for any other name."""
    kind = FORMS[form]
    text = kind.write(export_document(standard), timezone.now())
    return WrittenFile(f"{standard.slug}-{kind.ending}", kind.media_type, text)
