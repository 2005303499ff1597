"""Past surveys: responses from a file, all or nothing.

The file is read twice: once to find every problem, once more to store. A participant's code is turned into a
pairing key at once and not kept, so the same code in the files of two waves makes a pair.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leaderdev.common.refusals import RefusedError
from surveys import keys
from surveys.models import PREFER_NOT, SKIPPED, Instrument, Item, Response, Wave
from surveys.permissions import may_run_survey
from surveys.services.answering import MOST_LETTERS

# A page of problems is enough to mend a file by; the number of all is told with it.
MOST_PROBLEMS = 50
_BATCH = 5000
_PREFER = {"-1", "prefer not", "prefer not to answer"}
_SKIP = {"", "-2", "skipped", "na", "n/a", ".", "#null!"}
_PARTICIPANT = ("participant", "pid", "id", "code", "respondent")


@dataclass
class Reading:
    """What a file holds. `problems` are sentences with their rows; `duplicates` name the rows left out."""

    people: int = 0
    answers: int = 0
    stored: int = 0
    problems: list[str] = field(default_factory=list)
    problem_count: int = 0
    duplicates: list[str] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)

    def problem(self, sentence: str) -> None:
        self.problem_count += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(sentence)


class _Codes:
    """The instrument's items by number and by the names that files give them: 4, q4, q04, Q04, item4."""

    def __init__(self, wave: Wave) -> None:
        rows = Item.objects.filter(section__instrument_id=wave.survey.instrument_id).asked_in_kind(wave.kind)
        self.levels: dict[int, dict[str, int]] = {}
        self.by_name: dict[str, int] = {}
        self.statements: list[str] = []
        for item in rows.select_related("scale").prefetch_related("scale__levels"):
            code = item.code.lower()
            names = {code, code.replace("-", "_")}
            if code.isdecimal():
                names |= {f"{head}{form}" for head in ("q", "item", "") for form in (code, f"{int(code):02}")}
            self.by_name |= dict.fromkeys(names, item.pk)
            if item.scale is not None:
                told = {str(level.value): level.value for level in item.scale.levels.all()}
                told |= {level.label.lower(): level.value for level in item.scale.levels.all()}
                # As a spreadsheet writes a whole number; a label that is one means what it says without.
                told |= {f"{name}.0": value for name, value in list(told.items()) if name.isdecimal()}
                self.levels[item.pk] = told
                self.statements.append(str(item.pk))

    def find(self, name: str, slug: str) -> int | None:
        plain = name.strip().lower()
        tail = "_" + slug.replace("-", "_")
        return self.by_name.get(plain) or self.by_name.get(plain.removesuffix(tail))

    def value(self, pk: int, cell: str) -> int | None:
        """The level, a kind of missing, or None for what is on no scale."""
        plain = cell.strip().lower()
        if plain in _SKIP:
            return SKIPPED
        if plain in _PREFER:
            return PREFER_NOT
        return self.levels[pk].get(plain)


@dataclass
class _Sheet:
    """One participant's row, or rows of the long form put together."""

    participant: str
    row: int
    answers: dict[str, int] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)


def read_file(path: Path, wave: Wave) -> Reading:
    """Every problem of a file, without storing anything."""
    reading = Reading()
    for sheet in _sheets(path, wave, reading, _Codes(wave)):
        reading.people += 1
        reading.answers += sum(value > 0 for value in sheet.answers.values())
    return reading


def import_responses(*, by: Any, wave: Wave, path: Path, consent: bool = False) -> Reading:
    """Store a file as responses of a wave; nothing where it has a problem. `by` None is the command line.

    `consent` says that the people agreed to research when the survey was held. A participant who stands in
    the file twice, or has answered this wave already, keeps the first complete response.
    """
    if by is not None and not may_run_survey(by, wave.survey):
        raise PermissionDenied
    reading = read_file(path, wave)
    if reading.problem_count:
        return reading
    reading = Reading()
    key = keys.read_key(wave.survey.key_name)
    with transaction.atomic():
        _still_taking(Wave.objects.select_for_update(of=("self",)).select_related("survey").get(pk=wave.pk))
        there = set(wave.responses.values_list("pairing_key", flat=True))
        batch: list[Response] = []
        for sheet in _sheets(path, wave, reading, _Codes(wave)):
            made = keys.pairing_key(key, wave.survey_id, f"code:{sheet.participant}")
            if made in there:
                reading.duplicates.append(
                    f"Row {sheet.row}: this participant has answered this wave already."
                )
                continue
            reading.people += 1
            reading.answers += sum(value > 0 for value in sheet.answers.values())
            batch.append(
                Response(
                    wave=wave,
                    pairing_key=made,
                    sent=True,
                    imported=True,
                    answers=sheet.answers,
                    words=sheet.words,
                    consent_analysis=consent,
                )
            )
            if len(batch) >= _BATCH:
                _store(batch, reading)
        _store(batch, reading)
        Instrument.objects.filter(pk=wave.survey.instrument_id).update(is_frozen=True)
    return reading


def _still_taking(wave: Wave) -> None:
    """A past wave is read in once it is over; what has figures already gets no more answers."""
    if wave.survey.sealed or (wave.is_over_at(timezone.now()) and wave.responses.exists()):
        raise RefusedError(
            _(
                "This wave is over and has answers, so its figures may have been read. A few answers more "
                "would show by the difference what those few said. Nothing was stored."
            )
        )


def _store(batch: list[Response], reading: Reading) -> None:
    # In the order of their random ids, which is not the order of the file.
    batch.sort(key=lambda row: row.pk)
    Response.objects.bulk_create(batch, batch_size=1000)
    reading.stored += len(batch)
    batch.clear()


