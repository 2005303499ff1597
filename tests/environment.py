"""Loaded before settings: the suite always runs in test mode, never on a developer's data."""

import atexit
import os
import shutil
import tempfile

import hypothesis

os.environ["MODE"] = "test"
# Tests that need a broker start processes of their own and name it to them.
os.environ["CELERY_BROKER_URL"] = "memory://localhost/"
if "VAR_DIR" not in os.environ:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="leaderdev-test-")
    atexit.register(shutil.rmtree, os.environ["VAR_DIR"], ignore_errors=True)
# Playwright keeps an event loop in the thread that also runs the tests' queries.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
# How fast an example is drawn says how busy the machine is, not whether the code is right.
hypothesis.settings.register_profile(
    "suite", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("suite")
