"""Two-minute feedback at the end of a session: a wave of a survey that points at the session.

Figures are shown only once the wave is over and only for the smallest group on: while answers come in one by
one, the difference between two looks would be one person's answer.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.models import LearningSession, Membership, ProgramYear
from cohorts.permissions import may_edit_sessions, may_run_sessions
from leaderdev.common.refusals import RefusedError
from surveys import keys
from surveys.models import AnswerLevel, AnswerScale, Instrument, Item, Section, Survey, Wave
from surveys.seats import Seat
from surveys.services.answering import Typed, send
from surveys.services.settling import settle_wave
from surveys.sums import sums_of, words_said

USEFUL, ENGAGED, CHANGE = "useful", "engaged", "change"
# From the last minutes of the session on; three days later few remember what was said.
OPENS_BEFORE = datetime.timedelta(minutes=30)
KEPT_OPEN = datetime.timedelta(days=3)
# "Clearly" and "very much".
HIGH = 3


@dataclass(frozen=True)
class Figure:
    """One statement in sum: counts by level from the lowest, and the share of the upper two in per cent."""

    text: str
    labels: tuple[str, ...]
    counts: tuple[int, ...]

    @property
    def n(self) -> int:
        return sum(self.counts)

    @property
    def high_percent(self) -> int:
        return round(100 * sum(self.counts[HIGH - 1 :]) / self.n) if self.n else 0


@dataclass(frozen=True)
class Feedback:
    """What the page may show: `figures` and `words` are empty until enough people answered and it is over."""

    wave: Wave
    invited: int
    answered: int
    smallest: int
    over: bool
    figures: tuple[Figure, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def shown(self) -> bool:
        return bool(self.figures)


def wave_of(session: LearningSession) -> Wave | None:
    return (
        Wave.objects.filter(learning_session=session)
        .select_related("survey__instrument", "program_year")
        .first()
    )


@transaction.atomic
def ask_for_feedback(*, by: Any, session: LearningSession) -> Wave:
    """Open the two-minute feedback of a session to its participants; asking again gives the same wave."""
    year = session.program_year
    if not may_edit_sessions(by, year):
        raise PermissionDenied
    # Two facilitators at once: the second finds what the first has made.
    LearningSession.objects.select_for_update(no_key=True).get(pk=session.pk)
    there = wave_of(session)
    if there is not None:
        return there
    return open_wave(session)


def open_wave(session: LearningSession) -> Wave:
    """The wave itself, without asking who; the demo stores its past with it."""
    year = session.program_year
    survey = _survey_of(year)
    return Wave.objects.create(
        survey=survey,
        program_year=year,
        kind=Wave.Kind.OTHER,
        title=session.title,
        slug=f"session-{session.number}",
        audience=Wave.Audience.PARTICIPANTS,
        learning_session=session,
        opens_at=session.ends_at - OPENS_BEFORE,
        closes_at=session.ends_at + KEPT_OPEN,
        announced=True,
    )


@transaction.atomic
def end_feedback(*, by: Any, session: LearningSession) -> Wave:
    """No more answers, so that the sum can be read before the three days are over."""
    if not may_edit_sessions(by, session.program_year):
        raise PermissionDenied
    wave = wave_of(session)
    if wave is None:
        raise RefusedError(_("Nobody was asked for feedback on this session."))
    locked = Wave.objects.select_for_update(of=("self",)).select_related("survey").get(pk=wave.pk)
    if not locked.closed:
        settle_wave(locked)
    return locked


def answer(*, by: Any, session: LearningSession, useful: int, engaged: int, change: str) -> None:
    """Send one participant's answers; sending again replaces them while the wave is open."""
    wave, member = wave_of(session), _participant(session, by)
    if wave is None or member is None:
        raise RefusedError(_("Nobody was asked for feedback on this session."))
    items = {item.code: item.pk for item in Item.objects.filter(section__instrument=wave.survey.instrument)}
    typed = Typed(answers={items[USEFUL]: useful, items[ENGAGED]: engaged}, words={items[CHANGE]: change})
    send(seat=Seat(wave, member), typed=typed)


