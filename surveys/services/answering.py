"""Saving, sending and taking back one's own answers.

Locks are taken in one order: wave, response, participation. The wave's lock makes a sending and a closing or
sealing wait for each other; it is held for milliseconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leaderdev.common.refusals import RefusedError
from surveys import keys
from surveys.models import PREFER_NOT, SKIPPED, Instrument, Item, Participation, Response, Wave
from surveys.seats import Seat
from surveys.services import sheets
from surveys.services.freezing import facts_of

# Two pages of writing; more is a book, or somebody testing how much fits.
MOST_LETTERS = 5000
USES = ("analysis", "quotes")


@dataclass(frozen=True)
class Typed:
    """What a page sends: levels or missing kinds by item pk, words by item pk, consent by use."""

    answers: Mapping[int, int] = field(default_factory=dict)
    words: Mapping[int, str] = field(default_factory=dict)
    consent: Mapping[str, bool] = field(default_factory=dict)
    # The language in which the page stood; empty for the instrument's own.
    language: str = ""


def closed_sentence(wave: Wave) -> str:
    """Why the wave takes no answers now; empty when it does."""
    now = timezone.now()
    if wave.is_open_at(now):
        return ""
    if not wave.announced or now < wave.opens_at:
        return _("This survey has not opened yet.")
    return _("This survey is closed and takes no more answers.")


@transaction.atomic
def save_answers(*, seat: Seat, typed: Typed) -> Response:
    """Keep what is typed as a draft; what was sent earlier stays as it is until the draft is sent.

    Raises RefusedError for a closed wave, an item that it does not ask, a level off the scale, or too long a
    text; nothing is stored then.
    """
    wave = _open_wave(seat)
    _check(wave, typed)
    response = _locked(seat) or _begun(seat)
    draft = _draft_of(response, seat)
    merged = {
        "answers": {**draft.get("answers", {}), **{str(pk): value for pk, value in typed.answers.items()}},
        "words": {**draft.get("words", {}), **{str(pk): _clean(text) for pk, text in typed.words.items()}},
        "consent": {**draft.get("consent", {}), **typed.consent},
    }
    if merged != draft:
        if seat.blind:
            sheets.put(response, seat.sheet, merged)
        else:
            response.draft = merged
        response.save(update_fields=["draft", "aside"])
    _freeze(wave.survey.instrument, typed.language)
    return response


def _freeze(instrument: Instrument, language: str) -> None:
    """The wording stays from here on, and that of the language it was read in."""
    if not instrument.is_frozen:
        Instrument.objects.filter(pk=instrument.pk).update(is_frozen=True)
    if language and language not in instrument.answered_in:
        locked = Instrument.objects.select_for_update().get(pk=instrument.pk)
        # Sorted, and without a number: it says that there is an answer, not whose or how many.
        locked.answered_in = sorted({*locked.answered_in, language})
        locked.save(update_fields=["answered_in"])


def _draft_of(response: Response, seat: Seat) -> dict[str, Any]:
    return sheets.content(response, seat.sheet) if seat.blind else response.draft or {}


@transaction.atomic
def send(*, seat: Seat, typed: Typed | None = None) -> Response:
    """Confirm everything typed so far, `typed` last; one response, however often it is sent.

    Statements without an answer are stored as skipped. Raises RefusedError where nothing is answered at all.
    With a personal code only the sheet of this sitting is sent, and where something was sent before it waits
    aside until its owner says that it was her.
    """
    response = save_answers(seat=seat, typed=typed or Typed())
    wave, draft = seat.wave, _draft_of(response, seat)
    before = Response(wave=wave) if seat.blind else response
    answers = {**before.answers, **draft.get("answers", {})}
    words = {**before.words, **draft.get("words", {})}
    words = {pk: text for pk, text in words.items() if text}
    if not words and not any(value > 0 for value in answers.values()):
        raise RefusedError(
            _("Nothing is answered yet. Answer one statement at least, or say no to the survey.")
        )
    if seat.blind and not sheets.may_confirm(response, seat.sheet):
        sheets.mark(response, seat.sheet, sheets.WAITING)
        response.save(update_fields=["aside"])
        return response
    asked = _asked(wave)
    answers = {str(pk): answers.get(str(pk), SKIPPED) for pk, item in asked.items() if item.scale_id}
    consent = draft.get("consent", {})
    may_ask = bool(wave.survey.instrument.consent_text)
    response.answers, response.words, response.sent = answers, words, True
    response.consent_analysis = may_ask and consent.get("analysis", before.consent_analysis)
    response.consent_quotes = may_ask and consent.get("quotes", before.consent_quotes)
    if seat.blind:
        sheets.mark(response, seat.sheet, sheets.COUNTS)
    else:
        response.draft = None
        sheets.outdo(response)
    facts = facts_of(seat.membership, wave)
    response.focus_id, response.changed_focus = facts.focus, facts.changed
    response.role_group, response.school_level = facts.role_group, facts.school_level
    response.save()
    Participation.objects.update_or_create(
        wave=wave, membership=seat.membership, defaults={"done": True, "excused": False}
    )
    return response


@transaction.atomic
def settle_sheet(*, seat: Seat, use: bool) -> None:
    """What was sent with the personal code after one's own answers becomes one's draft, or is thrown away."""
    _open_wave(seat)
    response = _locked(seat)
    waiting = sheets.waiting(response) if response is not None and not seat.blind else None
    if response is None or waiting is None:
        raise RefusedError(_("Nothing that was sent with your code waits for you."))
    if use:
        response.draft = {name: waiting[name] for name in ("answers", "words", "consent")}
    response.aside = [sheet for sheet in response.aside if sheet["state"] != sheets.WAITING]
    response.save(update_fields=["draft", "aside"])


@transaction.atomic
def decline(*, seat: Seat) -> None:
    """The person would rather not take part: what was typed goes, and nobody reminds her."""
    _open_wave(seat)
    Response.objects.filter(wave=seat.wave, pairing_key=_key(seat), sent=False).delete()
    there, made = Participation.objects.get_or_create(
        wave=seat.wave, membership=seat.membership, defaults={"excused": True}
    )
    if not made and there.done:
        raise RefusedError(_("Your answers are sent already. You can withdraw them instead."))
    if not made and not there.excused:
        there.excused = True
        there.save(update_fields=["excused"])


@transaction.atomic
def withdraw(*, seat: Seat) -> None:
    """Erase the person's response, open wave or closed, until the survey is sealed."""
    _not_sealed(seat)
    gone, _rows = Response.objects.filter(wave=seat.wave, pairing_key=_key(seat)).delete()
    if not gone:
        raise RefusedError(_("There is no answer of yours to withdraw."))
    Participation.objects.update_or_create(
        wave=seat.wave, membership=seat.membership, defaults={"done": False, "excused": True}
    )


