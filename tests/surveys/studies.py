"""A study made of random answers with a seed: 35 pairs, 15 and 6 who answered once, five competencies."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from surveys.analysis.study_data import Flow, StudyData, StudyItem

LEVELS = ("Beginning", "Developing", "Achieving", "Excelling")
COMPETENCIES = (
    "Modeling Commitment to Professional Learning",
    "Embodying Visionary Leadership",
    "Leading a Learning Community",
    "Providing Instructional Leadership",
    "Developing Leadership Capacity",
)


def make_study(n: int = 35, *, seed: int = 5, per_scale: int = 3, **changed: Any) -> StudyData:
    generator = np.random.default_rng(seed)
    k = per_scale * len(COMPETENCIES)

    def answers(people: int, shift: float) -> np.ndarray:
        person = generator.normal(0, 0.6, (people, 1))
        scale = np.repeat(generator.normal(0, 0.5, (people, len(COMPETENCIES))), per_scale, axis=1)
        return np.clip(np.rint(2.6 + shift + person + scale + generator.normal(0, 0.6, (people, k))), 1, 4)

    pre = answers(n, 0).astype(int)
    post = np.clip(pre + generator.choice([-1, 0, 0, 0, 1, 1], (n, k)), 1, 4)
    if n:
        pre[0, 0], post[min(1, n - 1), 1] = -1, -2
    items = tuple(
        StudyItem(str(place + 1), f"Statement {place + 1}.", COMPETENCIES[place // per_scale], LEVELS)
        for place in range(k)
    )
    thens = tuple(replace(item, code=f"then{item.code}", looks_back_at=item.code) for item in items[:2])
    focus = tuple(COMPETENCIES[i % 5] for i in range(n))
    switched = tuple(int(i % 5 in (1, 3)) for i in range(n))
    data = StudyData(
        title="Growth survey",
        wave_pre="Fall 2025",
        wave_post="Spring 2027",
        items=items,
        then_items=thens,
        pre=pre,
        post=post,
        then=np.clip(pre[:, :2] - 1, 1, 4),
        alone_pre=answers(15, -0.2).astype(int),
        alone_post=answers(6, 0.2).astype(int),
        focus_pre=focus,
        focus_post=tuple(
            COMPETENCIES[(i + 1) % 5] if moved else own
            for i, (own, moved) in enumerate(zip(focus, switched, strict=True))
        ),
        switched=switched,
        flow=Flow(55, 55, n + 15, n + 6, n + 15, n + 6, n, n),
        smallest=5,
    )
    return replace(data, **changed)
