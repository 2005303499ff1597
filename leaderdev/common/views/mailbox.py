"""The mailbox of a demo: where its mail lands, open to everybody, because sign-in codes land there too."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from csp.decorators import csp
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from leaderdev.common.forms import MailboxFilter
from leaderdev.common.mail.waiting import send_waiting, waiting_at
from leaderdev.common.models import MailboxMessage

MESSAGES_A_PAGE = 25
# Enough to see what is meant; the number says how many there are.
WAITING_SHOWN = 5


def only_where_mail_stays_inside(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A real installation has no such page: 404 for everybody, whoever asks."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not settings.MAILBOX_PAGE:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@only_where_mail_stays_inside
def mailbox(request: HttpRequest) -> HttpResponse:
    chosen = MailboxFilter(request.GET, addresses=MailboxMessage.objects.addresses())
    address = chosen.cleaned_data["to"] if chosen.is_valid() else ""
    arrived = MailboxMessage.objects.to_person(address).newest_first().defer("text", "html")
    page = Paginator(arrived, MESSAGES_A_PAGE).get_page(request.GET.get("page"))
    waiting = waiting_at(timezone.now())
    context = {
        "page_obj": page,
        "filter": chosen,
        "waiting": len(waiting),
        "next_leaves": waiting[0].next_attempt_at if waiting else None,
        "shown": [mail for mail in waiting if address in ("", mail.to_address)][:WAITING_SHOWN],
    }
    return render(request, "common/mailbox.html", context)


@require_POST
@only_where_mail_stays_inside
def mailbox_send(request: HttpRequest) -> HttpResponse:
    """A visitor at night need not wait for the morning. Anybody may press it, as anybody may read."""
    sent = send_waiting()
    said = ngettext("One message was sent.", "%(count)d messages were sent.", sent) % {"count": sent}
    messages.success(request, said)
    return redirect("common:mailbox")


@require_safe
@only_where_mail_stays_inside
def mailbox_message(request: HttpRequest, pk: int) -> HttpResponse:
    message = get_object_or_404(MailboxMessage, pk=pk)
    return render(request, "common/mailbox_message.html", {"message": message})


@require_safe
@only_where_mail_stays_inside
@xframe_options_sameorigin
@csp(
    {
        "default-src": ["'none'"],
        "style-src": ["'unsafe-inline'"],
        "img-src": ["data:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "frame-ancestors": ["'self'"],
        # A mail is somebody's text: no scripts, no forms, an origin of its own. Its links may open a tab.
        "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
    }
)
def mailbox_html(request: HttpRequest, pk: int) -> HttpResponse:
    """The message as a mail program would show it, for the frame on its page."""
    return HttpResponse(get_object_or_404(MailboxMessage, pk=pk).html)
