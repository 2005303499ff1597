"""Answering a wave, page by page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from leaderdev.common.dates import moment_in_words
from leaderdev.common.refusals import RefusedError
from surveys.drawing import likert
from surveys.keys import KeyMissingError
from surveys.models import Participation
from surveys.pages import Page, Texts, pages_of_wave
from surveys.seats import Seat
from surveys.services import sheets
from surveys.services.answering import (
    MOST_LETTERS,
    Typed,
    closed_sentence,
    save_answers,
    send,
)
from surveys.translating import readable_in
from surveys.views.loading import SEAT, SignInFirstError, leave_seat, load_seat

# In the browser’s session: the language in which somebody reads questionnaires.
LANGUAGE = "survey_language"


def seated(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hands the view a Seat instead of a number; whoever has none is sent to the door."""

    @wraps(view)
    def guarded(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        try:
            seat = load_seat(request, pk)
        except SignInFirstError as first:
            if request.headers.get("X-Autosave"):
                return JsonResponse({"sign_in": first.answer["Location"]}, status=401)
            return first.answer
        return view(request, seat, **kwargs)

    return guarded


class Standing:
    """What the person has given so far: what was sent, with the draft laid over it.

    Of a blind seat nothing: whoever handed out the code must not even learn whether it was used before.
    """

    def __init__(self, seat: Seat) -> None:
        try:
            self.response = None if seat.blind else seat.response()
        except KeyMissingError:
            self.response = None
        draft = (self.response.draft if self.response else None) or {}
        sent = self.response if self.response else None
        self.sent = bool(sent and sent.sent)
        self.has_draft = bool(draft)
        self.waits = bool(sent and sheets.waiting(sent))
        self.answers = {**(sent.answers if sent else {}), **draft.get("answers", {})}
        self.words = {**(sent.words if sent else {}), **draft.get("words", {})}
        consent = draft.get("consent", {})
        self.analysis = consent.get("analysis", bool(sent and sent.consent_analysis))
        self.quotes = consent.get("quotes", bool(sent and sent.consent_quotes))


def _answered(page: Page, standing: Standing) -> int:
    kept = {pk: value for pk, value in standing.answers.items() if value != -2}
    return page.answered(kept, standing.words)


def texts_for(request: HttpRequest, seat: Seat) -> Texts:
    """In the language that was chosen on the first page, else that of the person's pages."""
    return Texts(seat.wave.survey.instrument, request.session.get(LANGUAGE, ""))


def frame(request: HttpRequest, seat: Seat, texts: Texts | None = None) -> dict[str, Any]:
    wave = seat.wave
    texts = texts or texts_for(request, seat)
    zone = wave.survey.cohort.district.time_zone
    return {
        "wave": wave,
        "survey": wave.survey,
        "around": texts.around(),
        "language": texts.language,
        "seat": seat,
        "name": seat.membership.leader.user,
        "until": moment_in_words(wave.last_moment, zone),
        "closed_sentence": closed_sentence(wave),
    }


@require_safe
@seated
def wave_start(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The cover: what it is for, who sees what, how far one is, and the ways out."""
    standing = Standing(seat)
    chosen = request.GET.get("language", "")
    languages = readable_in(seat.wave.survey.instrument)
    if chosen in dict(languages):
        request.session[LANGUAGE] = chosen
    texts = texts_for(request, seat)
    pages = pages_of_wave(seat.wave, texts)
    known = Participation.objects.filter(wave=seat.wave, membership=seat.membership)
    there = None if seat.blind else known.first()
    rows = [{"page": page, "done": _answered(page, standing), "total": len(page.questions)} for page in pages]
    first_open = next((row["page"].number for row in rows if row["done"] < row["total"]), None)
    context = {
        **frame(request, seat, texts),
        "languages": languages if len(languages) > 1 else [],
        "rows": rows,
        "go_on_at": first_open or 1,
        "begun": bool(standing.answers or standing.words),
        "all_done": first_open is None,
        "standing": standing,
        "excused": bool(there and there.excused),
    }
    return render(request, "surveys/wave_start.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def wave_page(request: HttpRequest, seat: Seat, number: int) -> HttpResponse:
    """One section. A post saves it and goes on; with X-Autosave it answers in JSON and stays."""
    texts = texts_for(request, seat)
    pages = pages_of_wave(seat.wave, texts)
    page = next((page for page in pages if page.number == number), None)
    if page is None:
        raise Http404
    quiet = bool(request.headers.get("X-Autosave"))
    if request.method != "POST":
        if quiet:
            return JsonResponse({"token": get_token(request)})
        return _draw(request, seat, texts, pages, page)
    try:
        save_answers(seat=seat, typed=replace(_typed(request, page), language=texts.translated_into))
    except RefusedError as refusal:
        if quiet:
            return JsonResponse({"sentence": str(refusal)}, status=422)
        return _draw(request, seat, texts, pages, page, refused=refusal.sentences)
    if quiet:
        zone = seat.wave.survey.cohort.district.time_zone
        saved = moment_in_words(timezone.now(), zone).rpartition(", ")[2]
        return JsonResponse({"saved": _("Saved %(time)s") % {"time": saved}})
    if "later" in request.POST:
        return redirect("surveys:wave", pk=seat.wave.pk)
    if number < len(pages):
        return redirect("surveys:page", pk=seat.wave.pk, number=number + 1)
    return redirect("surveys:send", pk=seat.wave.pk)


def _typed(request: HttpRequest, page: Page) -> Typed:
    """What the form holds of the page's own questions; foreign names are refused by the service."""
    answers: dict[int, int] = {}
    words: dict[int, str] = {}
    for name, value in request.POST.items():
        kind, pk = name[:1], name[1:]
        if kind not in ("i", "w") or not pk.isdecimal() or len(pk) > 15:
            continue
        if kind == "w":
            words[int(pk)] = str(value)
        else:
            answers[int(pk)] = _level(str(value))
    return Typed(answers, words)


def _level(value: str) -> int:
    """The level, or 0, which is on no scale."""
    sign, digits = (-1, value[1:]) if value.startswith("-") else (1, value)
    return sign * int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 3 else 0


def _draw(
    request: HttpRequest,
    seat: Seat,
    texts: Texts,
    pages: list[Page],
    page: Page,
    refused: list[str] | None = None,
) -> HttpResponse:
    standing = Standing(seat)
    answers, words = standing.answers, dict(standing.words)
    if refused:
        typed = _typed(request, page)
        answers = {**answers, **{str(pk): value for pk, value in typed.answers.items()}}
        words |= {str(pk): text for pk, text in typed.words.items()}
    drawn = [
        {
            "question": question,
            "number": place,
            "likert": likert(question, place, answers.get(str(question.pk))) if question.levels else "",
            "words": words.get(str(question.pk), ""),
        }
        for place, question in enumerate(page.questions, start=1)
    ]
    context = {
        **frame(request, seat, texts),
        "page": page,
        "pages": len(pages),
        "back": page.number - 1,
        "drawn": drawn,
        "refused": refused or [],
        "most_letters": MOST_LETTERS,
    }
    return render(request, "surveys/wave_page.html", context, status=422 if refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def wave_send(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What is still open, research consent, and the one button that confirms."""
    if request.method == "POST":
        consent = {"analysis": "analysis" in request.POST, "quotes": "quotes" in request.POST}
        asks = bool(seat.wave.survey.instrument.consent_text)
        try:
            send(seat=seat, typed=Typed(consent=consent if asks else {}))
        except RefusedError as refusal:
            for sentence in refusal.sentences:
                messages.error(request, sentence)
            return redirect("surveys:wave", pk=seat.wave.pk)
        if seat.blind:
            request.session[SEAT] = {**request.session[SEAT], "sent": True}
        return redirect("surveys:thanks", pk=seat.wave.pk)
    standing, texts = Standing(seat), texts_for(request, seat)
    rows = [
        {"page": page, "done": _answered(page, standing), "total": len(page.questions)}
        for page in pages_of_wave(seat.wave, texts)
    ]
    context = {
        **frame(request, seat, texts),
        "rows": rows,
        "last": len(rows),
        "missing": sum(row["total"] - row["done"] for row in rows),
        # A code shows nothing of what was answered with it, so it cannot say so either.
        "empty": not seat.blind and not any(row["done"] for row in rows),
        "standing": standing,
    }
    return render(request, "surveys/wave_send.html", context)


@require_safe
@seated
def wave_thanks(request: HttpRequest, seat: Seat) -> HttpResponse:
    sent = request.session[SEAT].get("sent", False) if seat.blind else Standing(seat).sent
    if not sent:
        return redirect("surveys:wave", pk=seat.wave.pk)
    context = frame(request, seat)
    if seat.blind:
        leave_seat(request)
    return render(request, "surveys/wave_thanks.html", context)
