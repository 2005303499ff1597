"""The locked lists stand for pyproject.toml and install wherever pip finds packages."""

import pytest

from tests.locks import HEADER, ROOT, check, problems

HASH = " \\\n    --hash=sha256:00\n"


def test_committed_lists_stand_for_the_project():
    assert check() == 0


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_no_address_and_no_path(name):
    text = (ROOT / name).read_text()

    assert "http" not in text.replace("httpx", "")
    assert "file:" not in text


@pytest.mark.parametrize(
    ("lock", "sentence"),
    [
        (f"redis==8.1.0{HASH}", "it does not start with the line that says how to renew it"),
        (f"{HEADER}redis==8.1.0\n", "redis has no hash"),
        (f"{HEADER}redis==7.0.0{HASH}", "redis is locked at 7.0.0, outside >=8.1"),
        (f"{HEADER}amqp==5.0.0{HASH}", "redis is missing"),
        (f"{HEADER}--find-links x\nredis==8.1.0{HASH}", "it holds an address or a local path"),
    ],
)
def test_each_fault_of_a_list_is_named(lock, sentence):
    assert problems(lock, ["redis>=8.1"]) == [sentence]


def test_an_extra_that_the_pin_lost_is_named():
    assert problems(f"{HEADER}celery==5.7.0{HASH}", ["celery[redis]>=5.7"]) == [
        "celery is locked without [redis]"
    ]
    assert problems(f"{HEADER}celery[redis, sqs]==5.7.0{HASH}", ["celery[redis]>=5.7"]) == []
