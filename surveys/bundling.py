"""A study as a bundle hands it out: its rows tell nobody apart by focus or by the waves answered."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from surveys.facts import Facts
from surveys.joined import coarsened_together, unjoined

if TYPE_CHECKING:
    from surveys.analysis.study import StudyData

_PRE, _POST = 1, 2
_BOTH = frozenset({_PRE, _POST})


def handed_out(data: StudyData) -> StudyData:
    """The same answers; a focus that too few share is left out, and where too few answered one wave alone,
    the answers of some others are paired no longer. A bundle's figures are computed from these rows.
    """
    import numpy as np

    rows: dict[str, Any] = {f"both {n}": [data.pre[n], data.post[n]] for n in range(len(data.pre))}
    waves_of = dict.fromkeys(rows, _BOTH)
    for name, wave, alone in (("pre", _PRE, data.alone_pre), ("post", _POST, data.alone_post)):
        mine = {f"{name} {n}": [row] for n, row in enumerate(alone)}
        rows |= mine
        waves_of |= dict.fromkeys(mine, frozenset({wave}))
    parts = unjoined(waves_of, data.smallest, lambda key: _content(rows[key]))
    together = sorted(int(key.split()[1]) for key, waves in parts if waves == _BOTH)
    apart = sorted(set(range(len(data.pre))) - set(together))
    names = sorted({*data.focus_pre, *data.focus_post} - {""})
    facts = coarsened_together([_facts(data, n, names) for n in together], data.smallest)
    told = ["", *names]
    # Where too few refused, how many agreed is not told, and so neither how many of them are paired still.
    paired = data.flow.paired_consenting
    return replace(
        data,
        pre=data.pre[together],
        post=data.post[together],
        then=data.then[together],
        alone_pre=np.concatenate([data.alone_pre, data.pre[apart]]),
        alone_post=np.concatenate([data.alone_post, data.post[apart]]),
        focus_pre=tuple(told[row[_PRE].focus or 0] for row in facts),
        focus_post=tuple(told[row[_POST].focus or 0] for row in facts),
        switched=tuple(_CHANGED[row[_POST].changed] for row in facts),
        flow=replace(data.flow, paired_consenting=None if paired is None else paired - len(apart)),
    )


_CHANGED = {None: -1, False: 0, True: 1}


def _facts(data: StudyData, n: int, names: list[str]) -> dict[int, Facts]:
    place = {"": None, **{name: number for number, name in enumerate(names, start=1)}}
    changed = None if data.switched[n] < 0 else bool(data.switched[n])
    return {
        _PRE: Facts(focus=place[data.focus_pre[n]]),
        _POST: Facts(focus=place[data.focus_post[n]], changed=changed),
    }


def _content(rows: list[Any]) -> str:
    return hashlib.sha256(json.dumps([row.tolist() for row in rows]).encode()).hexdigest()
