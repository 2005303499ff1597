"""Responses joined by person, as far as that sets nobody apart; for files and for sealing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from surveys.facts import Facts
from surveys.joined import coarsened_together, unjoined
from surveys.models import Response


def facts_in(response: Response) -> Facts:
    return Facts(response.focus_id, response.changed_focus, response.role_group, response.school_level)


def safe_rows(responses: Iterable[Response], smallest: int) -> list[dict[int, tuple[Response, Facts]]]:
    """One mapping a row: the person's response and the facts that may be told, by the pk of the wave.

    A person stands in two rows where the waves she has would set her apart. Who does is decided by what was
    answered, which says nothing of who it was and stays the same from file to file and through sealing.
    """
    people: dict[str, dict[int, Response]] = {}
    for response in responses:
        people.setdefault(response.pairing_key, {})[response.wave_id] = response
    patterns = {key: frozenset(mine) for key, mine in people.items()}
    parts = unjoined(patterns, smallest, lambda key: _content(people[key]))
    joined = [{wave: people[key][wave] for wave in waves} for key, waves in parts]
    facts = coarsened_together(
        [{wave: facts_in(response) for wave, response in row.items()} for row in joined], smallest
    )
    return [
        {wave: (response, told[wave]) for wave, response in row.items()}
        for row, told in zip(joined, facts, strict=True)
    ]


def _content(row: dict[int, Response]) -> str:
    told = [[wave, row[wave].answers, row[wave].words] for wave in sorted(row)]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