def _sheets(path: Path, wave: Wave, reading: Reading, codes: _Codes) -> Iterator[_Sheet]:
    """One sheet a participant: the first complete one, else the first; the rest go to `duplicates`."""
    with path.open(encoding="utf-8-sig", newline="", errors="replace") as file:
        first = file.readline()
        file.seek(0)
        rows = _unbroken(csv.reader(file, delimiter=max(",;\t", key=first.count)), reading)
        header = [name.strip() for name in next(rows, [])]
        plain = [name.lower() for name in header]
        who = next((plain.index(name) for name in _PARTICIPANT if name in plain), None)
        if who is None:
            reading.problem("Row 1: no column is named participant.")
            return
        long = {"item", "value"} <= set(plain)
        read = _long if long else _wide
        yield from _once(read(rows, header, who, wave, reading, codes), reading, codes)


def _unbroken(rows: Iterator[list[str]], reading: Reading) -> Iterator[list[str]]:
    """The rows up to where the file stops being a table, such as at a quotation mark that nobody closes."""
    good = 0
    try:
        for row in rows:
            yield row
            good += 1
    except csv.Error as fault:
        reading.problem(f"Row {good + 1}: the file is no table from here on ({fault}).")


def _once(sheets: Iterator[_Sheet], reading: Reading, codes: _Codes) -> Iterator[_Sheet]:
    """Complete sheets go out at once; an incomplete one waits for a complete one of the same participant."""
    taken: dict[str, int] = {}
    waiting: dict[str, _Sheet] = {}
    for sheet in sheets:
        if sheet.participant in taken:
            reading.duplicates.append(
                f"Row {sheet.row}: again the participant of row {taken[sheet.participant]}."
            )
        elif _complete(sheet, codes):
            before = waiting.pop(sheet.participant, None)
            if before is not None:
                reading.duplicates.append(f"Row {before.row}: incomplete; row {sheet.row} is kept instead.")
            taken[sheet.participant] = sheet.row
            yield sheet
        elif sheet.participant in waiting:
            first = waiting[sheet.participant].row
            reading.duplicates.append(f"Row {sheet.row}: again the participant of row {first}.")
        else:
            waiting[sheet.participant] = sheet
    yield from waiting.values()


def _complete(sheet: _Sheet, codes: _Codes) -> bool:
    return all(sheet.answers.get(pk, SKIPPED) != SKIPPED for pk in codes.statements)


def _wide(
    rows: Iterator[list[str]], header: list[str], who: int, wave: Wave, reading: Reading, codes: _Codes
) -> Iterator[_Sheet]:
    """One row a participant, one column an item; columns that name no item are listed and left alone."""
    places = {place: codes.find(name, wave.slug) for place, name in enumerate(header) if place != who}
    reading.unknown_columns = [header[place] for place, pk in places.items() if pk is None]
    if all(pk is None for pk in places.values()):
        reading.problem("Row 1: no column is named after an item of this survey.")
        return
    columns = [(place, pk, str(pk)) for place, pk in places.items() if pk is not None]
    for number, row in enumerate(rows, start=2):
        if not any(row):
            continue
        participant = row[who].strip() if who < len(row) else ""
        if not participant:
            reading.problem(f"Row {number}: the participant’s code is missing.")
            continue
        sheet = _Sheet(participant, number, dict.fromkeys(codes.statements, SKIPPED))
        for place, pk, name in columns:
            _take(
                sheet, pk, name, row[place] if place < len(row) else "", header[place], number, reading, codes
            )
        yield sheet


def _long(
    rows: Iterator[list[str]], header: list[str], who: int, wave: Wave, reading: Reading, codes: _Codes
) -> Iterator[_Sheet]:
    """One row an answer. A second answer of a participant to an item is a duplicate; the first is kept."""
    plain = [name.lower() for name in header]
    at_item, at_value = plain.index("item"), plain.index("value")
    found: dict[str, _Sheet] = {}
    given: set[tuple[str, int]] = set()
    for number, row in enumerate(rows, start=2):
        if not any(row):
            continue
        if len(row) <= max(who, at_item, at_value) or not row[who].strip():
            reading.problem(f"Row {number}: participant, item and value are needed.")
            continue
        participant, name = row[who].strip(), row[at_item]
        pk = codes.find(name, wave.slug)
        if pk is None:
            reading.problem(f"Row {number}: there is no item “{name[:40]}” in this survey.")
            continue
        if (participant, pk) in given:
            reading.duplicates.append(f"Row {number}: a second answer to item “{name[:40]}”.")
            continue
        given.add((participant, pk))
        sheet = found.setdefault(
            participant, _Sheet(participant, number, dict.fromkeys(codes.statements, SKIPPED))
        )
        _take(sheet, pk, str(pk), row[at_value], name, number, reading, codes)
    yield from found.values()


def _take(
    sheet: _Sheet, pk: int, name: str, cell: str, heading: str, number: int, reading: Reading, codes: _Codes
) -> None:
    if pk not in codes.levels:
        text = cell.replace("\x00", "").strip()
        if len(text) > MOST_LETTERS:
            reading.problem(f"Row {number}, {heading}: the text is longer than {MOST_LETTERS} letters.")
        elif text:
            sheet.words[name] = text
        return
    value = codes.value(pk, cell)
    if value is None:
        reading.problem(f"Row {number}, {heading}: “{cell.strip()[:40]}” is not on the scale.")
    else:
        sheet.answers[name] = value
