"""A process that shows pages pays for no statistics before somebody opens a report.

NumPy itself comes with openpyxl, which django-import-export loads for the admin.
"""

from __future__ import annotations

import subprocess
import sys

LOADED = """
import os, sys
import django
django.setup()
import leaderdev.urls, surveys.report_urls, surveys.report.tasks, surveys.services.reports
ours = [name for name in sys.modules if name.startswith("surveys.analysis.")]
print([name for name in ("scipy", "weasyprint", "docx", "resvg_py", "pandas") if name in sys.modules]
+ ours)
"""


def test_pages_do_not_import_the_statistics() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
