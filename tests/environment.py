"""Loaded before settings: the suite always runs in test mode, never on a developer's data."""

import os
import tempfile

os.environ["MODE"] = "test"
os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="leaderdev-test-"))
# Playwright keeps an event loop in the thread that also runs the tests' queries.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
