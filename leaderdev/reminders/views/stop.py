"""Stopping a kind of mail without signing in: a page with a button, and the one click of mail programs."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from leaderdev.accounts.models import User
from leaderdev.reminders.letters import DIGEST
from leaderdev.reminders.services import choices
from leaderdev.reminders.stopping import read_token
from leaderdev.reminders.topics import find


# RFC 8058: a mail program posts here without a cookie and without a page. The signature says for whom.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    person, kind = _signed(token)
    found = find(kind)
    context = {"kind": found, "digest": kind == DIGEST, "state": "asked"}
    if request.method == "POST":
        again = request.POST.get("again") == "yes"
        change = choices.want_again if again else choices.stop
        change(person=person, kind=kind)
        context["state"] = "again" if again else "stopped"
    return render(request, "reminders/stop.html", context)


def _signed(token: str) -> tuple[User, str]:
    """The person and the kind of a signed address; anything else was never made."""
    known = read_token(token)
    if known is None:
        raise Http404
    kind = find(known[1])
    person = User.objects.filter(pk=known[0]).first()
    if person is None or (known[1] != DIGEST and (kind is None or kind.required)):
        raise Http404
    return person, known[1]
