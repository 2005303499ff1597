"""Every kind of mail on one picture, as a phone shows it: 390 px wide, on light and on dark."""

from __future__ import annotations

import base64
from pathlib import Path

from playwright.sync_api import Browser, Page

WIDE = {"width": 390, "height": 300}
COLUMNS = 4


def take_mails(browser: Browser, lead: Page, output: Path) -> list[str]:
    """Pictures of the previews that a lead sees, each kind with its examples; the names of the files."""
    lead.goto("/cohorts/growing-together/mail/texts/")
    links = lead.locator("a[href*='/mail/texts/']").evaluate_all("all => all.map(a => a.pathname)")
    kinds = list(dict.fromkeys(path.strip("/").split("/")[-1] for path in links))
    made = []
    for scheme in ("light", "dark"):
        lead.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        lead.set_viewport_size(WIDE)  # type: ignore[arg-type]
        shots = []
        for kind in kinds:
            answer = lead.goto(f"/cohorts/growing-together/mail/preview/{kind}/html/")
            if answer is not None and answer.ok:
                shots.append((kind, lead.screenshot(full_page=True)))
        made.append(_sheet(browser, shots, output / f"mails-{scheme}.png"))
    return made


def _sheet(browser: Browser, shots: list[tuple[str, bytes]], path: Path) -> str:
    page = browser.new_page(viewport={"width": COLUMNS * (WIDE["width"] + 16), "height": 300})
    columns = [shots[place::COLUMNS] for place in range(COLUMNS)]
    page.set_content(
        "<body style='margin:0;display:flex;gap:8px;background:#999;font:12px sans-serif'>"
        + "".join(f"<div>{''.join(map(_figure, column))}</div>" for column in columns)
    )
    page.screenshot(path=path, full_page=True)
    page.close()
    return path.name


def _figure(shot: tuple[str, bytes]) -> str:
    name, picture = shot
    return f"<p>{name}</p><img src='data:image/png;base64,{base64.b64encode(picture).decode()}'>"
