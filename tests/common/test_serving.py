"""The embedded worker starts and stops with its process (tests/faults runs the whole of it)."""

from __future__ import annotations

import pytest

from leaderdev import serving


@pytest.mark.parametrize(
    ("embedded", "processes", "refused"), [(True, 2, True), (True, 1, False), (False, 4, False)]
)
def test_only_one_process_may_keep_messages_in_memory(settings, embedded, processes, refused):
    settings.EMBEDDED_WORKER = embedded
    if refused:
        with pytest.raises(SystemExit, match="Set REDIS_URL"):
            serving.refuse_two_processes(processes)
    else:
        serving.refuse_two_processes(processes)


def test_stopping_what_never_started_is_fine():
    serving.stop_embedded()
