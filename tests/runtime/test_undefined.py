"""An undefined variable in a template of ours fails; in another package's template it prints nothing."""

import pytest
from django.template import engines
from django.template.loader import render_to_string

from tests import undefined


def test_a_template_of_ours_fails(tmp_path, monkeypatch):
    monkeypatch.setattr(undefined, "OURS", str(tmp_path))
    (tmp_path / "page.html").write_text("Hello {{ nobody.name }}")
    engine = engines["django"].engine
    monkeypatch.setattr(engine, "dirs", [tmp_path])
    monkeypatch.setattr(engine.template_loaders[0], "get_template_cache", {}, raising=False)

    with pytest.raises(undefined.UndefinedVariableError, match=r"nobody\.name"):
        render_to_string("page.html", {})


def test_an_engine_built_anew_is_held_to_it_too(settings):
    settings.DEBUG = not settings.DEBUG

    assert isinstance(engines["django"].engine.string_if_invalid, undefined.Undefined)


def test_another_packages_template_stays_silent():
    template = engines["django"].from_string("Hello {{ nobody.name }}.")

    assert template.render({}) == "Hello ."
