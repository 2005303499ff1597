"""The same button pressed many times at once: one effect."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.db import connection

from cohorts.models import Standard
from cohorts.services.standards import adopt_library_standard, edit_words, import_standard
from cohorts.services.standards.wording import Words
from tests.cast import make_cast, make_year
from tests.cohorts.standard_samples import small

# Threads need a database that takes several connections; SQLite in a test is one connection's memory.
pytestmark = [pytest.mark.needs_postgres, pytest.mark.django_db(transaction=True)]
CLICKS = 6


def at_once(act) -> list[Standard]:
    def one(_: int) -> Standard:
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(CLICKS) as pool:
        return list(pool.map(one, range(CLICKS)))


def test_adopting_and_importing_many_times_at_once_makes_one_standard() -> None:
    cast = make_cast()

    adopted = at_once(lambda: adopt_library_standard(by=cast.lead, district=cast.district, slug="psel-2015"))
    imported = at_once(lambda: import_standard(by=cast.lead, district=cast.district, document=small()))

    assert len(set(adopted)) == len(set(imported)) == 1
    assert imported[0].nodes.count() == 5


def test_new_words_many_times_at_once_make_one_version() -> None:
    cast = make_cast()
    standard = import_standard(by=cast.lead, district=cast.district, document=small())
    make_year(cast.cohort, standard, label="2027–28")
    node = standard.nodes.get(code="1")
    nodes = tuple(replace(n, summary="By file.") if n.code == "2" else n for n in small().nodes)

    typed = at_once(
        lambda: edit_words(by=cast.lead, standard=standard, words={node.pk: Words("Other words.")})
    )
    document = replace(small(), nodes=(replace(nodes[0], summary="Other words."), *nodes[1:]))
    filed = at_once(lambda: import_standard(by=cast.lead, district=cast.district, document=document))

    assert len(set(typed)) == 1
    assert set(filed) == set(typed), "nobody holds the new version yet, so the file changes it in place"
    assert Standard.objects.filter(replaces__isnull=False).count() == 1
