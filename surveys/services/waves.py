"""Surveys and their waves, from the first plan to the last reminder."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohorts.models import Cohort, Membership
from cohorts.permissions import may_configure_district
from leaderdev.common.dates import moment_in_words
from leaderdev.common.mail.queue import Letter, queue_many
from leaderdev.common.refusals import RefusedError
from surveys.doors import link_of
from surveys.keys import make_key
from surveys.models import Instrument, Survey, Wave
from surveys.models.wave import MOST_REMINDERS
from surveys.permissions import may_run_survey


@transaction.atomic
def start_survey(*, by: Any, cohort: Cohort, instrument: Instrument, title: str) -> Survey:
    """A survey of a cohort with an instrument of its district, and its key file."""
    if not may_configure_district(by, cohort.district):
        raise PermissionDenied
    if instrument.district_id != cohort.district_id:
        raise RefusedError(_("This instrument belongs to another district."))
    survey = Survey.objects.create(
        cohort=cohort, instrument=instrument, title=title, slug=_free_slug(cohort, title)
    )
    make_key(survey.key_name)
    return survey


def _free_slug(cohort: Cohort, title: str) -> str:
    wanted = slugify(title.replace("–", "-"))[:60] or "survey"
    taken = set(Survey.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    if wanted not in taken:
        return wanted
    return next(f"{wanted}-{n}" for n in range(2, len(taken) + 3) if f"{wanted}-{n}" not in taken)


@transaction.atomic
def save_wave(*, by: Any, wave: Wave) -> Wave:
    """A new wave, or new words and times of one that is not over. Raises RefusedError."""
    if not may_run_survey(by, wave.survey):
        raise PermissionDenied
    if wave.survey.sealed:
        raise RefusedError(_("This survey is sealed. Start another one."))
    if wave.pk:
        return _changed(by, wave)
    if wave.closes_at <= wave.opens_at:
        raise RefusedError(_("It must close after it opens."))
    taken = set(wave.survey.waves.values_list("slug", flat=True))
    names = [wave.kind, *(f"{wave.kind}-{n}" for n in range(2, len(taken) + 3))]
    wave.slug = wave.slug or next(name for name in names if name not in taken)
    wave.save()
    return wave


# What people were told stays: of an announced wave only these move.
_ALWAYS = ("title", "closes_at")
_BEFORE_ANNOUNCING = ("kind", "program_year_id", "audience", "opens_at")


def _changed(by: Any, wave: Wave) -> Wave:
    """The stored wave with the words and times of `wave`; what else happened to it meanwhile stays."""
    stored = _locked(by, wave)
    if stored.is_over_at(timezone.now()):
        raise RefusedError(
            _("This wave is over, and its figures may have been read. Plan another one instead.")
        )
    fields = _ALWAYS if stored.announced else _ALWAYS + _BEFORE_ANNOUNCING
    for name in fields:
        setattr(stored, name, getattr(wave, name))
    if stored.closes_at <= stored.opens_at:
        raise RefusedError(_("It must close after it opens."))
    if stored.late_until is not None and stored.late_until <= stored.closes_at:
        until = moment_in_words(stored.late_until, stored.survey.cohort.district.time_zone)
        raise RefusedError(
            _("Late answers are taken until %(until)s. Let it close before that, or move that moment first.")
            % {"until": until}
        )
    stored.save(update_fields=fields)
    return stored


@transaction.atomic
def remove_wave(*, by: Any, wave: Wave) -> None:
    """A wave that nobody was told of can be removed."""
    wave = _locked(by, wave)
    if wave.announced:
        raise RefusedError(_("People were told of this wave. Close it instead."))
    if wave.closed:
        raise RefusedError(_("This wave is closed, and its figures may have been read. It stays."))
    if wave.responses.exists():
        raise RefusedError(_("Answers were read in from a file for this wave. Close it instead."))
    wave.delete()


@transaction.atomic
def announce(*, by: Any, wave: Wave, now: datetime.datetime | None = None) -> int:
    """Tell everyone who is asked, once; the first wave fixes the smallest group. Returns the mails."""
    wave = _locked(by, wave)
    if wave.announced:
        raise RefusedError(_("This wave is announced already."))
    if wave.closed:
        raise RefusedError(_("This wave is closed. Plan another one."))
    if wave.last_moment <= (now or timezone.now()):
        raise RefusedError(_("This wave would be over before anybody could answer. Change its times first."))
    people = list(wave.invited().current().by_name())
    if not people:
        raise RefusedError(_("Nobody is asked by this wave. Add members to the cohort first."))
    if wave.survey.smallest_group is None:
        wave.survey.smallest_group = wave.program_year.smallest_group_shown
        wave.survey.save(update_fields=["smallest_group"])
    wave.announced = True
    wave.save(update_fields=["announced"])
    _write(wave, people, kind="survey_open", key="survey-open")
    return len(people)


@transaction.atomic
def remind(*, by: Any, wave: Wave) -> int:
    """One mail to everyone who has neither answered nor declined; two such rounds at most."""
    wave = _locked(by, wave)
    sentence = reminder_refusal(wave)
    if sentence:
        raise RefusedError(sentence)
    people = not_answered(wave)
    if not people:
        raise RefusedError(_("Everybody has answered. There is nobody to remind."))
    wave.reminders_sent += 1
    wave.save(update_fields=["reminders_sent"])
    _write(wave, people, kind="survey_reminder", key=f"survey-reminder-{wave.reminders_sent}")
    return len(people)


def reminder_refusal(wave: Wave) -> str:
    """Why nobody can be reminded now; empty when it is possible."""
    if not wave.is_open_at(timezone.now()):
        return _("The wave is not open, so nobody is reminded.")
    if wave.reminders_sent >= MOST_REMINDERS:
        return _("Two reminders have gone out. That is enough.")
    return ""


def not_answered(wave: Wave) -> list[Membership]:
    """Who is asked and has neither sent answers nor said no; for reminders, by name."""
    settled = wave.participations.filter(done=True) | wave.participations.filter(excused=True)
    # By person: a role that was added since must not ask her again.
    return list(wave.invited().current().exclude(leader__in=settled.values("membership__leader")).by_name())


@transaction.atomic
def allow_late(*, by: Any, wave: Wave, until: datetime.datetime | None) -> None:
    """Take answers after the closing time, up to an aware instant; None takes it back.

    Only until the wave is over (docs/decisions/a-wave-that-is-over-stays-over.md).
    """
    wave = _locked(by, wave)
    if wave.is_over_at(timezone.now()):
        raise RefusedError(
            _(
                "This wave is over, and its figures may have been read. A few answers more would show by the "
                "difference what those few said. Next time allow late answers before the wave closes."
            )
        )
    if until is not None and until <= wave.closes_at:
        raise RefusedError(_("Late answers end after the closing time."))
    wave.late_until = until
    wave.save(update_fields=["late_until"])


def _locked(by: Any, wave: Wave) -> Wave:
    rows = Wave.objects.select_for_update(of=("self",))
    found = rows.select_related("survey__cohort__district", "program_year").get(pk=wave.pk)
    if not may_run_survey(by, found.survey):
        raise PermissionDenied
    return found


def _write(wave: Wave, people: list[Membership], *, kind: str, key: str) -> None:
    letters = [_letter(wave, member, f"{key}:{wave.pk}:{member.pk}") for member in people]
    # The link opens the person's own answers, so the text is emptied once it is sent.
    reply_to = wave.survey.cohort.district.contact_email or None
    queue_many(
        kind=kind,
        letters=letters,
        reply_to=reply_to,
        secret=True,
        useful_until=wave.late_until or wave.closes_at,
    )


def _letter(wave: Wave, member: Membership, key: str) -> Letter:
    user = member.leader.user
    path = reverse("surveys:link", args=[link_of(wave, member)])
    return Letter(
        to=user.email,
        key=key,
        language=user.language,
        context={
            "greeting": user.get_short_name(),
            "survey": wave.survey.title,
            "cohort": wave.survey.cohort.name,
            "closes_at": wave.closes_at,
            "zone": wave.survey.cohort.district.time_zone,
            "button_url": f"{settings.SITE_URL}{path}",
            "button_label": gettext_lazy("Open the survey"),
            "why": gettext_lazy("You get this mail because you belong to the cohort that is asked."),
        },
    )
