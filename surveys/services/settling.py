"""Closing a wave and sealing a survey: the ledgers lose whatever order could join them."""

from __future__ import annotations

import secrets
import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leaderdev.common.refusals import RefusedError
from surveys import keys
from surveys.handing_out import safe_rows
from surveys.models import Participation, Response, Survey, Wave
from surveys.permissions import may_run_survey

_CHUNK = 1000


@transaction.atomic
def close_wave(*, by: Any, wave: Wave) -> Wave:
    """No more answers. Drafts are erased and both ledgers written anew in shuffled order."""
    if not may_run_survey(by, wave.survey):
        raise PermissionDenied
    wave = (
        Wave.objects.select_for_update(of=("self",)).select_related("survey", "program_year").get(pk=wave.pk)
    )
    if wave.closed:
        raise RefusedError(_("This wave is closed already."))
    # Answers from a file come without an announcement, and their figures too wait until nothing more comes.
    if not wave.announced and not wave.responses.exists():
        raise RefusedError(_("This wave was never announced, so there is nothing to close."))
    if wave.survey.smallest_group is None:
        wave.survey.smallest_group = wave.program_year.smallest_group_shown
        wave.survey.save(update_fields=["smallest_group"])
    settle_wave(wave)
    return wave


def settle_wave(wave: Wave) -> None:
    """Close without asking who, for the clock, once the last moment has passed. Asks for a transaction."""
    wave.responses.filter(sent=False).delete()
    wave.responses.update(draft=None, aside=[])
    wave.closed = True
    wave.save(update_fields=["closed"])
    _rewrite(Response, list(wave.responses.all()))
    _rewrite(Participation, list(wave.participations.all()))


@transaction.atomic
def seal(*, by: Any, survey: Survey) -> Survey:
    """From here on nobody can link a response to a person. Cannot be undone.

    Raises RefusedError while a wave can still be answered: whoever came later could no longer be paired.
    """
    if not may_run_survey(by, survey):
        raise PermissionDenied
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    if survey.sealed:
        raise RefusedError(_("This survey is sealed already."))
    now = timezone.now()
    waves = list(survey.waves.select_related("survey"))
    if any(not wave.is_over_at(now) for wave in waves):
        raise RefusedError(
            _("A wave of this survey is still open, or planned. Close or remove it first, then seal.")
        )
    for wave in waves:
        if not wave.closed:
            settle_wave(wave)
    _rewrite(Response, _unlinked(survey))
    _rewrite(Participation, list(Participation.objects.filter(wave__survey=survey)))
    survey.sealed = True
    survey.save(update_fields=["sealed"])
    transaction.on_commit(lambda: keys.destroy_key(survey.key_name))
    return survey


def _unlinked(survey: Survey) -> list[Response]:
    """The responses under random pairing keys, the same in all waves of a person, with coarse facts only.

    Whoever is told apart by the waves that were answered is paired no longer: the first ledger knows who
    answered which.
    """
    found = []
    responses = Response.objects.filter(wave__survey=survey)
    for row in safe_rows(responses, survey.smallest_group or 5):
        fresh = secrets.token_hex(keys.PAIRING_LETTERS // 2)
        for response, facts in row.values():
            response.pairing_key = fresh
            response.focus_id, response.changed_focus = facts.focus, facts.changed
            response.role_group, response.school_level = facts.role_group, facts.school_level
            found.append(response)
    return found


def _rewrite(model: Any, rows: list[Any]) -> None:
    """Remove and store again under new ids, in an order drawn by the machine's own noise."""
    model.objects.filter(pk__in=[row.pk for row in rows]).delete()
    for row in rows:
        row.pk = uuid.uuid4()
        row._state.adding = True
    secrets.SystemRandom().shuffle(rows)
    model.objects.bulk_create(rows, batch_size=_CHUNK)
