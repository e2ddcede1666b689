"""Draws the icons of home screens from `static/img/logo.svg`: `make icons`.

A mask may cut all but the inner four fifths of an icon off (W3C, Web Application Manifest), and
iPhones paint what is clear black: those have a ground of the design's paper.
"""

import base64
import os
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

PICTURES = Path(__file__).resolve().parents[2] / "static" / "img"
PAPER = "#faf6ec"  # of tokens.css
# Name, pixels, how much of them the mark takes, ground.
ICONS = [
    ("icon-180", 180, 0.68, PAPER),
    ("icon-192", 192, 1, "transparent"),
    ("icon-512", 512, 1, "transparent"),
    ("icon-full", 512, 0.56, PAPER),
]
PAGE = (
    "<body style='margin:0;height:100vh;display:grid;place-items:center;background:{ground}'>"
    "<img style='width:{width}px' src='data:image/svg+xml;base64,{mark}'>"
)


def draw() -> None:
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    mark = base64.b64encode((PICTURES / "logo.svg").read_bytes()).decode()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for name, size, share, ground in ICONS:
            page = browser.new_page(viewport={"width": size, "height": size})
            page.set_content(PAGE.format(ground=ground, width=share * size, mark=mark))
            page.screenshot(path=PICTURES / f"{name}.png", omit_background=True)
        browser.close()


if __name__ == "__main__":
    draw()
