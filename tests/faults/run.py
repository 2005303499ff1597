"""Runs one script with Django ready, in a process of its own: `python -m tests.faults.run FILE`."""

import runpy
import sys

if __name__ == "__main__":
    import django

    django.setup()
    runpy.run_path(sys.argv[1])
