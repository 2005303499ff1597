"""What can be wrong with a roster, in sentences a school secretary understands. No Django here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


def _(text: str) -> str:
    """Marks a sentence for the translators' catalogue; whoever shows a problem passes a translator."""
    return text


FILE_SENTENCES = {
    "empty": _("This file is empty. Choose the file that holds the list of people."),
    "too_big": _("This file is larger than %(limit)s MB. A list of leaders is far smaller: check the file."),
    "too_many_rows": _("This file has more than %(limit)s rows. Send only the people on the leaders' roll."),
    "too_many_columns": _("This file has more than %(limit)s columns. Delete those that are not needed."),
    "no_rows": _("This file has headings but no people under them."),
    "nul": _("This file holds characters that no list has. It may not be a table; export it again as CSV."),
    "letters": _("The letters in this file cannot be read. Save it again as “CSV UTF-8” or as XLSX."),
    "quotes": _("Row %(line)s: a quotation mark is opened and not closed in the right place."),
    "long_cell": _("Row %(line)s: one cell is far too long. A quotation mark may be missing before it."),
    "old_excel": _(
        "This is an old Excel workbook (.xls) or one with a password. Save it as XLSX without a password."
    ),
    "open_document": _("This is an OpenDocument spreadsheet. Save it as XLSX or CSV."),
    "numbers": _("This is a Numbers document. Export it as XLSX or CSV."),
    "pdf": _("This is a PDF. Send the spreadsheet or CSV file that it was made from."),
    "web_page": _("This is a web page, whatever its name ends in. Save it as XLSX or CSV."),
    "workbook_damaged": _("This workbook cannot be opened. Open it in a spreadsheet and save it again."),
    "workbook_empty": _("The first sheet of this workbook is empty. Move the list to the first sheet."),
    "zip_damaged": _("This zip file is damaged. Export it again."),
    "zip_password": _("This zip file has a password. Export it without one."),
    "zip_bomb": _("This zip file unpacks to far more than a roster holds. It was not opened."),
    "zip_unknown": _("This zip file is not a OneRoster export: it has no users.csv. It holds: %(names)s."),
    "zip_twice": _("This zip file holds %(name)s twice. Export it again."),
    "oneroster_version": _("This is OneRoster version %(version)s. Versions 1.1 and 1.2 can be read."),
    "oneroster_file": _("This OneRoster file has no %(name)s, which version %(version)s needs."),
    "oneroster_heading": _("%(name)s has no column “%(heading)s”, which OneRoster needs."),
    "oneroster_inside": _("%(name)s inside the zip cannot be read. %(reason)s"),
    "oneroster_nobody": _("This OneRoster file holds no staff. People in it who are not staff: %(people)s."),
}

