"""The floors as a picture: one row for each layer of the contract, and a line on what it is for."""

import tomllib
from textwrap import shorten
from xml.sax.saxutils import escape

from django.conf import settings

PICTURE = settings.BASE_DIR / "docs" / "pictures" / "floors.svg"
WIDTH, ROW, MARGIN, TEXT_AT = 920, 46, 16, 190
LONGEST = 92  # characters of a purpose
COLOURS = ("#e7f0e4", "#f7efdf")


def layers() -> list[list[str]]:
    """From the portal down to common, each with the packages that stand on it, side by side."""
    text = (settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8")
    whole, rooms, *_others = tomllib.loads(text)["tool"]["importlinter"]["contracts"]
    below = [[f"diedie_edu.{room}"] for room in rooms["layers"] if room != "portal"]
    return [_names(layer) for layer in whole["layers"][:2]] + below


def _names(layer: str) -> list[str]:
    return [name.strip() for name in layer.split("|")]


def purpose(package: str) -> str:
    """The first sentence of a package's README."""
    readme = settings.BASE_DIR.joinpath(*package.split("."), "README.md")
    lines = readme.read_text(encoding="utf-8").splitlines() if readme.exists() else []
    words = " ".join(line for line in lines[1:8] if line and not line.startswith(("#", "|")))
    return shorten(words.partition(". ")[0].rstrip("."), LONGEST, placeholder="…")


def drawing() -> str:
    floors = layers()
    height = len(floors) * ROW + 2 * MARGIN
    rows = "\n".join(_row(number, names) for number, names in enumerate(floors))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"'
        ' font-family="sans-serif" font-size="14">\n'
        "<title>Floors of the house: each imports only what is below it</title>\n"
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>\n{rows}\n</svg>\n'
    )


def _row(number: int, names: list[str]) -> str:
    top = MARGIN + number * ROW
    words = "  |  ".join(name.removeprefix("diedie_edu.") for name in names)
    said = purpose(names[0]) if len(names) == 1 else ""
    return (
        f'<rect x="{MARGIN}" y="{top}" width="{WIDTH - 2 * MARGIN}" height="{ROW - 6}" rx="8"'
        f' fill="{COLOURS[number % 2]}"/>\n'
        f'<text x="{MARGIN + 14}" y="{top + 25}" font-weight="bold">{escape(words)}</text>\n'
        f'<text x="{TEXT_AT}" y="{top + 25}" fill="#444">{escape(said)}</text>'
    )
