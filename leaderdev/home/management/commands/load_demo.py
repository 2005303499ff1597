"""Loads the fictional school division that every page of the demo shows."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from leaderdev.home.demo.load import load, loaded_on
from leaderdev.home.demo.program import SHORT_NAME
from leaderdev.home.management.refusal import refuse_real_installation


class Command(BaseCommand):
    help = "Loads the demo division. Safe to run again: adds what is missing, keeps what was typed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--today",
            type=datetime.date.fromisoformat,
            help="The day on which the second year shall be half-way, such as 2026-11-23 (default: today). "
            "Counts for the first loading only.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_real_installation("The demo")
        known = loaded_on()
        dates = load(options["today"]).plan.dates
        done = "is there already; nothing typed was changed" if known else "is loaded"
        self.stdout.write(
            f"The demo division {SHORT_NAME} {done}. "
            f"It is half-way through {dates.second.label}, seen from {dates.today:%d %B %Y}."
        )
