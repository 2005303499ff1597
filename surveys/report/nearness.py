"""Which reports of a survey may stand beside each other.

Two reports that share a wave are about nearly the same people when nearly the same came back. What one says
of that wave less what the other says would be what the few said who are in one of them only. So a report is
held back when fewer than the smallest group tell it apart from one that was there before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from surveys.models import Response, Wave

WavePair = tuple[Wave, Wave]


def apart_enough(pairs: Sequence[WavePair], keys: Mapping[int, set[str]], smallest: int) -> list[WavePair]:
    """The pairs of one survey whose reports may be read, in their order. `keys` are those of `keys_of`.

    Admitted in the order in which their waves close, so that a report once open is not shut by a later one.
    """
    found: list[WavePair] = []
    for pair in sorted(pairs, key=_came):
        group = _group(pair, keys)
        others = [_group(each, keys) for each in found if _shared(each, pair)]
        if len(group) < smallest or not any(0 < len(group ^ other) < smallest for other in others):
            found.append(pair)
    return [pair for pair in pairs if pair in found]


def _came(pair: WavePair) -> tuple[object, ...]:
    first, second = sorted(pair, key=lambda wave: (wave.last_moment, wave.pk))
    return second.last_moment, second.pk, first.opens_at, first.pk


def _shared(one: WavePair, other: WavePair) -> bool:
    return bool({wave.pk for wave in one} & {wave.pk for wave in other})


def keys_of(pairs: Iterable[Sequence[WavePair]]) -> dict[int, set[str]]:
    """Whose answers stand in which wave, for surveys given as their pairs.

    One query, none where no survey has two reports.
    """
    waves = {wave.pk for mine in pairs if len(mine) > 1 for pair in mine for wave in pair}
    found: dict[int, set[str]] = {pk: set() for pk in waves}
    if waves:
        rows = Response.objects.filter(wave__in=waves).for_research()
        for pk, key in rows.values_list("wave_id", "pairing_key"):
            found[pk].add(key)
    return found


def _group(pair: WavePair, keys: Mapping[int, set[str]]) -> set[str]:
    return keys.get(pair[0].pk, set()) & keys.get(pair[1].pk, set())
