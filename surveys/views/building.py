"""Instruments: the library, one's own, their words, and files of their structure."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cohorts.models import District, Standard
from cohorts.permissions import may_configure_district
from leaderdev.common.refusals import RefusedError
from surveys.drawing import likert
from surveys.forms.building import InstrumentForm, ItemForm, ScaleForm, SectionForm, StructureFileForm
from surveys.interchange.outline import UnreadableError
from surveys.interchange.tables import to_csv, to_limesurvey
from surveys.models import AnswerScale, Instrument, Item, Section
from surveys.pages import Texts, pages_of
from surveys.permissions import may_change_instrument
from surveys.services.instruments import (
    adopt,
    build,
    copy,
    library,
    move_part,
    next_place,
    outline_of,
    remove_part,
    save_part,
    set_levels,
)
from surveys.structure_files import read_structure, workbook_of
from surveys.views.loading import load_instrument


def _district(user: Any, slug: str) -> District:
    """A district that the person configures: 404 for strangers, 403 for colleagues."""
    visible = District.objects.visible_to(user) | District.objects.managed_by(user)
    district = get_object_or_404(District.objects.filter(pk__in=visible.values("pk")), slug=slug)
    if not may_configure_district(user, district):
        raise PermissionDenied
    return district


@login_required
@require_safe
def instrument_list(request: HttpRequest, district: str) -> HttpResponse:
    found = _district(request.user, district)
    context = {
        "place": found,
        "instruments": list(Instrument.objects.in_district(found).latest_first()),
        "library": library(),
    }
    return render(request, "surveys/instrument_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def instrument_adopt(request: HttpRequest, district: str, name: str) -> HttpResponse:
    found = _district(request.user, district)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    standard = Standard.objects.filter(district=found, status=Standard.Status.IN_USE).order_by("pk").first()
    try:
        made = adopt(by=request.user, district=found, slug=name, standard=standard)
    except RefusedError:
        raise Http404 from None
    messages.success(request, _("The instrument is yours now. Change what you like; nobody has answered it."))
    return redirect("surveys:instrument", pk=made.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def instrument_import(request: HttpRequest, district: str) -> HttpResponse:
    found = _district(request.user, district)
    form = StructureFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            outline = read_structure(form.cleaned_data["file"], form.cleaned_data["title"])
            made = build(by=request.user, district=found, outline=outline)
        except UnreadableError as error:
            for problem in error.problems[:20]:
                form.add_error("file", problem)
        else:
            messages.success(request, _("The instrument is read in. Look it through."))
            return redirect("surveys:instrument", pk=made.pk)
    return render(request, "surveys/instrument_import.html", {"form": form, "place": found})


@login_required
@require_safe
def instrument_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Every section and item as people see them, with what can be changed beside it."""
    instrument = load_instrument(request.user, pk)
    rows = instrument.sections.order_by("position", "pk").prefetch_related("items__scale", "items__node")
    context = {
        "instrument": instrument,
        "sections": list(rows),
        "scales": list(instrument.scales.prefetch_related("levels")),
        "may_change": may_change_instrument(request.user, instrument),
        "surveys": list(instrument.surveys.all()),
    }
    return render(request, "surveys/instrument_detail.html", context)


