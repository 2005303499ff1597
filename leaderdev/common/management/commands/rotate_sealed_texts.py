"""Seal every private text anew with the first of SEALING_KEYS, so that an older key can be taken away."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import models
from django.db.models import F, TextField, Value
from django.db.models.functions import Cast

from leaderdev.common.sealed_field import SealedTextField
from leaderdev.common.sealing import SealBrokenError, sealed_again, sealed_by_first_key

BATCH = 500


class Command(BaseCommand):
    help = "Seals every private text with the first of SEALING_KEYS. Can run while people work, and again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only count what an older key still holds")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        found = changed = broken = 0
        for model, field in sealed_fields():
            for pk, sealed in older(model, field):
                found += 1
                if check:
                    continue
                try:
                    changed += put(model, field, pk, sealed)
                except SealBrokenError:
                    broken += 1
        if check:
            self.stdout.write(f"{found} texts are sealed with an older key.")
            return
        self.stdout.write(f"{changed} texts are sealed anew with the first key.")
        if broken:
            raise CommandError(f"{broken} texts could not be opened with any key in SEALING_KEYS.")


def sealed_fields() -> Iterator[tuple[type[models.Model], str]]:
    """Every model with each of its sealed fields."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedTextField):
                yield model, field.name


def older(model: type[models.Model], field: str) -> Iterator[tuple[Any, str]]:
    """Key and stored form of each text that another key than the first has written."""
    stored = model._base_manager.annotate(stored_form=_stored(field)).exclude(**{field: ""})
    rows = stored.order_by("pk").values_list("pk", "stored_form")
    for pk, sealed in rows.iterator(chunk_size=BATCH):
        if not sealed_by_first_key(sealed):
            yield pk, sealed


def put(model: type[models.Model], field: str, pk: Any, sealed: str) -> int:
    """1 if the text was still the one that was read: what somebody saved meanwhile is newer and stays."""
    same = model._base_manager.annotate(stored_form=_stored(field)).filter(pk=pk, stored_form=sealed)
    return same.update(**{field: Value(sealed_again(sealed), output_field=TextField())})


def _stored(field: str) -> Cast:
    return Cast(F(field), TextField())
