"""The page behind a mail's link, and the page where a personal code is typed."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leaderdev.accounts.limits import limited
from surveys.doors import owner_of, read_code, read_link
from surveys.forms.code import CodeForm
from surveys.models import Wave
from surveys.services.answering import closed_sentence
from surveys.views.loading import leave_seat, take_seat

_WAVE = ("survey__cohort__district", "program_year")


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """A button, because programs that look into mail follow links and press nothing."""
    found = read_link(token)
    if found is None:
        raise Http404
    wave = Wave.objects.select_related(*_WAVE).filter(pk=found[0], announced=True).first()
    member = wave and wave.invited().current().select_related("leader__user").filter(pk=found[1]).first()
    if wave is None or member is None:
        raise Http404
    closed = closed_sentence(wave)
    if request.method == "POST" and not closed:
        take_seat(request, wave, member, blind=False)
        return redirect("surveys:wave", pk=wave.pk)
    context = {"wave": wave, "name": member.leader.user, "closed_sentence": closed}
    return render(request, "surveys/link.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@limited("survey_code")
def code(request: HttpRequest) -> HttpResponse:
    """Several people answer at one device, one after the other, each with a code of their own."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        read = read_code(form.cleaned_data["code"])
        wave = read and Wave.objects.select_related(*_WAVE).filter(pk=read[0], announced=True).first()
        member = owner_of(wave, read[1]) if read and wave else None
        if wave is None or member is None:
            form.add_error("code", _("We do not know this code. Look at the slip of paper again."))
        elif closed_sentence(wave):
            form.add_error("code", closed_sentence(wave))
        else:
            take_seat(request, wave, member, blind=True)
            return redirect("surveys:wave", pk=wave.pk)
    return render(request, "surveys/code.html", {"form": form})


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """The device goes to the next person."""
    leave_seat(request)
    return redirect("surveys:code")
