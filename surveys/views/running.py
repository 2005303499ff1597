"""What the people who run a survey do: plan waves, announce, remind, close, seal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from cohorts.models import Cohort
from cohorts.permissions import may_configure_district
from cohorts.standing import standing_of
from leaderdev.common.dates import moment_in_words
from leaderdev.common.refusals import RefusedError
from surveys.doors import code_of
from surveys.forms.running import LateForm, SurveyForm, WaveForm
from surveys.models import Survey, ViewPair, Wave
from surveys.models.wave import MOST_REMINDERS
from surveys.pages import Texts, pages_of_wave
from surveys.rates import rates_by_role, to_remind, with_done
from surveys.services.settling import close_wave, seal
from surveys.services.waves import (
    allow_late,
    announce,
    remind,
    reminder_refusal,
    remove_wave,
    save_wave,
    start_survey,
)
from surveys.states import run_rows, state_of
from surveys.todo import waves_of
from surveys.views.loading import load_survey, load_wave


@login_required
@require_safe
def survey_list(request: HttpRequest) -> HttpResponse:
    """One's own waves, and for those who run or study surveys, the surveys."""
    standing = standing_of(request.user)
    rows = Survey.objects.visible_to(request.user).select_related("cohort__district", "instrument")
    surveys = list(rows.order_by("cohort__name", "title"))
    now = timezone.now()
    run = [survey for survey in surveys if standing.configures(survey.cohort.district_id)]
    studied = {member.cohort_id for member in standing.memberships if member.role == "researcher"}
    cohorts = _cohorts_to_ask(request.user, standing)
    context = {
        "waves": waves_of(request.user, now),
        "run": run_rows(run, now) if run else [],
        "study": [survey for survey in surveys if survey.cohort_id in studied],
        "cohorts": cohorts,
        "places": list({cohort.district_id: cohort.district for cohort in cohorts}.values()),
    }
    return render(request, "surveys/survey_list.html", context)


