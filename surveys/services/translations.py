"""Texts of an instrument in another language, and their way into a copy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from leaderdev.common.refusals import RefusedError
from surveys.models import Instrument, Wording
from surveys.permissions import may_build_instruments
from surveys.translating import places_of


@transaction.atomic
def translate(*, by: Any, instrument: Instrument, language: str, texts: Mapping[str, str]) -> None:
    """Replace the texts of one language; an empty text falls back to the original.

    Allowed when the instrument is frozen, too, as long as a translation adds words: once somebody has
    answered in a language, what stood there in it stays. Raises RefusedError.
    """
    if not may_build_instruments(by, instrument.district):
        raise PermissionDenied
    locked = Instrument.objects.select_for_update().get(pk=instrument.pk)
    wanted = {place: text.strip() for place, text in texts.items() if text.strip()}
    there = dict(locked.wordings.filter(language=language).values_list("place", "text"))
    if language in locked.answered_in and any(wanted.get(place) != text for place, text in there.items()):
        raise RefusedError(
            _(
                "Somebody has answered in this language, so its wording stays. You can add what is missing, "
                "or make a copy of the instrument and change that."
            )
        )
    locked.wordings.filter(language=language).delete()
    Wording.objects.bulk_create(
        Wording(instrument=locked, language=language, place=place, text=text)
        for place, text in wanted.items()
    )


def forget_orphans(instrument: Instrument) -> None:
    """Remove translations of what is there no more; otherwise they would hold a language fast for ever."""
    places = [place for _title, rows in places_of(instrument) for place, *_rest in rows]
    instrument.wordings.exclude(place__in=places).delete()


def carry_over(*, old: Instrument, fresh: Instrument) -> None:
    """Give a copy every translation of what it was copied from. Asks for a transaction.

    Both have the same parts in the same order, so their places correspond one to one.
    """
    places = [
        [place for _title, rows in places_of(instrument) for place, *_rest in rows]
        for instrument in (old, fresh)
    ]
    new_place = dict(zip(*places, strict=True))
    fresh.wordings.all().delete()
    Wording.objects.bulk_create(
        Wording(instrument=fresh, language=row.language, place=new_place[row.place], text=row.text)
        for row in old.wordings.all()
        if row.place in new_place
    )
