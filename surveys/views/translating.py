"""Translations of an instrument: which there are, and one of them text by text."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leaderdev.common.refusals import RefusedError
from surveys.forms.translating import LanguageForm, TranslationForm
from surveys.services.translations import translate
from surveys.translating import (
    begun_languages,
    groups_of,
    may_be_translated_into,
    missing_in,
    name_of,
)
from surveys.views.loading import load_instrument


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def translations(request: HttpRequest, pk: int) -> HttpResponse:
    """The languages there are, with what each lacks, and the way to another one."""
    instrument = load_instrument(request.user, pk)
    form = LanguageForm(request.POST if request.method == "POST" else None, instrument=instrument)
    if form.is_valid():
        return redirect("surveys:translation", pk=pk, language=form.cleaned_data["language"])
    context = {
        "instrument": instrument,
        "own": name_of(instrument.language),
        "begun": begun_languages(instrument),
        "form": form,
    }
    return render(request, "surveys/translations.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def translation(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Every text beside its translation."""
    instrument = load_instrument(request.user, pk)
    if not may_be_translated_into(instrument, language):
        raise Http404
    groups = groups_of(instrument, language)
    data = request.POST if request.method == "POST" else None
    form = TranslationForm(data, groups=groups, language=language)
    if form.is_valid():
        try:
            translate(by=request.user, instrument=instrument, language=language, texts=form.wanted())
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Stored."))
            return redirect("surveys:translation", pk=pk, language=language)
    context = {
        "instrument": instrument,
        "own": instrument.language,
        "language": language,
        "name": name_of(language),
        "groups": [
            {
                "title": group.title,
                "rows": [(text, None if text.settled else form[text.place]) for text in group.texts],
            }
            for group in groups
        ],
        "missing": missing_in(groups),
        "settled": language in instrument.answered_in,
        "form": form,
    }
    return render(request, "surveys/translation.html", context)