ROW_SENTENCES = {
    "email_missing": _("The e-mail address is missing. Each person needs one to sign in."),
    "email_malformed": _("“%(value)s” is not an e-mail address, such as ana.roy@example.ca."),
    "email_twice": _("This e-mail also stands in row %(other)s. Keep one row for each person."),
    "email_other_source_id": _(
        "This e-mail belongs to %(person)s, who has the source id %(known)s and not %(value)s."
    ),
    "email_other_number": _(
        "This e-mail belongs to %(person)s, who has the employee number %(known)s and not %(value)s."
    ),
    "email_taken": _("This e-mail belongs to %(person)s, who is another person on your roll."),
    "number_other_source_id": _(
        "This employee number belongs to %(person)s, who has the source id %(known)s and not %(value)s."
    ),
    "number_taken": _("This employee number belongs to %(person)s, who is another person on your roll."),
    "person_twice": _("This row and row %(other)s both mean %(person)s. Keep one row for each person."),
    "name_missing": _("The name is missing."),
    "name_half": _("Half of the name is missing: write both the given and the family name."),
    "school_unknown": _("There is no school “%(value)s” in your district. Add it first, or correct it here."),
    "school_nearest": _("There is no school “%(value)s” in your district. Did you mean “%(nearest)s”?"),
    "school_double": _("Two of your schools are called “%(value)s”. Write the school's code instead."),
    "school_conflict": _("The code means “%(one)s” but the name means “%(other)s”. Correct one of them."),
    "role_unknown": _("“%(value)s” is not a kind of role. Use one of: %(known)s."),
    "number_twice": _("This employee number also stands in row %(other)s."),
    "source_id_twice": _("This source id also stands in row %(other)s."),
    "yes_no": _("“%(value)s” is neither yes nor no."),
    "date_unreadable": _("“%(value)s” is not a date. Write it as 2026-08-31."),
    "date_ambiguous": _(
        "“%(value)s” can mean two different days. Choose the order of day and month, or write 2026-08-31."
    ),
    "date_order": _("“%(value)s” does not fit the order of day and month that you chose."),
    "date_short_year": _("“%(value)s” has a year of two digits. Write all four."),
    "date_range": _("%(value)s is out of range: a start date lies between %(first)s and %(last)s."),
    "year_unreadable": _("“%(value)s” is not a year, such as 2014."),
    "year_range": _("%(value)s is out of range: the year lies between %(first)s and %(last)s."),
    "too_long": _("This is longer than the %(limit)s characters there is room for."),
    "formula": _("This cell holds a formula. Paste it as a value, so that the list says what it means."),
    "cell_error": _("This cell shows the spreadsheet error %(value)s. Mend it in the spreadsheet."),
    "extra_cells": _(
        "This row has more cells than there are headings. A value with a comma must stand in quotation marks."
    ),
    "supervisor_malformed": _("“%(value)s” is not an e-mail address. Name the supervisor by e-mail."),
    "supervisor_unknown": _("%(value)s is neither in this file nor on your roll."),
    "supervisor_self": _("Nobody can be their own supervisor."),
    "supervisor_loop": _("The reporting line goes in a circle: %(circle)s."),
    "move_date": _(
        "The file moves %(person)s on %(date)s, but the present post began on %(began)s. "
        "Write the day of the move, or leave the date empty."
    ),
    "start_overlap": _("This start date lies before %(ended)s, when the earlier post of %(person)s ended."),
}

NOTICES = {
    "windows_letters": _("This file was saved with Windows letters. Check that accents look right below."),
    "other_sheets": _("Only the sheet “%(sheet)s” was read. Other sheets in the workbook: %(count)s."),
    "heading_row": _("The headings were found in row %(line)s; what stands above them was left out."),
    "no_school": _("People without a school in this file, whose posts are left as they are: %(count)s."),
    "left_out": _("Rows with the role “%(role)s”, left out as you chose: %(count)s."),
    "ignored": _("People with the role “%(role)s”, ignored because they are not staff: %(count)s."),
    "without_role": _("People without any present role, left out: %(count)s."),
    "switched_off": _("People who are switched off in this file, left out: %(count)s."),
    "heading_typo": _("%(name)s: the heading “%(found)s” was read as “%(expected)s”."),
    "folder": _("The files lie in the folder “%(folder)s” inside the zip. They were read from there."),
    "no_manifest": _("The zip has no manifest.csv. It was read as OneRoster %(version)s in bulk."),
    "several_roles": _("People with several posts, of which the primary one was taken: %(count)s."),
    "example_row": _("Row %(line)s is the example of our template. It was left out."),
    "email_kept": _(
        "Row %(line)s: %(person)s keeps signing in as %(known)s, not %(value)s. "
        "Only they can change that, in their profile."
    ),
}


class RosterRefusedError(Exception):
    """The file as a whole cannot be read. `kind` is a key of FILE_SENTENCES."""

    def __init__(self, kind: str, **params: Any):
        super().__init__(FILE_SENTENCES[kind] % params)
        self.kind = kind
        self.params = params

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        return translate(FILE_SENTENCES[self.kind]) % self.params


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one row. `column` is the heading as it stands in the file, or empty."""

    line: int
    column: str
    kind: str
    params: dict[str, Any] = field(default_factory=dict)

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        return translate(ROW_SENTENCES[self.kind]) % self.params

    def __str__(self) -> str:
        place = f"Row {self.line}, {self.column}" if self.column else f"Row {self.line}"
        return f"{place}: {self.sentence()}"


@dataclass(frozen=True)
class Notice:
    """Something worth knowing that stops nothing. `kind` is a key of NOTICES."""

    kind: str
    params: dict[str, Any] = field(default_factory=dict)

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        return translate(NOTICES[self.kind]) % self.params
