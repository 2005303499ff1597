"""The pages of a questionnaire as one wave asks it, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language

from surveys.models import Instrument, Item, Wave


@dataclass(frozen=True)
class Level:
    value: int
    label: str


@dataclass(frozen=True)
class Question:
    """`levels` are empty for an open question; `then` marks a statement that looks back."""

    pk: int
    code: str
    text: str
    help_text: str
    levels: tuple[Level, ...]
    then: bool = False


@dataclass(frozen=True)
class Page:
    """One section; `number` counts from 1 the sections that this wave asks something of."""

    number: int
    title: str
    intro: str
    questions: tuple[Question, ...]

    def answered(self, answers: Mapping[str, int], words: Mapping[str, str]) -> int:
        """How many questions have an answer, “prefer not” included."""
        return sum(str(q.pk) in answers if q.levels else bool(words.get(str(q.pk))) for q in self.questions)


class Texts:
    """Words in the reader's language where the instrument has them, else in its own.

    `language` is the one in which the texts come; `wanted` the one chosen, by default that of the pages.
    """

    def __init__(self, instrument: Instrument, wanted: str = "") -> None:
        own = instrument.language.partition("-")[0]
        language = (wanted or get_language() or own).partition("-")[0]
        self._found: dict[str, str] = {}
        if language != own:
            self._found = dict(instrument.wordings.filter(language=language).values_list("place", "text"))
        self.language = language if self._found else own
        self.translated_into = self.language if self._found else ""
        self._instrument = instrument

    def get(self, place: str, original: str) -> str:
        return self._found.get(place, original)

    def around(self) -> dict[str, str]:
        """What stands before and after the questions."""
        names = ("purpose", "consent_text", "thanks")
        return {name: self.get(name, getattr(self._instrument, name)) for name in names}


# Pages of frozen instruments in their own words, by instrument and kind of wave: they never change again,
# and hundreds of people ask for them within minutes. What is still written, or translated, is always read.
_frozen: dict[tuple[int, str], list[Page]] = {}
_MOST_KEPT = 64


def forget_pages() -> None:
    """For tests, whose databases use a number twice."""
    _frozen.clear()


def pages_of(instrument: Instrument, kind: str, texts: Texts) -> list[Page]:
    """Two queries however many items there are; none for a frozen instrument that was read before."""
    if not instrument.is_frozen or texts.translated_into:
        return _read(instrument, kind, texts)
    key = (instrument.pk, kind)
    if key not in _frozen:
        if len(_frozen) >= _MOST_KEPT:
            _frozen.clear()
        _frozen[key] = _read(instrument, kind, texts)
    return _frozen[key]


def _read(instrument: Instrument, kind: str, texts: Texts) -> list[Page]:
    rows = Item.objects.filter(section__instrument=instrument).asked_in_kind(kind)
    items = rows.select_related("section", "scale").prefetch_related("scale__levels").in_order()
    by_section: dict[int, list[Item]] = {}
    for item in items:
        by_section.setdefault(item.section_id, []).append(item)
    return [
        Page(
            number,
            texts.get(f"section.{found[0].section_id}.title", found[0].section.title),
            texts.get(f"section.{found[0].section_id}.intro", found[0].section.intro),
            tuple(_question(item, texts) for item in found),
        )
        for number, found in enumerate(by_section.values(), start=1)
    ]


def pages_of_wave(wave: Wave, texts: Texts | None = None) -> list[Page]:
    return pages_of(wave.survey.instrument, wave.kind, texts or Texts(wave.survey.instrument))


def _question(item: Item, texts: Texts) -> Question:
    levels = () if item.scale is None else item.scale.levels.all()
    return Question(
        pk=item.pk,
        code=item.code,
        text=texts.get(f"item.{item.pk}.text", item.text),
        help_text=texts.get(f"item.{item.pk}.help", item.help_text),
        levels=tuple(Level(row.value, texts.get(f"level.{row.pk}", row.label)) for row in levels),
        then=item.kind == Item.Kind.THEN,
    )
