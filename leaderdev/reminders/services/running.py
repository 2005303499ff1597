"""What those who run a program decide about its mail: holding, kinds and days, words, trying again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from cohorts.models import Cohort
from leaderdev.reminders.kinds import by_name
from leaderdev.reminders.kinds.base import MOST_DAYS
from leaderdev.reminders.models import CohortMail, KindSwitch, MailText, Reminder
from leaderdev.reminders.permissions import may_run_mail
from leaderdev.reminders.placeholders import check


@dataclass(frozen=True)
class Wish:
    """What a cohort wants of one kind: sent or not, and days by stage."""

    is_on: bool
    days: Mapping[str, int] = field(default_factory=dict)


def _allow(by: Any, cohort: Cohort) -> None:
    if not may_run_mail(by, cohort):
        raise PermissionDenied


@transaction.atomic
def hold(*, by: Any, cohort: Cohort) -> None:
    """Let nothing leave until it is released. Mail about signing in is no part of it."""
    _allow(by, cohort)
    CohortMail.objects.get_or_create(cohort=cohort, defaults={"held_at": timezone.now(), "held_by": by})


@transaction.atomic
def release(*, by: Any, cohort: Cohort) -> int:
    """Let mail leave again; returns how many rows wait. What is of no use any more is dropped later."""
    _allow(by, cohort)
    CohortMail.objects.filter(cohort=cohort).delete()
    return Reminder.objects.of_cohort(cohort).unsent().filter(until__gt=timezone.now()).count()


@transaction.atomic
def set_wishes(*, by: Any, cohort: Cohort, wishes: Mapping[str, Wish]) -> None:
    """Kinds on and off, and their days; a value that is the usual one is not stored."""
    _allow(by, cohort)
    for name, wish in wishes.items():
        kind = by_name(name)
        usual = {stage.name: stage.timing.days for stage in kind.stages if stage.days_of}
        days = {
            stage: max(0, min(MOST_DAYS, number))
            for stage, number in wish.days.items()
            if stage in usual and usual[stage] != number
        }
        if wish.is_on and not days:
            KindSwitch.objects.filter(cohort=cohort, kind=name).delete()
        else:
            KindSwitch.objects.update_or_create(
                cohort=cohort, kind=name, defaults={"is_on": wish.is_on, "days": days}
            )


@transaction.atomic
def try_again(*, by: Any, reminder: Reminder) -> bool:
    """Give a failed mail another round of attempts; False when it is of no use any more or not failed."""
    _allow(by, reminder.program_year.cohort)
    now = timezone.now()
    failed = Reminder.objects.failed().filter(pk=reminder.pk, until__gt=now)
    return bool(failed.update(state=Reminder.State.DUE, attempts=0, next_attempt_at=now, reason=""))


@transaction.atomic
def save_text(*, by: Any, cohort: Cohort, kind: str, subject: str, body: str) -> MailText:
    """The district's own words for a kind. Raises BadTextError where they would not come out as meant."""
    _allow(by, cohort)
    known = [*by_name(kind).placeholders, "greeting"]
    check(subject, known)
    check(body, known)
    text, _made = MailText.objects.update_or_create(
        district=cohort.district,
        kind=kind,
        defaults={"subject": " ".join(subject.split()), "body": body.strip(), "changed_by": by},
    )
    return text


@transaction.atomic
def restore_text(*, by: Any, cohort: Cohort, kind: str) -> bool:
    """Back to the program's own words; False when they were in use already."""
    _allow(by, cohort)
    return bool(MailText.objects.filter(district=cohort.district, kind=kind).delete()[0])