@transaction.atomic
def set_consent(*, seat: Seat, analysis: bool, quotes: bool) -> None:
    """Give or take back consent to research, use by use, until the survey is sealed."""
    _not_sealed(seat)
    response = _locked(seat)
    if response is None or not response.sent:
        raise RefusedError(_("Send your answers first; then decide what a researcher may do with them."))
    response.consent_analysis, response.consent_quotes = analysis, quotes
    response.save(update_fields=["consent_analysis", "consent_quotes"])


def asked_items(wave: Wave) -> list[Item]:
    """Every item that the wave asks, in order, with `scale` and its levels: two queries."""
    rows = Item.objects.filter(section__instrument_id=wave.survey.instrument_id).asked_in_kind(wave.kind)
    return list(rows.select_related("scale").prefetch_related("scale__levels").in_order())


def _asked(wave: Wave) -> dict[int, Item]:
    return {item.pk: item for item in asked_items(wave)}


def _open_wave(seat: Seat) -> Wave:
    """The wave, locked; whether it is open is asked of the row as it stands now."""
    rows = Wave.objects.select_for_update(of=("self",)).select_related("survey__instrument", "program_year")
    wave = rows.get(pk=seat.wave.pk)
    sentence = closed_sentence(wave)
    if sentence:
        raise RefusedError(sentence)
    return wave


def _not_sealed(seat: Seat) -> None:
    seat.wave.survey.refresh_from_db(fields=["sealed"])
    if seat.wave.survey.sealed:
        raise RefusedError(
            _("This survey is sealed: nobody, not even you, can tell any more which answers are yours.")
        )


def _check(wave: Wave, typed: Typed) -> None:
    """Refuses what no page of the wave offers."""
    if set(typed.consent) - set(USES):
        raise ValueError("Consent is for analysis and quotes.")
    if not typed.answers and not typed.words:
        return
    asked = _asked(wave)
    for pk, value in typed.answers.items():
        item = asked.get(pk)
        if item is None or item.scale is None:
            raise RefusedError(
                _("An answer belongs to a statement that this survey does not ask. Nothing was stored.")
            )
        levels = {level.value for level in item.scale.levels.all()}
        if value not in levels | {PREFER_NOT, SKIPPED}:
            raise RefusedError(_("An answer is not on the scale. Nothing was stored; please choose again."))
    for pk, text in typed.words.items():
        item = asked.get(pk)
        if item is None or item.scale is not None:
            raise RefusedError(
                _("A text belongs to a question that this survey does not ask. Nothing was stored.")
            )
        if len(text) > MOST_LETTERS:
            raise RefusedError(
                _("A text is too long: %(most)d letters at most. Nothing was stored.")
                % {"most": MOST_LETTERS}
            )


def _clean(text: str) -> str:
    return text.replace("\x00", "").strip()


def _key(seat: Seat) -> str:
    try:
        return seat.pairing_key()
    except keys.KeyMissingError:
        raise RefusedError(
            _("The key of this survey cannot be read, so nothing was stored. Tell your program lead.")
        ) from None


def _locked(seat: Seat) -> Response | None:
    rows: Any = Response.objects.select_for_update()
    return rows.filter(wave=seat.wave, pairing_key=_key(seat)).first()


def _begun(seat: Seat) -> Response:
    """A new response; or the one that another tab began in this moment."""
    key = _key(seat)
    try:
        with transaction.atomic():
            return Response.objects.create(wave=seat.wave, pairing_key=key)
    except IntegrityError:
        return Response.objects.select_for_update().get(wave=seat.wave, pairing_key=key)
