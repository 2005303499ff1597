"""A survey that is open now, its keys in a folder of this test's own."""

from __future__ import annotations

import pytest
import time_machine

from tests.standing import cast, other, standing
from tests.surveys import samples

__all__ = ["cast", "other", "standing"]


@pytest.fixture(autouse=True)
def own_keys(tmp_path, settings):
    settings.SURVEY_KEYS_DIR = tmp_path / "keys"


@pytest.fixture(autouse=True)
def october():
    with time_machine.travel(samples.NOW, tick=False):
        yield


@pytest.fixture
def survey(cast):
    return samples.make_survey(cast)


@pytest.fixture
def wave(cast, survey):
    return samples.make_wave(cast, survey)
