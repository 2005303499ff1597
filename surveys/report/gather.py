"""From the ledgers to the arrays of a study: consenting answers only, no names, no order of arrival."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from surveys import pairs
from surveys.models import Wave

if TYPE_CHECKING:
    import numpy as np

    from surveys.analysis.study_data import StudyData

SMALLEST = 5
"""Where a survey has not fixed its smallest group yet; nothing under five is ever shown."""


def fingerprint(pre: Wave, post: Wave) -> str:
    """Changes when an answer, a consent, the wording or the people asked change; without NumPy, one pass."""
    found = hashlib.sha256()
    for wave in (pre, post):
        rows = wave.responses.sent().order_by("pairing_key")
        columns = ("pairing_key", "answers", "focus_id", "consent_analysis")
        for row in rows.values_list(*columns).iterator(chunk_size=2000):
            found.update(json.dumps(row, sort_keys=True).encode())
        found.update(repr([wave.pk, wave.title, wave.invited().count(), pairs.items_of(wave)]).encode())
    found.update(repr([pre.survey.title, pre.survey.smallest_group]).encode())
    return found.hexdigest()


def data_of(pre: Wave, post: Wave) -> StudyData:
    """Everything the report is computed from. Raises ValueError for waves of two surveys."""
    from surveys.analysis.study_data import Flow, StudyData

    both = pairs.paired(pre, post)
    whole_pre, whole_post = pairs.wave_data(pre), pairs.wave_data(post)
    infos = [item for item in both.pre.items if item.kind == "statement"]
    shared = {item.code for item in both.post.items}
    infos = [item for item in infos if item.code in shared]
    codes = [item.code for item in infos]
    thens = [item for item in both.post.items if item.kind == "then"]
    names = _competencies([*infos, *thens])
    first, second = _columns(both.pre, codes), _columns(both.post, codes)
    flow = pairs.flow(pre, post)
    smallest = pre.survey.smallest_group or SMALLEST
    return StudyData(
        title=pre.survey.title,
        wave_pre=pre.title,
        wave_post=post.title,
        items=tuple(_study_item(item) for item in infos),
        then_items=tuple(_study_item(item) for item in thens),
        pre=first,
        post=second,
        then=_columns(both.post, [item.code for item in thens]),
        alone_pre=_rest(_columns(whole_pre, codes), first),
        alone_post=_rest(_columns(whole_post, codes), second),
        focus_pre=tuple(names.get(int(key), "") for key in both.pre.focus),
        focus_post=tuple(names.get(int(key), "") for key in both.post.focus),
        switched=tuple(int(value) for value in both.switched),
        flow=Flow(**{name: getattr(flow, name) for name in Flow.__dataclass_fields__}).shown(smallest),
        smallest=smallest,
    )


def _study_item(item: pairs.ItemInfo) -> Any:
    from surveys.analysis.study_data import StudyItem

    return StudyItem(item.code, item.text, item.competency, item.levels, item.looks_back_at)


def _competencies(items: list[pairs.ItemInfo]) -> dict[int, str]:
    return {item.competency_pk: item.competency for item in items if item.competency_pk is not None}


def _columns(data: pairs.WaveData, codes: list[str]) -> np.ndarray:
    """(n, k) codes of answers: levels from 1, 0 not asked, −1 prefer not, −2 skipped."""
    import numpy as np

    places = {item.code: place for place, item in enumerate(data.items)}
    chosen = [places[code] for code in codes]
    values, missing = data.values[:, chosen], data.missing[:, chosen]
    found = np.zeros(values.shape, dtype=int)
    found[missing == pairs.PRESENT] = values[missing == pairs.PRESENT]
    found[missing == pairs.MISSING_PREFER_NOT] = -1
    found[missing == pairs.MISSING_SKIPPED] = -2
    return found


def _rest(everyone: np.ndarray, paired: np.ndarray) -> np.ndarray:
    import numpy as np

    from surveys.analysis.study_data import without

    rows = without(map(tuple, everyone.tolist()), map(tuple, paired.tolist()))
    return np.array(rows, dtype=int).reshape(len(rows), everyone.shape[1])
