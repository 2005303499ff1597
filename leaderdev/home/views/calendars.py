"""Calendars to subscribe to: the feed itself, and the pages on which its address is made and revoked."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cohorts.models import CohortFeed
from cohorts.permissions import may_configure_district
from cohorts.services import cohort_feeds
from cohorts.views.loading import load_cohort
from leaderdev.accounts.services import calendar_feeds
from leaderdev.home import calendar_feed
from leaderdev.home.forms.calendar_wishes import CalendarWishesForm


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """The calendar of an address, for programs that cannot sign in; an unknown one is not found."""
    now = timezone.now()
    found: Any
    if found := calendar_feeds.find(token):
        body = calendar_feed.person_calendar(found, now=now)
    elif found := cohort_feeds.find(token):
        body = calendar_feed.cohort_calendar(found, now=now)
    else:
        raise Http404
    digest, since = calendar_feed.noted(found, body, now=now)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    etag, modified = quote_etag(digest[:32]), int(since.timestamp())
    response["ETag"], response["Last-Modified"] = etag, http_date(modified)
    response["Cache-Control"] = "private, no-cache"
    response["Content-Disposition"] = 'inline; filename="leadership-program.ics"'
    # The address is the whole secret: no search engine may keep it, should one ever find it.
    response["X-Robots-Tag"] = "noindex"
    answer = get_conditional_response(request, etag=etag, last_modified=modified, response=response)
    return answer or response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_calendar(request: HttpRequest) -> HttpResponse:
    found = calendar_feeds.of(request.user)
    if found is None and request.method == "POST":
        return redirect("home:my_calendar")
    form = None
    if found is not None:
        form = CalendarWishesForm(request.POST if request.method == "POST" else None, feed=found)
        if request.method == "POST" and form.is_valid():
            calendar_feeds.wish(by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved. Your calendar program shows it when it asks next."))
            return redirect("home:my_calendar")
    return render(request, "home/my_calendar.html", {"form": form, **_address(found)})


@login_required
@require_POST
def my_calendar_renew(request: HttpRequest) -> HttpResponse:
    had_one = calendar_feeds.of(request.user) is not None
    calendar_feeds.renew(by=request.user)
    new = _("Your calendar has a new address. The old one opens nothing any more.")
    messages.success(request, new if had_one else _("Your calendar has an address."))
    return redirect("home:my_calendar")


@login_required
@require_POST
def my_calendar_revoke(request: HttpRequest) -> HttpResponse:
    calendar_feeds.revoke(by=request.user)
    messages.success(request, _("The address opens nothing any more."))
    return redirect("home:my_calendar")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cohort_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Every member finds the address; those who configure the district make, renew and revoke it."""
    cohort = load_cohort(request.user, slug)
    configures = may_configure_district(request.user, cohort.district)
    if request.method == "POST":
        if not configures:
            raise PermissionDenied
        if request.POST.get("do") == "revoke":
            cohort_feeds.revoke(by=request.user, cohort=cohort)
            messages.success(request, _("The address opens nothing any more."))
        else:
            cohort_feeds.renew(by=request.user, cohort=cohort)
            messages.success(request, _("The cohort’s calendar has a new address."))
        return redirect("home:cohort_calendar", slug=slug)
    found = CohortFeed.objects.filter(cohort=cohort).first()
    trail = [{"label": cohort.name, "url": cohort.get_absolute_url()}]
    context = {"cohort": cohort, "configures": configures, "trail": trail, **_address(found)}
    return render(request, "home/cohort_calendar.html", context)


def _address(found: Any) -> dict[str, str]:
    """The address as text, and as a link that calendar programs take."""
    if found is None:
        return {"address": "", "subscribe": ""}
    address = f"{settings.SITE_URL}{reverse('home:calendar_feed', args=[found.token])}"
    return {"address": address, "subscribe": f"webcal://{address.split('://', 1)[1]}"}