def _participant(session: LearningSession, by: Any) -> Membership | None:
    mine = Membership.objects.current().of_person(by).participants()
    return mine.filter(cohort_id=session.program_year.cohort_id).select_related("leader__user").first()


def has_answered(by: Any, wave: Wave) -> bool:
    return wave.participations.filter(membership__leader__user_id=by.pk, done=True).exists()


def may_read_feedback(user: Any, session: LearningSession) -> bool:
    """Those who run the sessions read feedback, in sum."""
    return may_run_sessions(user, session.program_year)


def figures_of(waves: Sequence[Wave], now: datetime.datetime | None = None) -> dict[int, tuple[Figure, ...]]:
    """Wave → figures, only of waves that may be shown; the same number of queries for one wave and for many.

    The waves are of one program year. A statement that fewer than the smallest group answered has no counts.
    """
    now = now or timezone.now()
    found = {}
    for wave, sums in sums_of(waves).items():
        row = next(each for each in waves if each.pk == wave)
        smallest = smallest_of(row)
        if sums.answered < smallest or not row.is_over_at(now):
            continue
        found[wave] = tuple(
            Figure(item.text, item.levels, counts if sum(counts) >= smallest else ())
            for item, counts in zip(sums.items, sums.counts, strict=True)
        )
    return found


def smallest_of(wave: Wave) -> int:
    return max(wave.survey.smallest_group or 0, wave.program_year.smallest_group_shown)


def read(wave: Wave, now: datetime.datetime | None = None) -> Feedback:
    """What the page of one session may show."""
    now = now or timezone.now()
    smallest = smallest_of(wave)
    figures = figures_of([wave], now).get(wave.pk, ())
    # The texts of fewer people than the smallest group could be told apart by their way of writing.
    words = tuple(words_said(wave, CHANGE)) if figures else ()
    return Feedback(
        wave=wave,
        invited=wave.invited().count(),
        answered=wave.participations.filter(done=True).count(),
        smallest=smallest,
        over=wave.is_over_at(now),
        figures=figures,
        words=words if len(words) >= smallest else (),
    )


def _survey_of(year: ProgramYear) -> Survey:
    """One survey a cohort and year: answers can be paired within the year and no farther."""
    slug = f"exit-{year.cohort.slug}-{year.slug}"[:80]
    there = Survey.objects.filter(cohort=year.cohort, slug=slug).first()
    if there is not None:
        return there
    survey = Survey.objects.create(
        cohort=year.cohort,
        instrument=_instrument_of(year),
        title=_("Feedback on sessions, %(year)s") % {"year": year.label},
        slug=slug,
        smallest_group=year.smallest_group_shown,
    )
    keys.make_key(survey.key_name)
    return survey


def _instrument_of(year: ProgramYear) -> Instrument:
    """The district's three questions, made once; a district may reword a copy for its own use."""
    district = year.cohort.district
    there = Instrument.objects.filter(district=district, slug="exit-feedback", version=1).first()
    if there is not None:
        return there
    instrument = Instrument.objects.create(
        district=district,
        slug="exit-feedback",
        title=_("Two minutes at the end of a session"),
        kind=Instrument.Kind.SESSION,
        purpose=_("So that the next session is more useful than this one."),
        language=district.language,
    )
    scale = AnswerScale.objects.create(instrument=instrument, name=_("How much"))
    labels = (_("not at all"), _("a little"), _("clearly"), _("very much"))
    AnswerLevel.objects.bulk_create(
        AnswerLevel(scale=scale, value=value, label=label) for value, label in enumerate(labels, start=1)
    )
    section = Section.objects.create(instrument=instrument, position=1, title=_("This session"))
    Item.objects.create(
        section=section, position=1, code=USEFUL, scale=scale, text=_("It was useful for my practice.")
    )
    Item.objects.create(
        section=section,
        position=2,
        code=ENGAGED,
        scale=scale,
        text=_("I was thinking hard most of the time."),
    )
    Item.objects.create(
        section=section, position=3, code=CHANGE, kind=Item.Kind.OPEN, text=_("What should we change?")
    )
    return instrument