@login_required
@require_safe
def instrument_preview(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """As it is answered, all pages in one, nothing stored."""
    instrument = load_instrument(request.user, pk)
    if kind not in ("pre", "post", "other"):
        raise Http404
    texts = Texts(instrument, request.GET.get("language", ""))
    pages = [
        {
            "page": page,
            "drawn": [likert(q, n, None) if q.levels else q for n, q in enumerate(page.questions, 1)],
        }
        for page in pages_of(instrument, kind, texts)
    ]
    return render(
        request,
        "surveys/instrument_preview.html",
        {"instrument": instrument, "pages": pages, "around": texts.around()},
    )


@login_required
@require_safe
def instrument_paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    instrument = load_instrument(request.user, pk)
    if kind not in ("pre", "post", "other"):
        raise Http404
    texts = Texts(instrument, request.GET.get("language", ""))
    context = {
        "instrument": instrument,
        "title": instrument.title,
        "around": texts.around(),
        "pages": pages_of(instrument, kind, texts),
        "back": reverse("surveys:instrument", args=[pk]),
        "back_label": instrument.title,
    }
    return render(request, "surveys/paper.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def instrument_copy(request: HttpRequest, pk: int) -> HttpResponse:
    instrument = load_instrument(request.user, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    fresh = copy(by=request.user, instrument=instrument)
    messages.success(request, _("This is the copy. Its wording can be changed."))
    return redirect("surveys:instrument", pk=fresh.pk)


@login_required
@require_safe
def instrument_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The structure as CSV, workbook or LimeSurvey's tab-separated text."""
    instrument = load_instrument(request.user, pk)
    outline = outline_of(instrument)
    if form == "csv":
        data, kind = to_csv(outline).encode("utf-8-sig"), "text/csv; charset=utf-8"
    elif form == "txt":
        data, kind = to_limesurvey(outline).encode(), "text/tab-separated-values; charset=utf-8"
    elif form == "xlsx":
        data, kind = workbook_of(outline), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    else:
        raise Http404
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{instrument.slug}-{instrument.version}.{form}"'
    return answer


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def instrument_edit(request: HttpRequest, pk: int) -> HttpResponse:
    instrument = _changeable(request, pk)
    form = InstrumentForm(request.POST or None, instance=instrument)
    return _part_page(request, instrument, form, _("Title and words"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def section_edit(request: HttpRequest, pk: int, section: int = 0) -> HttpResponse:
    instrument = _changeable(request, pk)
    if section:
        part = get_object_or_404(instrument.sections, pk=section)
    else:
        part = Section(instrument=instrument, position=next_place(instrument.sections))
    form = SectionForm(request.POST or None, instance=part)
    return _part_page(request, instrument, form, _("Section"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def item_edit(request: HttpRequest, pk: int, section: int, item: int = 0) -> HttpResponse:
    instrument = _changeable(request, pk)
    around = get_object_or_404(instrument.sections, pk=section)
    if item:
        part = get_object_or_404(around.items, pk=item)
    else:
        part = Item(section=around, position=next_place(around.items))
    form = ItemForm(request.POST or None, instance=part, instrument=instrument)
    return _part_page(request, instrument, form, _("Item"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def scale_edit(request: HttpRequest, pk: int, scale: int = 0) -> HttpResponse:
    instrument = _changeable(request, pk)
    part = get_object_or_404(instrument.scales, pk=scale) if scale else AnswerScale(instrument=instrument)
    labels = [level.label for level in part.levels.all()] if scale else []
    form = ScaleForm(request.POST or None, initial={"name": part.name, "levels": "\n".join(labels)})
    if request.method == "POST" and form.is_valid():
        name, labels = form.cleaned_data["name"], form.cleaned_data["levels"]
        if instrument.scales.exclude(pk=part.pk).filter(name=name).exists():
            form.add_error("name", _("This instrument has a scale of this name already."))
        else:
            try:
                set_levels(by=request.user, scale=part, name=name, labels=labels)
            except RefusedError as refusal:
                form.add_error(None, str(refusal))
            else:
                return redirect("surveys:instrument", pk=instrument.pk)
    context = {"form": form, "instrument": instrument, "heading": _("Scale")}
    return render(request, "surveys/part_form.html", context)


def _changeable(request: HttpRequest, pk: int) -> Instrument:
    instrument = load_instrument(request.user, pk)
    if not may_change_instrument(request.user, instrument):
        raise PermissionDenied
    return instrument


def _part_page(request: HttpRequest, instrument: Instrument, form: Any, heading: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            fields = list(form.cleaned_data)
            save_part(by=request.user, instrument=instrument, part=form.instance, fields=fields)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Stored."))
            return redirect("surveys:instrument", pk=instrument.pk)
    return render(
        request, "surveys/part_form.html", {"form": form, "instrument": instrument, "heading": heading}
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def part_move(request: HttpRequest, pk: int, part: str, part_id: int, way: str) -> HttpResponse:
    """Up, down or away, for a section or an item."""
    instrument = load_instrument(request.user, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    rows: Any = (
        instrument.sections if part == "section" else Item.objects.filter(section__instrument=instrument)
    )
    found = get_object_or_404(rows, pk=part_id)
    try:
        if way == "remove":
            remove_part(by=request.user, instrument=instrument, part=found)
        else:
            move_part(by=request.user, instrument=instrument, part=found, up=way == "up")
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect("surveys:instrument", pk=pk)
