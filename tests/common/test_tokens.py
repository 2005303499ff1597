"""Every pair of colors that carries text or an edge has the contrast of WCAG 2.2 AA, in both themes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[2] / "static" / "css"
TEXT, EDGE = 4.5, 3.0
GROUNDS = ("paper", "surface", "sunken")
PAIRS = [
    *[(ink, ground, TEXT) for ink in ("ink", "ink-soft", "accent", "accent-strong") for ground in GROUNDS],
    *[(state, ground, TEXT) for state in ("good", "warn", "bad") for ground in (*GROUNDS, f"{state}-wash")],
    *[("ink", f"{wash}-wash", TEXT) for wash in ("accent", "good", "warn", "bad")],
    *[("ink-soft", f"{wash}-wash", TEXT) for wash in ("accent", "warn")],
    *[(name, "accent-wash", TEXT) for name in ("accent", "accent-strong")],
    *[("on-accent", fill, TEXT) for fill in ("accent", "accent-strong", "bad")],
    *[("paper", part, TEXT) for part in ("good", "accent", "warn", "bad", "ink-soft")],
    *[(line, ground, EDGE) for line in ("edge", "focus") for ground in GROUNDS],
    ("accent", "rule", EDGE),
]


def tokens() -> dict[str, tuple[str, str]]:
    found = re.findall(
        r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", (CSS / "tokens.css").read_text()
    )
    return {name: (light, dark) for name, light, dark in found}


def luminance(color: str) -> float:
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_has_the_contrast_that_the_standard_names():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_contrast(front, back, least, theme):
    named = tokens()
    assert contrast(named[front][theme], named[back][theme]) >= least


def test_no_other_file_names_a_color_of_its_own():
    # Paper knows no themes, and the PDF is drawn without the tokens.
    allowed = {
        "tokens.css",
        "print.css",
        "plan_document.css",
        "plan_document_pdf.css",
        "certificate_pdf.css",
        "report_pdf.css",
    }
    strays = {
        color
        for path in CSS.glob("*.css")
        if path.name not in allowed
        for color in re.findall(r"(?<![\w-])#[0-9a-fA-F]{3,8}\b", path.read_text())
    }
    # White whatever the theme: behind a QR code for the camera, behind a mail as its reader sees it.
    assert strays <= {"#fff"}
