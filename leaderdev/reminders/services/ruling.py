"""The one rule for mail that the apps queue themselves: hours, school days, held cohorts, people's choices.

settings.MAIL_RULE names it; leaderdev.common.mail asks it when a mail is written, and again when it leaves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from cohorts.models import Membership, ProgramYear
from leaderdev.accounts.models import User
from leaderdev.common.mail.rules import Manners, Ruling
from leaderdev.common.models import OutgoingMail
from leaderdev.reminders.book import Book, YearFacts
from leaderdev.reminders.clock import ALWAYS, DIGEST_AFTER, day_of, is_allowed, next_allowed, next_morning
from leaderdev.reminders.models import CohortMail, KindChoice
from leaderdev.reminders.notices import Notice, of_mail
from leaderdev.reminders.stopping import address

State = OutgoingMail.State
Delivery = User.Delivery
INVITATION = "invitation"
# A held cohort's mail is looked at again after this; released, it leaves a little later.
HELD = dt.timedelta(minutes=10)


@dataclass(frozen=True)
class Reader:
    """Who gets a mail, what she has stopped, and the program year whose days she keeps (None: nobody's)."""

    person: User
    stopped: frozenset[str]
    year: YearFacts | None
    held: bool


class Wishes:
    """MAIL_RULE of a real installation."""

    def manners(self, kind: str, addresses: Sequence[str]) -> Mapping[str, Manners]:
        """One query for any number of addresses; none for a kind that cannot be stopped."""
        notice = of_mail(kind)
        if notice is None:
            return dict.fromkeys(addresses, Manners())
        always = {
            "required": notice.required,
            "choices_url": settings.SITE_URL + reverse("reminders:choices"),
        }
        if notice.name == INVITATION:
            # Who has not come in yet has no page of choices to open.
            return dict.fromkeys(addresses, Manners())
        if notice.required:
            return dict.fromkeys(addresses, Manners(context=always))
        keys = _people(addresses)
        found = {}
        for each in addresses:
            person = keys.get(each.strip().lower())
            stop = address(person.pk, notice.name) if person else ""
            headers = {
                "List-Unsubscribe": f"<{stop}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            }
            found[each] = Manners(headers if stop else {}, {**always, "stop_url": stop})
        return found

    def judge(self, mails: Sequence[OutgoingMail], *, now: dt.datetime) -> Mapping[int, Ruling]:
        """Asks nothing where no mail is a notice; else the same few queries for any batch."""
        asked = [(mail, notice) for mail in mails if (notice := of_mail(mail.kind)) is not None]
        readers = readers_of(
            {mail.to_address for mail, _notice in asked}, {notice.name for _, notice in asked}
        )
        rulings = {}
        for mail, notice in asked:
            reader = readers.get(mail.to_address)
            # An address that is nobody's any more (it was changed) has no wishes: a calendar waits there.
            ruling = _ruling(mail, notice, reader, now) if reader else None
            if ruling is not None:
                rulings[mail.pk] = ruling
        return rulings


def _ruling(mail: OutgoingMail, notice: Notice, reader: Reader, now: dt.datetime) -> Ruling | None:
    """What becomes of one mail; None when it leaves now."""
    person, year = reader.person, reader.year
    if notice.name == INVITATION and mail.needed_by is not None:
        # The person has asked for it and waits in front of the page: it is a matter of signing in.
        return None
    if not person.is_active or (mail.useful_until and mail.useful_until <= now):
        return Ruling(State.UNWANTED)
    if not notice.required and (notice.name in reader.stopped or person.delivery == Delivery.REQUIRED):
        return Ruling(State.UNWANTED)
    if reader.held:
        return Ruling(State.QUEUED, now + HELD)
    if (
        person.delivery == Delivery.DAILY
        and year is not None
        and _fits_a_daily_mail(mail, notice, reader, now)
    ):
        return Ruling(State.GATHERED)
    return _hours(mail, person.time_zone, year, now)


def _fits_a_daily_mail(mail: OutgoingMail, notice: Notice, reader: Reader, now: dt.datetime) -> bool:
    """Not what carries a link or an entry of its own, nor what would come too late there."""
    if notice.alone or mail.secret or mail.calendar:
        return False
    school = reader.year.school if reader.year else ALWAYS
    leaves = next_morning(now, reader.person.time_zone, school) + DIGEST_AFTER
    return mail.needed_by is None or leaves < mail.needed_by


def _hours(mail: OutgoingMail, zone: str, year: YearFacts | None, now: dt.datetime) -> Ruling | None:
    """Never at night, never on a day without school; unless the thing itself is then, or comes before."""
    school = year.school if year else ALWAYS
    thing_on = day_of(mail.needed_by, zone) if mail.needed_by else None
    if is_allowed(now, zone, school, thing_on):
        return None
    morning = next_allowed(now, zone, school, thing_on)
    if mail.needed_by and mail.needed_by <= morning:
        return None
    return Ruling(State.QUEUED, morning)


def _people(addresses: Iterable[str]) -> dict[str, User]:
    wanted = {each.strip().lower() for each in addresses}
    return {person.email.lower(): person for person in User.objects.filter(email__in=wanted)}


def readers_of(addresses: Iterable[str], names: Iterable[str]) -> dict[str, Reader]:
    """By address, those who are known here, with what they have stopped of the named kinds."""
    people = _people(addresses) if (addresses := set(addresses)) else {}
    if not people:
        return {}
    keys = {person.pk for person in people.values()}
    stopped: dict[int, set[str]] = {}
    choices = KindChoice.objects.filter(person__in=keys, kind__in=set(names), wanted=False)
    for key, kind in choices.values_list("person_id", "kind"):
        stopped.setdefault(key, set()).add(kind)
    years = years_of(keys)
    book = Book()
    book.years(years.values())
    held = set(CohortMail.objects.values_list("cohort_id", flat=True))
    found = {}
    for email, person in people.items():
        year = book.year(years[person.pk]) if person.pk in years else None
        mine = frozenset(stopped.get(person.pk, ()))
        found[email] = Reader(person, mine, year, year is not None and year.cohort_id in held)
    return found


def years_of(people: Iterable[int]) -> dict[int, int]:
    """The open program year of each person; of several the one that began last."""
    rows = Membership.objects.current().filter(
        leader__user__in=set(people), cohort__years__state=ProgramYear.State.OPEN
    )
    ordered = rows.order_by("cohort__years__starts_on", "cohort__years__pk")
    return dict(ordered.values_list("leader__user_id", "cohort__years__pk"))
