"""Responses as files for a researcher. Pure: takes columns and rows, gives bytes.

Codes in every file: levels from 1, −1 “prefer not to answer”, −2 skipped, empty where it was not asked.
"""

from __future__ import annotations

import csv
import html
import io
from dataclasses import dataclass
from typing import Any

from surveys.interchange.tables import safe

PREFER_NOT, SKIPPED = -1, -2
MISSING_LABELS = {PREFER_NOT: "Prefer not to answer", SKIPPED: "Skipped"}


@dataclass(frozen=True)
class Column:
    """A variable. `levels` {value: label} for a coded one; `measure` ordinal, nominal or scale.

    `item` and `wave` are the number of the statement and the slug of the wave, "" for a fact.
    """

    name: str
    label: str
    measure: str = "nominal"
    levels: tuple[tuple[int, str], ...] = ()
    item: str = ""
    wave: str = ""
    is_text: bool = False


@dataclass(frozen=True)
class Table:
    """One row a person; the first column is a random id drawn for this file alone."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]


def wide_csv(table: Table) -> str:
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    for row in table.rows:
        writer.writerow([_cell(value) for value in row])
    return made.getvalue()


def long_csv(table: Table) -> str:
    """participant, wave, item, value: one row an answer; what was not asked has no row."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(["participant", "wave", "item", "value"])
    for row in table.rows:
        for column, value in zip(table.columns, row, strict=True):
            if column.item and value not in (None, ""):
                writer.writerow([safe(row[0]), column.wave, safe(column.item), _cell(value)])
    return made.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else safe(value)


def workbook(table: Table) -> bytes:
    """Data and codebook on two sheets."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    data = book.create_sheet("data")
    data.append([column.name for column in table.columns])
    for row in table.rows:
        data.append(
            [None if value is None else value if isinstance(value, int) else safe(value) for value in row]
        )
    codes = book.create_sheet("codebook")
    for line in codebook_rows(table):
        codes.append([safe(cell) for cell in line])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def codebook_rows(table: Table) -> list[list[str]]:
    rows = [["variable", "label", "measure", "values", "missing"]]
    for column in table.columns:
        values = "; ".join(f"{value} = {label}" for value, label in column.levels)
        missing = "; ".join(f"{value} = {label}" for value, label in MISSING_LABELS.items())
        rows.append([column.name, column.label, column.measure, values, missing if column.item else ""])
    return rows


def codebook_csv(table: Table) -> str:
    made = io.StringIO()
    csv.writer(made, lineterminator="\r\n").writerows(
        [safe(cell) for cell in row] for row in codebook_rows(table)
    )
    return made.getvalue()


_CODEBOOK_STYLE = (
    "body{font:15px/1.4 system-ui,sans-serif;margin:2rem;color:#17232b}table{border-collapse:collapse}"
    "th,td{padding:.3rem .9rem .3rem 0;border-bottom:1px solid #d8dfdc;text-align:left;vertical-align:top}"
    "thead th{border-bottom:2px solid #17232b}"
)


def codebook_html(table: Table) -> str:
    head, *rows = codebook_rows(table)
    title = html.escape(f"Codebook: {table.title}")
    heads = "".join(f'<th scope="col">{html.escape(cell)}</th>' for cell in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_CODEBOOK_STYLE}</style></head><body>"
        f"<h1>{title}</h1><table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></body></html>"
    )


def write_sav(table: Table, path: str) -> None:
    """SPSS: labels of variables and values, measure, and −2 to −1 as user-missing. Heavy libraries load."""
    import pandas
    import pyreadstat

    names = [column.name for column in table.columns]
    frame = pandas.DataFrame(list(table.rows), columns=names)
    labels: dict[str, dict[float, str]] = {}
    missing: dict[str, list[dict[str, float]]] = {}
    formats: dict[str, str] = {}
    for column in table.columns:
        if column.is_text:
            frame[column.name] = frame[column.name].fillna("").astype(str)
            continue
        # Floats, because an integer column cannot hold what is missing.
        frame[column.name] = frame[column.name].astype("float64")
        formats[column.name] = "F2.0"
        told = dict(column.levels)
        if column.item:
            told |= MISSING_LABELS
            missing[column.name] = [{"lo": float(SKIPPED), "hi": float(PREFER_NOT)}]
        if told:
            labels[column.name] = {float(value): label[:120] for value, label in told.items()}
    pyreadstat.write_sav(
        frame,
        path,
        file_label=table.title[:64],
        column_labels=[column.label[:250] for column in table.columns],
        variable_value_labels=labels,
        missing_ranges=missing,
        variable_measure={column.name: column.measure for column in table.columns},
        variable_format=formats,
    )


def syntax(table: Table, pre: str, post: str, sav_name: str) -> str:
    """SPSS syntax of the paired analysis: Wilcoxon for each statement of both waves, and reliability."""
    by_wave: dict[str, dict[str, str]] = {}
    for column in table.columns:
        if column.item and not column.is_text:
            by_wave.setdefault(column.wave, {})[column.item] = column.name
    both = [item for item in by_wave.get(pre, {}) if item in by_wave.get(post, {})]
    first = " ".join(by_wave[pre][item] for item in both)
    second = " ".join(by_wave[post][item] for item in both)
    lines = [
        "* Paired analysis. SPSS orders a pair so that the difference is post minus pre.",
        "* If the file is not found: write its whole address here, or use CD first.",
        f"GET FILE='{sav_name}'.",
    ]
    if both:
        lines += [
            "NPAR TESTS",
            f"  /WILCOXON={first} WITH {second} (PAIRED)",
            "  /STATISTICS DESCRIPTIVES",
            "  /MISSING ANALYSIS.",
        ]
    for wave in (pre, post):
        names = " ".join(by_wave.get(wave, {}).values())
        if names:
            lines += [
                f"RELIABILITY /VARIABLES={names}",
                f"  /SCALE('{wave}') ALL /MODEL=ALPHA /SUMMARY=TOTAL.",
            ]
    return "\n".join(_wrapped(line) for line in lines) + "\n"


def _wrapped(line: str) -> str:
    """SPSS reads 251 letters a line; a list of variables may go on in the next."""
    words, rows = line.split(" "), [""]
    for word in words:
        if len(rows[-1]) + len(word) > 200:
            rows.append("   ")
        rows[-1] += (" " if rows[-1].strip() else "") + word
    return "\n".join(rows)
