"""Models and migrations agree, and every migration of ours can be taken back."""

from __future__ import annotations

import os

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

OURS = ("home", "reminders", "coaching", "growthplans", "surveys", "cohorts", "accounts", "common")


def tables() -> set[str]:
    return {name for name in connection.introspection.table_names() if name.startswith(OURS)}


@pytest.mark.django_db
def test_no_change_of_a_model_lacks_its_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_migrations_go_back_and_forward_again(request):
    if request.config.getoption("nomigrations"):
        assert "CI" not in os.environ, "the gate has to build its tables by the migrations"
        pytest.skip("the tables were made from the models; `make test` builds them by the migrations")
    before = tables()
    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()
    ours = [app for app in OURS if any(app == label for label, _ in leaves)]
    executor.migrate([(app, None) for app in ours])
    assert tables() == set()
    executor = MigrationExecutor(connection)
    executor.migrate(leaves)
    assert tables() == before


def test_every_app_of_ours_is_looked_at():
    ours = {config.label for config in apps.get_app_configs() if not config.path.count("site-packages")}
    assert ours <= set(OURS)
