"""Addresses of static files are worked out once."""

from __future__ import annotations

import pytest

from leaderdev.common.static_addresses import Compressed, Uncompressed


@pytest.mark.parametrize("storage", [Compressed, Uncompressed])
def test_an_address_is_that_of_the_manifest_and_is_worked_out_once(storage, tmp_path, settings, monkeypatch):
    settings.DEBUG = False
    manifest = '{"version": "1.1", "paths": {"css/base.css": "css/base.123.css"}, "hash": "1"}'
    (tmp_path / "staticfiles.json").write_text(manifest)
    store = storage(location=tmp_path, base_url="/static/")
    assert store.url("css/base.css") == "/static/css/base.123.css"
    monkeypatch.setattr(store, "hashed_files", {})
    assert store.url("css/base.css") == "/static/css/base.123.css"
    with pytest.raises(ValueError, match="Missing staticfiles manifest entry"):
        store.url("css/base.css", force=True)
