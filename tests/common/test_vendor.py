"""Vendored files are the ones that their notice names."""

import hashlib
import re
from pathlib import Path

VENDOR = Path(__file__).resolve().parents[2] / "static" / "vendor"


def test_every_file_is_listed_with_its_checksum():
    listed = {
        name: digest
        for digest, name in re.findall(
            r"^([0-9a-f]{64})  (\S+)$", (VENDOR / "README.md").read_text(), re.MULTILINE
        )
    }
    present = {
        str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "README.md"
    }
    assert present == listed


def test_every_folder_carries_its_license():
    assert [f.name for f in VENDOR.iterdir() if f.is_dir() and not (f / "LICENSE").is_file()] == []


def test_nothing_points_at_a_source_map_that_is_not_here():
    text = [path for path in VENDOR.rglob("*") if path.suffix in {".css", ".js"}]
    assert [path.name for path in text if "sourceMappingURL" in path.read_text()] == []
