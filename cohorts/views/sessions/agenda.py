"""The agenda builder: items in their order with running times, and advice that can be set aside."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.agenda_facts import advice_on, lines_of, minutes_over
from cohorts.forms.sessions.agenda import CopyForm, ItemForm, ReasonForm, TemplateForm, WordsForm
from cohorts.models import LearningSession
from cohorts.permissions import may_edit_sessions
from cohorts.services.errors import RefusedError
from cohorts.services.sessions import agenda as service
from cohorts.services.sessions.templates import keep_as_template
from cohorts.views.sessions.loading import load_run, trail_of
from leaderdev.common.numbers import whole


def _edited(request: HttpRequest, pk: int) -> LearningSession:
    return load_run(request.user, pk, may_edit_sessions)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """The items, the advice, and below them the form for another item."""
    session = _edited(request, pk)
    form = ItemForm(request.POST if request.method == "POST" else None, session=session)
    if form.is_valid():
        try:
            item = service.save_item(by=request.user, session=session, values=form.cleaned_data)
        except RefusedError as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, _("“%(title)s” is on the agenda.") % {"title": item.title})
            return redirect("cohorts:agenda", pk=pk)
    return render(request, "cohorts/sessions/agenda.html", _builder(session, form))


def _builder(session: LearningSession, form: ItemForm) -> dict[str, Any]:
    lines = lines_of(session)
    removed = session.items.filter(removed_at__isnull=False).order_by("-removed_at").first()
    found = advice_on(session, lines)
    return {
        "session": session,
        "year": session.program_year,
        "zone": session.zone,
        "lines": lines,
        "advice": [(each, ReasonForm(prefix=each.guard)) for each in found if each.aside is None],
        "aside": [each for each in found if each.aside is not None],
        "over_by": minutes_over(session, lines),
        "planned": sum(line.item.minutes for line in lines),
        "removed": removed,
        "form": form,
        "trail": trail_of(session),
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def agenda_item(request: HttpRequest, pk: int, item_id: int) -> HttpResponse:
    session = _edited(request, pk)
    item = get_object_or_404(session.items.kept(), pk=item_id)
    form = ItemForm(request.POST if request.method == "POST" else None, session=session, instance=item)
    if form.is_valid():
        try:
            service.save_item(by=request.user, session=session, item_id=item_id, values=form.cleaned_data)
        except RefusedError as refusal:
            _refuse(form, refusal)
        else:
            return redirect("cohorts:agenda", pk=pk)
    context = {"session": session, "item": item, "form": form, "trail": trail_of(session)}
    return render(request, "cohorts/sessions/item.html", context)


@login_required
@require_POST
def agenda_item_move(request: HttpRequest, pk: int, item_id: int) -> HttpResponse:
    place = whole(request.POST.get("to"))
    return _done(request, pk, service.move_item, item_id=item_id, to=place)


@login_required
@require_POST
def agenda_item_remove(request: HttpRequest, pk: int, item_id: int) -> HttpResponse:
    return _done(request, pk, service.remove_item, item_id=item_id)


@login_required
@require_POST
def agenda_item_restore(request: HttpRequest, pk: int, item_id: int) -> HttpResponse:
    return _done(request, pk, service.restore_item, item_id=item_id)


@login_required
@require_POST
def agenda_aside(request: HttpRequest, pk: int, guard: str) -> HttpResponse:
    """Set one piece of advice aside with a reason; without one the page says that it needs one."""
    form = ReasonForm(request.POST, prefix=guard)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return _done(request, pk, service.set_aside, guard=guard, reason=reason)


@login_required
@require_POST
def agenda_follow(request: HttpRequest, pk: int, guard: str) -> HttpResponse:
    return _done(request, pk, service.follow_again, guard=guard)


def _done(request: HttpRequest, pk: int, move: Any, **values: Any) -> HttpResponse:
    session = _edited(request, pk)
    try:
        move(by=request.user, session=session, **values)
    except RefusedError as refusal:
        for sentence in refusal.sentences:
            messages.error(request, sentence)
    return redirect("cohorts:agenda", pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def agenda_copy(request: HttpRequest, pk: int) -> HttpResponse:
    session = _edited(request, pk)
    earlier, templates = service.patterns_for(session)
    form = CopyForm(request.POST if request.method == "POST" else None, earlier=earlier, templates=templates)
    if form.is_valid():
        try:
            count = service.copy_agenda(by=request.user, session=session, **form.chosen())
        except RefusedError as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, _("Copied: %(count)d items. Say who leads each.") % {"count": count})
            return redirect("cohorts:agenda", pk=pk)
    context = {"session": session, "form": form, "trail": trail_of(session)}
    return render(request, "cohorts/sessions/copy.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def agenda_template(request: HttpRequest, pk: int) -> HttpResponse:
    session = _edited(request, pk)
    form = TemplateForm(request.POST if request.method == "POST" else None, initial={"name": session.title})
    if form.is_valid():
        try:
            keep_as_template(by=request.user, session=session, **form.cleaned_data)
        except RefusedError as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, _("The agenda is kept as a template."))
            return redirect("cohorts:agenda", pk=pk)
    context = {"session": session, "form": form, "trail": trail_of(session)}
    return render(request, "cohorts/sessions/template.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_words(request: HttpRequest, pk: int) -> HttpResponse:
    """Title, purpose, the operations bulletin, and how many came prepared."""
    session = _edited(request, pk)
    form = WordsForm(request.POST if request.method == "POST" else None, instance=session)
    if form.is_valid():
        try:
            service.save_words(by=request.user, session=session, values=form.cleaned_data)
        except RefusedError as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect(session.get_absolute_url())
    context = {"session": session, "form": form, "trail": trail_of(session)}
    return render(request, "cohorts/sessions/words.html", context)


def _refuse(form: Any, refusal: RefusedError) -> None:
    for sentence in refusal.sentences:
        form.add_error(None, sentence)
