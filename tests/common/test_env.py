"""Each reader takes what is right and, for what is wrong, names the variable and the remedy."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from leaderdev import env

POSTGRES = {"schemes": ("postgres", "sqlite"), "example": "postgres://user:password@host:5432/name"}


@pytest.fixture
def given(monkeypatch):
    def put(value: str | None) -> None:
        if value is None:
            monkeypatch.delenv("SAMPLE", raising=False)
        else:
            monkeypatch.setenv("SAMPLE", value)

    put(None)
    return put


def sentence(read) -> str:
    with pytest.raises(ImproperlyConfigured) as caught:
        read()
    return str(caught.value).removesuffix(" (.env.example explains each setting.)")


def test_a_file_fills_what_the_environment_leaves_open(tmp_path, monkeypatch):
    monkeypatch.setenv("SAMPLE", "from the environment")
    monkeypatch.setenv("SAMPLE_OTHER", "")
    monkeypatch.delenv("SAMPLE_OTHER")
    (tmp_path / ".env").write_text("SAMPLE=from the file\nSAMPLE_OTHER=from the file\n")

    env.load_file(tmp_path / ".env")
    env.load_file(tmp_path / "missing")

    assert [env.text("SAMPLE"), env.text("SAMPLE_OTHER")] == ["from the environment", "from the file"]


@pytest.mark.parametrize(
    ("value", "read", "expected"),
    [
        ("  words ", lambda: env.text("SAMPLE"), "words"),
        ("", lambda: env.text("SAMPLE", "default"), "default"),
        ("demo", lambda: env.choice("SAMPLE", ("demo", "test"), "test"), "demo"),
        ("Yes", lambda: env.flag("SAMPLE"), True),
        ("off", lambda: env.flag("SAMPLE", True), False),
        (None, lambda: env.flag("SAMPLE", True), True),
        ("7", lambda: env.number("SAMPLE", 3), 7),
        (" ", lambda: env.number("SAMPLE", 3), 3),
        ("a, b ,,", lambda: env.words("SAMPLE"), ["a", "b"]),
        (None, lambda: env.words("SAMPLE", ["x"]), ["x"]),
        ("https://a.example.ca/", lambda: env.site("SAMPLE", None, remedy=""), "https://a.example.ca"),
    ],
)
def test_what_is_right_is_read(given, value, read, expected):
    given(value)

    assert read() == expected


@pytest.mark.parametrize(
    ("value", "read", "expected"),
    [
        (None, lambda: env.text("SAMPLE"), "SAMPLE is not set. Set it in the environment or in .env."),
        ("x", lambda: env.choice("SAMPLE", ("a", "b"), "a"), "SAMPLE is “x”. Use one of: a, b."),
        ("maybe", lambda: env.flag("SAMPLE"), "SAMPLE is “maybe”. Use 1 or 0."),
        ("many", lambda: env.number("SAMPLE", 1), "SAMPLE is “many”. Use a whole number."),
        ("0", lambda: env.number("SAMPLE", 1, least=1), "SAMPLE is 0. Use a whole number of at least 1."),
        (
            "leaders.example.ca",
            lambda: env.site("SAMPLE", None, remedy="R."),
            "SAMPLE is “leaders.example.ca”. R.",
        ),
        ("https://a.ca/x", lambda: env.site("SAMPLE", None, remedy="R."), "SAMPLE is “https://a.ca/x”. R."),
        (None, lambda: env.site("SAMPLE", None, remedy="R."), "SAMPLE is not set. R."),
    ],
)
def test_what_is_wrong_is_named_with_its_remedy(given, value, read, expected):
    given(value)

    assert sentence(read) == expected


def test_a_blank_address_counts_as_not_set(given):
    given("")

    assert env.address("SAMPLE", "sqlite:///x", env.DATABASE, **POSTGRES)["NAME"] == "x"


def test_an_address_is_taken_apart(given):
    given("postgres://ana:p%40ss@db.example.ca:5433/leaders")

    found = env.address("SAMPLE", None, env.DATABASE, **POSTGRES)

    assert {name: found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "leaders",
        "USER": "ana",
        "PASSWORD": "p@ss",
        "HOST": "db.example.ca",
        "PORT": 5433,
    }


@pytest.mark.parametrize(
    "value", [None, "mysql://ana:hush@host/x", "nonsense hush", "postgres://u:hush@h:port/x"]
)
def test_a_wrong_address_is_refused_without_repeating_its_password(given, value):
    given(value)

    found = sentence(lambda: env.address("SAMPLE", None, env.DATABASE, **POSTGRES))

    assert found.endswith("Write it like postgres://user:password@host:5432/name.")
    assert "hush" not in found
