"""The structure of an instrument as rows: plain CSV and workbook, and LimeSurvey's tab-separated structure.

Plain columns: those in COLUMNS. `levels` are separated by " | ", the lowest first. Cells that a spreadsheet
could run are written with an apostrophe before them, which reading takes off again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from surveys.interchange.outline import (
    ItemOutline,
    Outline,
    SectionOutline,
    UnreadableError,
    checked,
)

COLUMNS = (
    "section", "section_intro", "number", "kind", "asked", "wording", "help", "scale", "levels",
    "competency", "reversed", "looks_back_at",
)  # fmt: skip
LIME_COLUMNS = ("id", "related_id", "class", "type/scale", "name", "relevance", "text", "help", "language",
                "validation", "mandatory", "other", "default", "same_default")  # fmt: skip
_RISKY = ("=", "+", "-", "@", "\t", "\r")
BETWEEN = " | "


def safe(cell: object) -> str:
    """A text that no spreadsheet program takes for a formula."""
    text = str(cell)
    return f"'{text}" if text.startswith(_RISKY) else text


def unsafe(cell: str) -> str:
    """What `safe` was given."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_RISKY) else cell


def rows_of(outline: Outline) -> list[list[str]]:
    """Header and one row an item."""
    rows = [list(COLUMNS)]
    for section in outline.sections:
        for item in section.items:
            levels = BETWEEN.join(outline.scales.get(item.scale, ()))
            cells = [
                section.title, section.intro, item.code, item.kind, item.asked_in, item.text, item.help_text,
                item.scale, levels, item.node, "yes" if item.reverse_keyed else "no", item.looks_back_at,
            ]  # fmt: skip
            rows.append([safe(cell) for cell in cells])
    return rows


def to_csv(outline: Outline) -> str:
    made = io.StringIO()
    csv.writer(made, lineterminator="\r\n").writerows(rows_of(outline))
    return made.getvalue()


def from_csv(text: str, *, title: str, slug: str) -> Outline:
    """Raises UnreadableError with a sentence for each row to mend."""
    try:
        rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff")), strict=True))
    except csv.Error as error:
        raise UnreadableError([f"This is no CSV file: {error}."]) from error
    return from_rows(rows, title=title, slug=slug)


def from_rows(rows: Iterable[list[str]], *, title: str, slug: str) -> Outline:
    """Rows of a CSV file or a sheet, header first."""
    found = [[unsafe(str(cell or "").strip()) for cell in row] for row in rows]
    found = [row for row in found if any(row)]
    header = [name.lower() for name in found[0]] if found else []
    lacking = [name for name in ("number", "wording") if name not in header]
    if lacking:
        raise UnreadableError(
            [f"The first row must name the columns; “{name}” is missing." for name in lacking]
        )
    # A row may end early: what it leaves out is empty.
    whole = [row + [""] * (len(header) - len(row)) for row in found[1:]]
    return _from_table([dict(zip(header, row, strict=False)) for row in whole], title, slug)


def _from_table(table: list[Mapping[str, str]], title: str, slug: str) -> Outline:
    scales: dict[str, tuple[str, ...]] = {}
    sections: dict[str, list[ItemOutline]] = {}
    intros: dict[str, str] = {}
    for row in table:
        name = row.get("section") or "Questions"
        intros.setdefault(name, row.get("section_intro", ""))
        scale = row.get("scale") or "Scale"
        if row.get("levels"):
            scales.setdefault(scale, tuple(part.strip() for part in row["levels"].split("|")))
        kind = row.get("kind") or "statement"
        item = ItemOutline(
            code=row["number"],
            text=row["wording"],
            kind=kind,
            asked_in=row.get("asked") or "every",
            help_text=row.get("help", ""),
            scale="" if kind == "open" else scale,
            node=row.get("competency", ""),
            reverse_keyed=row.get("reversed", "").lower() in ("yes", "y", "1", "true"),
            looks_back_at=row.get("looks_back_at", ""),
        )
        sections.setdefault(name, []).append(item)
    made = tuple(SectionOutline(name, intros[name], tuple(items)) for name, items in sections.items())
    return checked(Outline(title, slug, made, scales))