def _cohorts_to_ask(user: Any, standing: Any) -> list[Cohort]:
    if not standing.configures_something:
        return []
    rows = Cohort.objects.managed_by(user).filter(years__isnull=False).distinct()
    return list(rows.select_related("district").order_by("name"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def survey_new(request: HttpRequest, slug: str) -> HttpResponse:
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user).select_related("district"), slug=slug)
    if not may_configure_district(request.user, cohort.district):
        raise PermissionDenied
    form = SurveyForm(request.POST or None, cohort=cohort)
    if request.method == "POST" and form.is_valid():
        try:
            survey = start_survey(by=request.user, cohort=cohort, **form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The survey is there. Plan its first wave."))
            return redirect("surveys:run", slug=survey.slug)
    context = {"form": form, "cohort": cohort, "none": not form.fields["instrument"].queryset.exists()}
    return render(request, "surveys/survey_new.html", context)


@login_required
@require_safe
def survey_run(request: HttpRequest, slug: str) -> HttpResponse:
    survey = load_survey(request.user, slug)
    now, zone = timezone.now(), survey.cohort.district.time_zone
    rows = []
    for wave in with_done(survey.waves.select_related("program_year").order_by("opens_at", "pk")):
        wave.survey = survey
        rows.append(
            {
                "wave": wave,
                "opens": moment_in_words(wave.opens_at, zone),
                "closes": moment_in_words(wave.last_moment, zone),
                "state": state_of(wave, now),
            }
        )
    over = bool(rows) and all(row["wave"].is_over_at(now) for row in rows)
    here = Q(left__survey=survey) | Q(right__survey=survey)
    pairs = list(ViewPair.objects.filter(here))
    context = {"survey": survey, "rows": rows, "pairs": pairs, "may_seal": over and not survey.sealed}
    return render(request, "surveys/survey_run.html", context)


@login_required
@require_safe
def wave_detail(request: HttpRequest, slug: str, wave: str) -> HttpResponse:
    found = load_wave(request.user, slug, wave)
    zone = found.survey.cohort.district.time_zone
    waiting, supervised = to_remind(found, request.user)
    asked = found.invited().count()
    context = {
        "wave": found,
        "survey": found.survey,
        "opens": moment_in_words(found.opens_at, zone),
        "closes": moment_in_words(found.closes_at, zone),
        "late": moment_in_words(found.late_until, zone) if found.late_until else "",
        "state": state_of(found, timezone.now()),
        "is_open": found.is_open_at(timezone.now()),
        "read_in": not found.announced and not found.closed and found.responses.exists(),
        "is_over": found.is_over_at(timezone.now()),
        "done": found.participations.filter(done=True).count(),
        "asked": asked,
        "rates": rates_by_role(found),
        "waiting": waiting,
        "supervised": supervised,
        "reminder_refusal": reminder_refusal(found),
        "reminders_left": MOST_REMINDERS - found.reminders_sent,
    }
    return render(request, "surveys/wave_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def wave_new(request: HttpRequest, slug: str) -> HttpResponse:
    return _edit_wave(request, Wave(survey=load_survey(request.user, slug)))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def wave_edit(request: HttpRequest, slug: str, wave: str) -> HttpResponse:
    return _edit_wave(request, load_wave(request.user, slug, wave))


def _edit_wave(request: HttpRequest, wave: Wave) -> HttpResponse:
    form = WaveForm(request.POST or None, instance=wave)
    if request.method == "POST" and form.is_valid():
        try:
            stored = save_wave(by=request.user, wave=form.instance)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The wave is stored."))
            return redirect("surveys:wave_detail", slug=stored.survey.slug, wave=stored.slug)
    context = {"form": form, "survey": wave.survey, "wave": wave if wave.pk else None}
    return render(request, "surveys/wave_form.html", context)


def _move(request: HttpRequest, slug: str, wave: str, service: Callable[..., Any], done: str) -> HttpResponse:
    found = load_wave(request.user, slug, wave)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        answer = service(by=request.user, wave=found)
    except RefusedError as refusal:
        for sentence in refusal.sentences:
            messages.error(request, sentence)
    else:
        messages.success(request, done % {"number": answer} if isinstance(answer, int) else done)
    return redirect("surveys:wave_detail", slug=slug, wave=wave)


@login_required
def wave_announce(request: HttpRequest, slug: str, wave: str) -> HttpResponse:
    return _move(request, slug, wave, announce, _("Announced: %(number)d people get a mail with their link."))


@login_required
def wave_remind(request: HttpRequest, slug: str, wave: str) -> HttpResponse:
    return _move(request, slug, wave, remind, _("%(number)d people are reminded."))


@login_required
def wave_remove(request: HttpRequest, slug: str, wave: str) -> HttpResponse:
    found = load_wave(request.user, slug, wave)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        remove_wave(by=request.user, wave=found)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("surveys:wave_detail", slug=slug, wave=wave)
    messages.success(request, _("The wave is removed."))
    return redirect("surveys:run", slug=slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def wave_close(request: HttpRequest, slug: str, wave: str) -> HttpResponse:
    if request.method == "POST":
        return _move(request, slug, wave, close_wave, _("The wave is closed."))
    found = load_wave(request.user, slug, wave)
    back = reverse("surveys:wave_detail", args=[slug, wave])
    return render(request, "surveys/wave_close.html", {"wave": found, "survey": found.survey, "back": back})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def wave_late(request: HttpRequest, slug: str, wave: str) -> HttpResponse:
    found = load_wave(request.user, slug, wave)
    zone = found.survey.cohort.district.time_zone
    form = LateForm(request.POST or None, zone=zone, initial={"late_until": found.late_until})
    if request.method == "POST" and form.is_valid():
        try:
            allow_late(by=request.user, wave=found, until=form.cleaned_data["late_until"])
        except RefusedError as refusal:
            form.add_error("late_until", str(refusal))
        else:
            messages.success(request, _("Stored."))
            return redirect("surveys:wave_detail", slug=slug, wave=wave)
    return render(request, "surveys/wave_late.html", {"form": form, "wave": found, "survey": found.survey})


@login_required
@require_safe
def wave_codes(request: HttpRequest, slug: str, wave: str) -> HttpResponse:
    """Slips of paper to cut apart: one code each, for answering at a shared device."""
    found = load_wave(request.user, slug, wave)
    people = list(found.invited().current().by_name())
    slips = [{"name": member.leader.user, "code": code_of(found, member)} for member in people]
    address = request.build_absolute_uri(reverse("surveys:code"))
    context = {"wave": found, "survey": found.survey, "slips": slips, "address": address}
    return render(request, "surveys/wave_codes.html", context)


@login_required
@require_safe
def wave_paper(request: HttpRequest, slug: str, wave: str) -> HttpResponse:
    """The questionnaire on two sides of a sheet, for who would rather write."""
    found = load_wave(request.user, slug, wave)
    texts = Texts(found.survey.instrument, request.GET.get("language", ""))
    context = {
        "instrument": found.survey.instrument,
        "title": found.survey.title,
        "around": texts.around(),
        "pages": pages_of_wave(found, texts),
        "back": reverse("surveys:wave_detail", args=[slug, wave]),
        "back_label": found.title,
    }
    return render(request, "surveys/paper.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def survey_seal(request: HttpRequest, slug: str) -> HttpResponse:
    survey = load_survey(request.user, slug)
    if request.method == "POST":
        try:
            seal(by=request.user, survey=survey)
        except RefusedError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request, _("The survey is sealed. Nobody can link an answer to a person any more.")
            )
        return redirect("surveys:run", slug=slug)
    number = survey.waves.count()
    words = ngettext("%(number)d wave", "%(number)d waves", number) % {"number": number}
    context = {"survey": survey, "waves_in_words": words, "back": reverse("surveys:run", args=[slug])}
    return render(request, "surveys/survey_seal.html", context)
