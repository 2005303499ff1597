"""A process that shows pages pays for no statistics before somebody opens a report, and for no workbooks."""

from __future__ import annotations

import subprocess
import sys

LOADED = """
import os, sys
HEAVY = ("numpy", "scipy", "openpyxl", "lxml", "PIL", "weasyprint", "docx", "resvg_py", "pandas", "redis")
import django
django.setup()
import leaderdev.urls, surveys.report_urls, surveys.report.tasks, surveys.services.reports
ours = [name for name in sys.modules if name.startswith("surveys.analysis.")]
print([name for name in HEAVY if name in sys.modules] + ours)
"""


def test_pages_do_not_import_the_statistics() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
