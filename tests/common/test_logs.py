"""Log lines name the route, never the path, whose parts may be secrets."""

from __future__ import annotations

import logging

from leaderdev.common.logs import AddRequest


def filtered(request, *args):
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, "%s: %s", args, None)
    if request is not None:
        record.request = request
    assert AddRequest().filter(record) is True
    return record.getMessage()


def test_a_path_that_no_page_answers_is_not_written(rf):
    request = rf.get("/invitation/secret-token/")
    assert filtered(request, "Not Found", request.path) == "Not Found: (no page)"


def test_a_line_without_a_request_stays_as_it_is():
    assert filtered(None, "Sent", "3 mails") == "Sent: 3 mails"


def test_the_development_servers_record_carries_a_socket():
    assert filtered(object(), "GET", "/page/") == "GET: /page/"
