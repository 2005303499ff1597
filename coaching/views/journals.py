"""One's own journal, and conversations with the program lead."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coaching.forms.journal import JournalForm, journal_initial
from coaching.forms.visit import HeldForm
from coaching.journal_prompts import KINDS, MANNERS, PROMPTS, stage_of
from coaching.models import CoachingSession, JournalEntry, LeadConversation
from coaching.permissions import may_hold_conversation
from coaching.services import conversations, journals
from coaching.views.loading_trio import load_conversation, load_meeting, trail_of, zone_of
from cohorts.services.errors import RefusedError
from leaderdev.common.dates import today_in


def with_words(entry: JournalEntry) -> JournalEntry:
    """The entry with its ticks as sentences."""
    kinds, manners = dict(KINDS), dict(MANNERS)
    entry.received_words = [kinds[each] for each in entry.received_kinds.split(",") if each in kinds]
    entry.given_words = [kinds[each] for each in entry.given_kinds.split(",") if each in kinds]
    entry.manner_words = manners.get(entry.manner, "")
    entry.question = PROMPTS[entry.stage].question
    return entry


@login_required
@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    joined = ("coaching_session__trio__program_year__cohort",)
    entries = JournalEntry.objects.written_by(request.user).written().select_related(*joined)
    return render(request, "coaching/journal.html", {"entries": [with_words(each) for each in entries]})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def journal_write(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = load_meeting(request.user, pk)
    if meeting.state not in (CoachingSession.State.HELD, CoachingSession.State.PARTLY):
        return redirect("coaching:meeting", pk=pk)
    entry = JournalEntry.objects.written_by(request.user).filter(coaching_session=meeting).first()
    prompt = PROMPTS[entry.stage if entry else _stage(meeting)]
    data = request.POST if request.method == "POST" else None
    form = JournalForm(data, prompt=prompt, initial=journal_initial(entry))
    if request.method == "POST" and form.is_valid():
        try:
            journals.write(by=request.user, meeting=meeting, **form.values())
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your entry is kept. It is yours alone until you release it."))
            return redirect("coaching:journal")
    context = {"form": form, "meeting": meeting, "entry": entry, "trail": trail_of(meeting.trio, meeting)}
    return render(request, "coaching/journal_write.html", context)


def _stage(meeting: CoachingSession) -> str:
    year = meeting.trio.program_year
    done = CoachingSession.objects.filter(trio=meeting.trio, starts_at__lte=meeting.starts_at)
    return stage_of(
        year.starts_on, today_in(zone_of(meeting.trio), meeting.starts_at), done.took_place().count()
    )


@login_required
@require_POST
def journal_skip(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = load_meeting(request.user, pk)
    try:
        journals.skip(by=request.user, meeting=meeting)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Left out. Nobody asks for it again."))
    return redirect("coaching:trio", pk=meeting.trio_id)


@login_required
@require_POST
def journal_release(request: HttpRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(JournalEntry.objects.written_by(request.user), pk=pk)
    released = request.POST.get("released") == "yes"
    try:
        journals.release(by=request.user, entry=entry, to=request.POST.get("to", ""), released=released)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        done = _("This entry is released. You can close it again here.")
        messages.success(request, done if released else _("This entry is yours alone again, there."))
    return redirect("coaching:journal")


@login_required
@require_safe
def conversation(request: HttpRequest, pk: int) -> HttpResponse:
    found = load_conversation(request.user, pk)
    own = LeadConversation.objects.of_person(request.user).filter(pk=pk).exists()
    context: dict[str, Any] = {
        "conversation": found,
        "own": own,
        "holds": may_hold_conversation(request.user, found) and not own,
        "packet": [with_words(each) for each in conversations.packet_of(found)],
        "form": HeldForm(initial={"held_on": today_in(found.program_year.cohort.district.time_zone)}),
    }
    return render(request, "coaching/conversation.html", context)


@login_required
@require_POST
def conversation_respond(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(LeadConversation.objects.of_person(request.user), pk=pk)
    wanted = request.POST.get("wanted") == "yes"
    try:
        conversations.respond(by=request.user, conversation=found, wanted=wanted)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        yes = _("Your program lead sees that you would like to talk.")
        messages.success(request, yes if wanted else _("Left aside. You can still take it up here."))
    return redirect("coaching:conversation", pk=pk)


@login_required
@require_POST
def conversation_held(request: HttpRequest, pk: int) -> HttpResponse:
    found = load_conversation(request.user, pk)
    if not may_hold_conversation(request.user, found):
        raise PermissionDenied
    form = HeldForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose the day on which you talked."))
        return redirect("coaching:conversation", pk=pk)
    try:
        conversations.hold(by=request.user, conversation=found, **form.cleaned_data)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The conversation is written down as held."))
    return redirect("coaching:conversation", pk=pk)
