"""Every text of an instrument beside its translation, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext as _

from surveys.models import Instrument

# First languages of the land that Django's list lacks.
_MORE = {"bla": "Siksiká", "chp": "Dënesųłiné", "cr": "nēhiyawēwin", "sto": "Îyâhre Îethka"}
LANGUAGES: dict[str, str] = {
    **_MORE,
    **{
        code: str(told["name_local"])
        for code, told in LANG_INFO.items()
        if "name_local" in told and "-" not in code
    },
}
# Lengths are those of the originals, which the pages are made for.
_LINE, _STATEMENT, _HELP, _LEVEL, _TEXT = 160, 1000, 300, 80, 4000


@dataclass(frozen=True)
class Text:
    """`place` as Wording.place; `settled` where somebody may have answered these very words."""

    place: str
    label: str
    original: str
    translation: str
    most: int
    settled: bool

    @property
    def is_long(self) -> bool:
        return self.most > _LINE


@dataclass(frozen=True)
class Group:
    title: str
    texts: tuple[Text, ...]


def base_of(language: str) -> str:
    return language.partition("-")[0]


def name_of(language: str) -> str:
    return LANGUAGES.get(base_of(language), language)


def may_be_translated_into(instrument: Instrument, language: str) -> bool:
    return language in LANGUAGES and language != base_of(instrument.language)


def places_of(instrument: Instrument) -> list[tuple[str, list[tuple[str, str, str, int]]]]:
    """[(group, [(place, label, original, most letters)])] without empty originals; four queries."""
    words = [
        ("purpose", _("What it is for"), instrument.purpose, _TEXT),
        ("consent_text", _("Consent statement"), instrument.consent_text, _TEXT),
        ("thanks", _("Closing words"), instrument.thanks, _TEXT),
    ]
    found = [(_("Around the questions"), words)]
    for section in instrument.sections.order_by("position", "pk").prefetch_related("items"):
        rows = [
            (f"section.{section.pk}.title", _("Title of the section"), section.title, _LINE),
            (f"section.{section.pk}.intro", _("Introduction of the section"), section.intro, _TEXT),
        ]
        for item in section.items.all():
            rows.append(
                (
                    f"item.{item.pk}.text",
                    _("Wording of %(code)s") % {"code": item.code},
                    item.text,
                    _STATEMENT,
                )
            )
            rows.append(
                (f"item.{item.pk}.help", _("Help for %(code)s") % {"code": item.code}, item.help_text, _HELP)
            )
        found.append((section.title, rows))
    for scale in instrument.scales.prefetch_related("levels"):
        levels = [
            (f"level.{row.pk}", _("Level %(number)d") % {"number": row.value}, row.label, _LEVEL)
            for row in scale.levels.all()
        ]
        found.append((_("Scale: %(name)s") % {"name": scale.name}, levels))
    return [(title, [row for row in rows if row[2]]) for title, rows in found]


def groups_of(instrument: Instrument, language: str) -> list[Group]:
    there = dict(instrument.wordings.filter(language=language).values_list("place", "text"))
    answered = language in instrument.answered_in
    return [
        Group(
            title,
            tuple(
                Text(place, label, original, there.get(place, ""), most, answered and place in there)
                for place, label, original, most in rows
            ),
        )
        for title, rows in places_of(instrument)
        if rows
    ]


def missing_in(groups: Iterable[Group]) -> int:
    return sum(not text.translation for group in groups for text in group.texts)


def readable_in(instrument: Instrument) -> list[tuple[str, str]]:
    """(code, name) of the instrument's own language and of those it is translated into; one query."""
    own = base_of(instrument.language)
    others = set(instrument.wordings.order_by().values_list("language", flat=True).distinct()) - {own}
    return [(own, name_of(own)), *sorted((code, name_of(code)) for code in others)]


def begun_languages(instrument: Instrument) -> list[tuple[str, str, int]]:
    """(code, name, texts missing) of each language that has some translation, by name."""
    places = {place for _title, rows in places_of(instrument) for place, *_rest in rows}
    there: dict[str, set[str]] = {}
    for language, place in instrument.wordings.values_list("language", "place"):
        there.setdefault(language, set()).add(place)
    rows = [(code, name_of(code), len(places - found)) for code, found in there.items()]
    return sorted(rows, key=lambda row: row[1])
