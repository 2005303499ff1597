"""What a person wants to hear of: stopping a kind, wanting it again, one digest a day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from leaderdev.accounts.models import User
from leaderdev.reminders.letters import DIGEST
from leaderdev.reminders.models import KindChoice
from leaderdev.reminders.topics import find, stoppable


class UnknownKindError(Exception):
    """A kind that does not exist or cannot be stopped."""


@transaction.atomic
def stop(*, person: Any, kind: str) -> None:
    """No more mail of this kind; stopping the digest leaves what the program requires.

    A second call changes nothing: mail programs send the request more than once. Raises UnknownKindError.
    """
    if kind == DIGEST:
        User.objects.filter(pk=person.pk).update(delivery=User.Delivery.REQUIRED)
        return
    found = find(kind)
    if found is None or found.required:
        raise UnknownKindError
    KindChoice.objects.update_or_create(person_id=person.pk, kind=kind, defaults={"wanted": False})


@transaction.atomic
def want_again(*, person: Any, kind: str) -> None:
    """Undo a stop. Raises UnknownKindError."""
    if kind == DIGEST:
        User.objects.filter(pk=person.pk).update(delivery=User.Delivery.DAILY)
        return
    if find(kind) is None:
        raise UnknownKindError
    KindChoice.objects.update_or_create(person_id=person.pk, kind=kind, defaults={"wanted": True})


@transaction.atomic
def choose(*, by: Any, delivery: str, wanted: Iterable[str]) -> None:
    """A person's own choices, all at once: how mail comes, and which of the kinds that can be stopped."""
    by.delivery = User.Delivery(delivery)
    by.save(update_fields=["delivery"])
    wanted = set(wanted)
    for topic in stoppable():
        KindChoice.objects.update_or_create(
            person_id=by.pk, kind=topic.name, defaults={"wanted": topic.name in wanted}
        )


def stopped_by(person: Any) -> set[str]:
    return set(KindChoice.objects.filter(person_id=person.pk, wanted=False).values_list("kind", flat=True))
