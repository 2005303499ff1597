"""The words of a kind: the program's own, or the district's; and the mail as its reader will see it."""

from __future__ import annotations

from csp.decorators import csp
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from cohorts.models import Cohort
from leaderdev.accounts.models import User
from leaderdev.common.mail.rendering import Written
from leaderdev.reminders.forms import TextForm
from leaderdev.reminders.kinds import KINDS
from leaderdev.reminders.kinds.base import Kind
from leaderdev.reminders.models import MailText
from leaderdev.reminders.services import running
from leaderdev.reminders.services.upcoming import default_text, preview, sample_of
from leaderdev.reminders.views.running import kind_or_404, load_run, mail_step, trail_of


@login_required
@require_safe
def texts(request: HttpRequest, slug: str) -> HttpResponse:
    cohort = load_run(request, slug)
    own = set(MailText.objects.filter(district=cohort.district).values_list("kind", flat=True))
    context = {
        "cohort": cohort,
        "listed": [{"kind": kind, "own": kind.name in own} for kind in KINDS],
        "trail": [*trail_of(cohort), mail_step(cohort)],
    }
    return render(request, "reminders/texts.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    cohort = load_run(request, slug)
    found = kind_or_404(kind)
    own = MailText.objects.filter(district=cohort.district, kind=kind).first()
    if request.method == "POST":
        form = TextForm(request.POST, kind=found)
        if form.is_valid():
            running.save_text(by=request.user, cohort=cohort, kind=kind, **form.cleaned_data)
            messages.success(request, _("Saved. From now on mails of this kind say this."))
            return redirect("reminders:text", slug=slug, kind=kind)
    else:
        subject, body = (own.subject, own.body) if own else default_text(found)
        form = TextForm(kind=found, initial={"subject": subject, "body": body})
    context = {
        "cohort": cohort,
        "kind": found,
        "form": form,
        "own": own,
        "words": [{"name": f"{{{name}}}", "what": each} for name, each in found.placeholders.items()],
        "trail": [*trail_of(cohort), mail_step(cohort)],
    }
    return render(request, "reminders/text.html", context)


@login_required
def restore(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    cohort = load_run(request, slug)
    kind_or_404(kind)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    running.restore_text(by=request.user, cohort=cohort, kind=kind)
    messages.success(request, _("The program’s own words are in use again."))
    return redirect("reminders:text", slug=slug, kind=kind)


@login_required
@require_safe
def mail_preview(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    cohort = load_run(request, slug)
    found = kind_or_404(kind)
    person = _person(request)
    written = _written(request, cohort, found, person)
    context = {
        "cohort": cohort,
        "kind": found,
        "written": written,
        "person": person,
        "query": request.GET.urlencode(),
        "trail": [*trail_of(cohort), mail_step(cohort)],
    }
    return render(request, "reminders/preview.html", context)


@login_required
@require_safe
@xframe_options_sameorigin
@csp(
    {
        "default-src": ["'none'"],
        "style-src": ["'unsafe-inline'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "frame-ancestors": ["'self'"],
        "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
    }
)
def preview_html(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The mail as a mail program would show it, for the frame on its page."""
    cohort = load_run(request, slug)
    found = kind_or_404(kind)
    return HttpResponse(_written(request, cohort, found, _person(request)).html)


def _person(request: HttpRequest) -> User | None:
    number = request.GET.get("person", "")
    return User.objects.filter(pk=number).first() if number.isascii() and number.isdigit() else None


def _written(request: HttpRequest, cohort: Cohort, kind: Kind, person: User | None) -> Written:
    """What one person is about to get; without a person, the mail with examples."""
    if "person" not in request.GET:
        return sample_of(kind=kind, cohort=cohort, reader=request.user)
    subject = request.GET.get("subject", "")
    if person is None or not (subject.isascii() and subject.isdigit()):
        raise Http404
    found = preview(
        kind=kind,
        person=person,
        subject=int(subject),
        occasion=request.GET.get("occasion", ""),
        cohort=cohort,
        now=timezone.now(),
    )
    if found is None:
        raise Http404
    return found
