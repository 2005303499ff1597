"""Answers in sum and words without names, for pages that show a wave to those who run the program.

Whether enough people answered is the caller's question (surveys.suppression); nothing here knows who did.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from surveys.models import Item, Response, Wave
from surveys.pairs import ItemInfo, items_of


@dataclass(frozen=True)
class Sums:
    """`answered` people sent something; `counts[i][level - 1]` of them chose the level of `items[i]`."""

    answered: int
    items: tuple[ItemInfo, ...]
    counts: tuple[tuple[int, ...], ...]


def sums_of(waves: Sequence[Wave]) -> dict[int, Sums]:
    """Sums by wave, for waves of one survey that ask the same; four queries, however many waves."""
    if not waves:
        return {}
    items = items_of(waves[0])
    found = {wave.pk: [[0] * len(item.levels) for item in items] for wave in waves}
    answered = dict.fromkeys(found, 0)
    rows = Response.objects.filter(wave__in=list(found)).sent().values_list("wave_id", "answers")
    for wave, answers in rows:
        answered[wave] += 1
        for place, item in enumerate(items):
            level = answers.get(str(item.pk), 0)
            if level > 0:
                found[wave][place][level - 1] += 1
    return {
        wave: Sums(answered[wave], items, tuple(tuple(each) for each in counts))
        for wave, counts in found.items()
    }


def words_said(wave: Wave, code: str) -> list[str]:
    """The texts of one open question, by its number, in an order drawn anew each time."""
    items = Item.objects.filter(section__instrument__surveys=wave.survey_id, code=code, kind=Item.Kind.OPEN)
    item = items.first()
    if item is None:
        return []
    found = [words.get(str(item.pk), "") for words in wave.responses.sent().values_list("words", flat=True)]
    texts = [text for text in found if text]
    secrets.SystemRandom().shuffle(texts)
    return texts