def to_limesurvey(outline: Outline) -> str:
    """Groups, list questions with their answers, and long free texts, as LimeSurvey imports them."""
    rows: list[tuple[str, ...]] = [LIME_COLUMNS]

    def add(kind: str, scale: str, name: str, text: str, help_text: str = "", mandatory: str = "") -> None:
        row = ["", "", kind, scale, name, "1" if kind in ("G", "Q") else "", text, help_text,
               outline.language, "", mandatory, "", "", ""]  # fmt: skip
        rows.append(tuple(_one_line(cell) for cell in row))

    add("S", "", "language", outline.language)
    add("SL", "", "surveyls_title", outline.title)
    add("SL", "", "surveyls_welcometext", outline.purpose)
    for place, section in enumerate(outline.sections, start=1):
        add("G", "", section.title, section.intro)
        for number, item in enumerate(section.items, start=1):
            name = f"q{item.code}" if item.code[:1].isdigit() else item.code
            name = "".join(letter for letter in name if letter.isalnum()) or f"q{place}x{number}"
            add("Q", "T" if item.kind == "open" else "L", name, item.text, item.help_text, "N")
            for value, label in enumerate(outline.scales.get(item.scale, ()), start=1):
                add("A", "0", str(value), label)
    made = io.StringIO()
    csv.writer(made, delimiter="\t", lineterminator="\n").writerows(rows)
    return made.getvalue()


def _one_line(cell: str) -> str:
    return cell.replace("\r\n", "<br />").replace("\n", "<br />")


def from_limesurvey(text: str) -> Outline:
    """List (L, !, 5, O) and text questions (T, S, U); arrays (F) become one statement a subquestion.

    Raises UnreadableError; kinds of question that have no place here are named in it.
    """
    try:
        rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter="\t"))
    except csv.Error as error:
        raise UnreadableError([f"This is no LimeSurvey structure: {error}."]) from error
    if not rows or not {"class", "name", "text"} <= set(rows[0]):
        raise UnreadableError(["This is no LimeSurvey structure: class, name and text must be columns."])
    reader = _Lime()
    for row in rows:
        reader.read({key: (value or "").strip() for key, value in row.items() if isinstance(key, str)})
    return reader.outline()


class _Lime:
    """One pass over the rows: S and SL, then G with its Q, each with SQ and A."""

    def __init__(self) -> None:
        self.title, self.purpose, self.language = "LimeSurvey", "", "en"
        self.sections: list[tuple[str, str, list[ItemOutline]]] = []
        self.scales: dict[tuple[str, ...], str] = {}
        self.problems: list[str] = []
        self.question: dict[str, str] | None = None
        self.parts: list[tuple[str, str]] = []
        self.answers: list[str] = []

    def read(self, row: dict[str, str]) -> None:
        kind = row["class"]
        if row.get("language") and kind != "S" and row["language"] != self.language:
            return
        if kind == "S" and row["name"] == "language":
            self.language = row["text"] or "en"
        elif kind == "SL" and row["name"] == "surveyls_title":
            self.title = row["text"] or self.title
        elif kind == "SL" and row["name"] == "surveyls_welcometext":
            self.purpose = row["text"]
        elif kind == "G":
            self._finish()
            self.sections.append((row["name"], row["text"], []))
        elif kind == "Q":
            self._finish()
            self.question = row
        elif kind == "SQ":
            self.parts.append((row["name"], row["text"]))
        elif kind == "A":
            self.answers.append(row["text"])

    def _finish(self) -> None:
        row, parts, answers = self.question, self.parts, self.answers
        self.question, self.parts, self.answers = None, [], []
        if row is None:
            return
        if not self.sections:
            self.sections.append(("Questions", "", []))
        into, sort = self.sections[-1][2], row.get("type/scale", "")
        if sort in ("T", "S", "U"):
            into.append(ItemOutline(row["name"], row["text"], "open", help_text=row.get("help", "")))
        elif sort == "5":
            self._statements(into, row, [(row["name"], row["text"])], ["1", "2", "3", "4", "5"])
        elif sort in ("L", "!", "O"):
            self._statements(into, row, [(row["name"], row["text"])], answers)
        elif sort == "F":
            self._statements(into, row, [(f"{row['name']}_{name}", text) for name, text in parts], answers)
        elif sort != "X":
            self.problems.append(f"Question “{row['name']}” is of the kind {sort}, which has no place here.")

    def _statements(
        self, into: list[ItemOutline], row: dict[str, str], found: list[tuple[str, str]], answers: list[str]
    ) -> None:
        labels = tuple(answers)
        name = self.scales.setdefault(labels, f"Scale {len(self.scales) + 1}")
        for code, text in found:
            code = code[1:] if code[:1] == "q" and code[1:].isdigit() else code
            into.append(ItemOutline(code[:20], text, scale=name, help_text=row.get("help", "")))

    def outline(self) -> Outline:
        self._finish()
        if self.problems:
            raise UnreadableError(self.problems)
        sections = tuple(
            SectionOutline(name, intro, tuple(items)) for name, intro, items in self.sections if items
        )
        scales = {name: labels for labels, name in self.scales.items()}
        return checked(
            Outline(self.title, "", sections, scales, language=self.language, purpose=self.purpose)
        )
