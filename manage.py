#!/usr/bin/env python
"""Runs Django's commands against leaderdev.settings."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leaderdev.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:
        # A setting that is missing or wrong is told in one sentence; a traceback would bury it.
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
