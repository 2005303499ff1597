"""What a cohort's program sends: what is coming, what went, what failed; held, worded, switched."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from cohorts.models import Cohort
from cohorts.views.loading import load_cohort
from leaderdev.reminders import kinds as registry
from leaderdev.reminders.failures import in_words
from leaderdev.reminders.forms import WishesForm
from leaderdev.reminders.models import CohortMail, KindSwitch, Reminder
from leaderdev.reminders.permissions import may_run_mail
from leaderdev.reminders.services import running
from leaderdev.reminders.services.upcoming import coming_for

# A screenful of what went out.
ROWS_A_PAGE = 50


def load_run(request: HttpRequest, slug: str) -> Cohort:
    """The cohort, for those who run its mail: a stranger does not find it, a member may not."""
    cohort = load_cohort(request.user, slug)
    if not may_run_mail(request.user, cohort):
        raise PermissionDenied
    return cohort


def trail_of(cohort: Cohort) -> list[dict[str, str]]:
    return [{"label": cohort.name, "url": cohort.get_absolute_url()}]


@login_required
@require_safe
def cohort_mail(request: HttpRequest, slug: str) -> HttpResponse:
    cohort = load_run(request, slug)
    now = timezone.now()
    held = CohortMail.objects.filter(cohort=cohort).select_related("held_by").first()
    failed = Reminder.objects.of_cohort(cohort).failed().select_related("person").order_by("-due_at")[:20]
    context = {
        "cohort": cohort,
        "held": held,
        "coming": coming_for(cohort, now=now),
        "failed": [
            {
                "row": row,
                "kind": registry.find(row.kind),
                "words": in_words(row.reason),
                "useful": row.until > now,
            }
            for row in failed
        ],
        "went_count": Reminder.objects.of_cohort(cohort).sent().count(),
        "zone": cohort.district.time_zone,
        "trail": trail_of(cohort),
    }
    return render(request, "reminders/cohort_mail.html", context)


@login_required
@require_safe
def went(request: HttpRequest, slug: str) -> HttpResponse:
    cohort = load_run(request, slug)
    rows = Reminder.objects.of_cohort(cohort).sent().select_related("person").order_by("-sent_at", "-pk")
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    # What passes between a trio and its members is counted, not listed.
    listed = [{"row": row, "kind": registry.find(row.kind)} for row in page]
    context = {
        "cohort": cohort,
        "page_obj": page,
        "listed": listed,
        "zone": cohort.district.time_zone,
        "trail": trail_of(cohort),
    }
    return render(request, "reminders/went.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    cohort = load_run(request, slug)
    switches = {switch.kind: switch for switch in KindSwitch.objects.filter(cohort=cohort)}
    form = WishesForm(request.POST or None, switches=switches)
    if request.method == "POST" and form.is_valid():
        running.set_wishes(by=request.user, cohort=cohort, wishes=form.wishes())
        messages.success(request, _("The mail of %(cohort)s is set.") % {"cohort": cohort.name})
        return redirect("reminders:cohort_mail", slug=slug)
    context = {"form": form, "cohort": cohort, "trail": [*trail_of(cohort), mail_step(cohort)]}
    return render(request, "reminders/settings.html", context)


def mail_step(cohort: Cohort) -> dict[str, str]:
    return {"label": _("Mail"), "url": reverse("reminders:cohort_mail", args=[cohort.slug])}


@login_required
def hold(request: HttpRequest, slug: str) -> HttpResponse:
    cohort = load_run(request, slug)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    running.hold(by=request.user, cohort=cohort)
    told = _("Mail of %(cohort)s is held. Nothing leaves until you release it.")
    messages.success(request, told % {"cohort": cohort})
    return redirect("reminders:cohort_mail", slug=slug)


@login_required
def release(request: HttpRequest, slug: str) -> HttpResponse:
    cohort = load_run(request, slug)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    waiting = running.release(by=request.user, cohort=cohort)
    told = ngettext(
        "Released. %(waiting)d mail leaves within a minute, if it is day where its reader lives.",
        "Released. %(waiting)d mails leave within a minute, if it is day where their readers live.",
        waiting,
    )
    messages.success(request, told % {"waiting": waiting})
    return redirect("reminders:cohort_mail", slug=slug)


@login_required
def again(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    cohort = load_run(request, slug)
    rows = Reminder.objects.of_cohort(cohort).select_related("program_year__cohort__district")
    reminder = get_object_or_404(rows, pk=pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if running.try_again(by=request.user, reminder=reminder):
        messages.success(request, _("It is tried again within a minute."))
    else:
        messages.warning(request, _("It is not tried again: it was sent, or it is of no use any more."))
    return redirect("reminders:cohort_mail", slug=slug)


def kind_or_404(name: str) -> registry.Kind:
    kind = registry.find(name)
    if kind is None:
        raise Http404
    return kind
