"""A survey whose two waves have closed: 20 people before, 17 after, 14 of them both times, one without
consent."""

from __future__ import annotations

import datetime
import random
from typing import Any

from surveys.models import Response, Survey, Wave
from tests.cast import Cast
from tests.surveys import samples


def answered_survey(
    cast: Cast, *, both: int = 14, pre_only: int = 6, post_only: int = 3, **fields: Any
) -> Survey:
    """`cast.standard` has competencies; statements 1 … 12 turn on them. The last pair did not agree to
    research."""
    survey = samples.make_survey(cast, samples.make_instrument(cast, items=12, slug="findings"), **fields)
    closed = {"opens_at": samples.NOW - 30 * samples.DAY, "closes_at": samples.NOW - 20 * samples.DAY}
    pre = samples.make_wave(cast, survey, **closed)
    later = {name: when + 10 * samples.DAY for name, when in closed.items()}
    post = samples.make_wave(cast, survey, "post", **later)
    randomly = random.Random(3)
    rows = []
    for person in range(both + pre_only + post_only):
        before = {str(item.pk): randomly.choice([1, 2, 2, 3, 3, 4]) for item in samples.statements(pre)}
        after = {
            key: min(4, max(1, value + randomly.choice([-1, 0, 0, 1, 1]))) for key, value in before.items()
        }
        for wave, answers, there in (
            (pre, before, person < both + pre_only),
            (post, after, person < both or person >= both + pre_only),
        ):
            if there:
                rows.append(_row(cast, wave, person, answers, consent=person != both - 1))
    Response.objects.bulk_create(rows)
    return survey


def _row(cast: Cast, wave: Wave, person: int, answers: dict[str, int], *, consent: bool) -> Response:
    nodes = list(cast.standard.nodes.competencies())
    moved = wave.kind == "post" and person % 2 == 1
    return Response(
        wave=wave,
        pairing_key=f"{person:032x}",
        sent=True,
        answers=answers,
        consent_analysis=consent,
        focus=nodes[(person + moved) % len(nodes)],
    )


def waves(survey: Survey) -> tuple[Wave, Wave]:
    found = {wave.slug: wave for wave in survey.waves.select_related("survey__cohort__district")}
    return found["pre"], found["post"]


LONG_AFTER = samples.NOW + datetime.timedelta(days=1)
