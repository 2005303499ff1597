"""An instrument of four statements and one open question, a survey of it, and its waves."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from surveys.keys import make_key
from surveys.models import AnswerLevel, AnswerScale, Instrument, Item, Section, Survey, Wave
from surveys.seats import Seat
from surveys.services.answering import Typed, save_answers, send
from tests.cast import Cast

NOW = datetime.datetime(2026, 10, 1, 16, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


def make_instrument(cast: Cast, *, items: int = 4, slug: str = "growth") -> Instrument:
    instrument = Instrument.objects.create(
        district=cast.district,
        title="Growth survey",
        slug=slug,
        consent_text="Researchers may read my answers without my name.",
        standard=cast.standard,
    )
    scale = AnswerScale.objects.create(instrument=instrument, name="Growth levels")
    for value, label in enumerate(["Beginning", "Developing", "Achieving", "Excelling"], start=1):
        AnswerLevel.objects.create(scale=scale, value=value, label=label)
    nodes = list(cast.standard.nodes.competencies())
    sections = [
        Section.objects.create(instrument=instrument, position=place, title=f"Part {place}")
        for place in (1, 2)
    ]
    for number in range(1, items + 1):
        Item.objects.create(
            section=sections[0],
            position=number,
            code=str(number),
            text=f"Statement number {number}.",
            scale=scale,
            node=nodes[number % len(nodes)],
            reverse_keyed=number == 4,
        )
    Item.objects.create(
        section=sections[1], position=1, code="why", kind="open", text="Why this focus?", asked_in="pre"
    )
    return instrument


def make_survey(cast: Cast, instrument: Instrument | None = None, **fields: Any) -> Survey:
    survey = Survey.objects.create(
        cohort=cast.cohort,
        instrument=instrument or make_instrument(cast),
        **{
            "title": "Growth 2026–27",
            "slug": f"growth-{cast.cohort.slug}-{uuid.uuid4().hex[:6]}",
            "smallest_group": 5,
            **fields,
        },
    )
    make_key(survey.key_name)
    return survey


def make_wave(cast: Cast, survey: Survey, kind: str = "pre", **fields: Any) -> Wave:
    values = {
        "title": {"pre": "Before", "post": "After"}.get(kind, "Another"),
        "slug": kind,
        "opens_at": NOW - 7 * DAY,
        "closes_at": NOW + 7 * DAY,
        "announced": True,
    }
    return Wave.objects.create(survey=survey, program_year=cast.year, kind=kind, **{**values, **fields})


def seat_of(cast: Cast, wave: Wave, name: str = "participant") -> Seat:
    return Seat(Wave.objects.select_related("survey__instrument").get(pk=wave.pk), cast.members[name])


def statements(wave: Wave) -> list[Item]:
    rows = Item.objects.filter(section__instrument=wave.survey.instrument).statements()
    return list(rows.in_order())


def answer(seat: Seat, levels: list[int], **more: Any):
    items = statements(seat.wave)
    typed = Typed({item.pk: level for item, level in zip(items, levels, strict=False)}, **more)
    return save_answers(seat=seat, typed=typed)


def answer_and_send(seat: Seat, levels: list[int], *, consent: bool = True):
    answer(seat, levels, consent={"analysis": consent, "quotes": False})
    return send(seat=seat)
