"""The rows a researcher takes along: consenting responses, random ids, facts in groups large enough."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cohorts.models import StandardNode
from leaderdev.common.refusals import RefusedError
from surveys.facts import Facts
from surveys.handing_out import safe_rows
from surveys.interchange.data_files import Column, Table
from surveys.interchange.qualitative import Code, quoted
from surveys.models import Item, Response, Survey, Wave
from surveys.pairs import items_of

_FACTS = (
    ("role", "Role group", Response.RoleGroup),
    ("level", "School level", Response.SchoolLevel),
)


@dataclass(frozen=True)
class _Row:
    answers: dict[str, int]
    words: dict[str, str]
    quotes: bool
    facts: Facts


def exportable(survey: Survey, now: Any) -> list[Wave]:
    """Waves that are over: while answers come in, two files in a row would tell the newest apart."""
    waves = list(survey.waves.select_related("program_year", "survey__cohort").order_by("opens_at", "pk"))
    return [wave for wave in waves if wave.is_over_at(now)]


def table_of(survey: Survey, waves: list[Wave], *, with_words: bool = False) -> Table:
    """One row a person, the waves side by side. Raises RefusedError for a wave with too few responses.

    Where the waves that a person has, or their facts, would set fewer than the smallest group apart, facts
    are left empty and some people stand in two rows (surveys/joined.py).
    """
    smallest = survey.smallest_group or 5
    stored = {wave.pk: list(wave.responses.for_research()) for wave in waves}
    for wave in waves:
        if len(stored[wave.pk]) < smallest:
            raise RefusedError(
                _("“%(wave)s” has fewer than %(smallest)d answers for research: it is not handed out.")
                % {"wave": wave.title, "smallest": smallest}
            )
    found = _rows([row for rows in stored.values() for row in rows], smallest)
    everybody = list(range(len(found)))
    secrets.SystemRandom().shuffle(everybody)
    focuses = _focuses(found)
    columns = [Column("pid", "Random id, drawn for this file", is_text=True)]
    readers: list[Any] = [lambda place: secrets.token_hex(6)]
    for wave in waves:
        mine = {place: row[wave.pk] for place, row in enumerate(found) if wave.pk in row}
        _add_wave(columns, readers, wave, mine, focuses, with_words=with_words)
    rows = tuple(tuple(read(place) for read in readers) for place in everybody)
    return Table(survey.title, tuple(columns), rows)


def codes_of(survey: Survey, waves: Sequence[Wave]) -> list[Code]:
    """The competencies of the survey's standard, else of the year's; for coding open answers."""
    standard = survey.instrument.standard_id or next(
        (wave.program_year.standard_id for wave in waves if wave.program_year), None
    )
    nodes = StandardNode.objects.filter(standard=standard).competencies().order_by("position", "pk")
    return [Code(node.identifier, node.coded_label, node.summary) for node in nodes]


def check_quoted(survey: Survey, table: Table) -> None:
    """Raises RefusedError where fewer than the smallest group let their sentences be quoted."""
    smallest = survey.smallest_group or 5
    if quoted(table) < smallest:
        raise RefusedError(
            _("Fewer than %(smallest)d people let their open answers be quoted: they are not handed out.")
            % {"smallest": smallest}
        )


def _rows(stored: list[Response], smallest: int) -> list[dict[int, _Row]]:
    """One mapping a row of the file: what stands in it, by wave."""
    found = safe_rows(stored, smallest)
    return [
        {
            wave: _Row(response.answers, response.words, response.consent_quotes, facts)
            for wave, (response, facts) in row.items()
        }
        for row in found
    ]


def _focuses(found: list[dict[int, _Row]]) -> dict[int, tuple[int, str]]:
    """Each competency that is somebody's focus: its code in the file, and its label."""
    pks = {row.facts.focus for rows in found for row in rows.values() if row.facts.focus}
    nodes = StandardNode.objects.filter(pk__in=pks).order_by("position", "pk")
    return {node.pk: (place, node.coded_label) for place, node in enumerate(nodes, start=1)}


def _add_wave(
    columns: list[Column],
    readers: list[Any],
    wave: Wave,
    rows: dict[int, _Row],
    focuses: dict[int, tuple[int, str]],
    *,
    with_words: bool,
) -> None:
    tail, title = wave.slug.replace("-", "_"), wave.title
    labels = tuple((place, label) for place, label in focuses.values())
    columns += [
        Column(f"focus_{tail}", f"Focus competency, {title}", levels=labels),
        Column(f"changed_{tail}", f"Focus changed, {title}", levels=((0, "no"), (1, "yes"))),
        Column(f"role_{tail}", f"Role group, {title}", is_text=True),
        Column(f"level_{tail}", f"School level, {title}", is_text=True),
    ]

    def fact(name: str) -> Any:
        return lambda key: getattr(rows[key].facts, name) if key in rows else None

    def focus(key: int) -> int | None:
        known = rows[key].facts.focus if key in rows else None
        return focuses[known][0] if known in focuses else None

    def changed(key: int) -> int | None:
        known = rows[key].facts.changed if key in rows else None
        return None if known is None else int(known)

    readers += [focus, changed, fact("role_group"), fact("school_level")]
    for item in items_of(wave):
        turned = _(" (reverse-keyed, as answered)") if item.reverse_keyed else ""
        columns.append(
            Column(
                f"{_variable(item.code)}_{tail}",
                f"{item.code}. {item.text}{turned}",
                "ordinal",
                tuple(enumerate(item.levels, start=1)),
                item.code,
                wave.slug,
            )
        )
        readers.append(_level_reader(rows, str(item.pk)))
    if with_words:
        for question in _open_items(wave):
            columns.append(
                Column(
                    f"{_variable(question.code)}_{tail}",
                    question.text,
                    item=question.code,
                    wave=wave.slug,
                    is_text=True,
                )
            )
            readers.append(_words_reader(rows, str(question.pk)))


def _open_items(wave: Wave) -> list[Item]:
    rows = Item.objects.filter(section__instrument__surveys=wave.survey_id, kind=Item.Kind.OPEN)
    return list(rows.asked_in_kind(wave.kind).in_order())


def _level_reader(rows: dict[int, _Row], pk: str) -> Any:
    return lambda key: rows[key].answers.get(pk) if key in rows else None


def _words_reader(rows: dict[int, _Row], pk: str) -> Any:
    """Sentences only of those who let them be quoted."""
    return lambda key: rows[key].words.get(pk, "") if key in rows and rows[key].quotes else None


def _variable(code: str) -> str:
    """q01 for 1: SPSS wants a letter first, and sorts as people do with a zero before."""
    plain = code.replace("-", "_")
    return f"q{int(code):02}" if code.isdigit() else plain if plain[:1].isalpha() else f"q_{plain}"
