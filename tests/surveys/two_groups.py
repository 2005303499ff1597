"""A pair of views: staff and pupils have answered the same four statements, each in a survey of their own."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from surveys.models import Instrument, Response, ViewPair, Wave
from tests.cast import Cast
from tests.surveys.samples import DAY, NOW, make_instrument, make_survey, make_wave, statements

# Twenty-one staff and six pupils: enough for single levels on the one side, for the middle on the other.
STAFF = [[4, 3, 2, 1]] * 11 + [[3, 3, 2, 2]] * 10
PUPILS = [[1, 3, 4, 1]] * 6


def review_instrument(cast: Cast) -> Instrument:
    there = Instrument.objects.filter(district=cast.district, slug="views").first()
    if there is None:
        there = make_instrument(cast, slug="views")
        there.consent_text = ""
        there.save()
    return there


def answered_wave(cast: Cast, answers: Sequence[Sequence[int]], **fields: Any) -> Wave:
    """A wave that is over, each row of `answers` one person's levels of statements 1 to 4; 0 left out."""
    wave = make_wave(
        cast,
        make_survey(cast, review_instrument(cast)),
        **{"kind": "other", "opens_at": NOW - 90 * DAY, "closes_at": NOW - 80 * DAY, **fields},
    )
    items = statements(wave)
    Response.objects.bulk_create(
        Response(
            wave=wave,
            pairing_key=uuid.uuid4().hex,
            sent=True,
            answers={str(item.pk): level for item, level in zip(items, row, strict=True) if level},
        )
        for row in answers
    )
    return wave


def two_views(cast: Cast, title: str = "How we learn here", **fields: Any) -> ViewPair:
    """Made once for each title."""
    there = ViewPair.objects.filter(cohort=cast.cohort, title=title).first()
    if there is not None:
        return there
    return ViewPair.objects.create(
        cohort=cast.cohort,
        title=title,
        **{
            "left": answered_wave(cast, STAFF),
            "left_name": "staff",
            "right": answered_wave(cast, PUPILS),
            "right_name": "pupils",
            **fields,
        },
    )
