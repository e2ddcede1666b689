"""The style sheets keep what docs/design.md promises: contrast, and no rule without a use."""

import re
from pathlib import Path

import pytest

from diedie_edu.community.models import Palette

ROOT = Path(__file__).parent.parent
CSS = ROOT / "static" / "css"
TONES = ["leaf", "amber", "rose", "indigo", "brick"]


def colours(*names: str) -> dict[str, str]:
    """The colour variables of the files, the later file winning."""
    text = "".join((CSS / name).read_text() for name in names)
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", text))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2: (lighter + 0.05) / (darker + 0.05)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("tone", TONES)
def test_tones_can_be_read_on_their_tint_and_under_white_text(tone):
    found = colours("tokens.css")
    assert contrast(found[tone], found[f"{tone}-tint"]) >= 4.5
    assert contrast(found[tone], found["on-dark"]) >= 4.5


@pytest.mark.parametrize("ground", ["paper", "paper-deep", "card"])
@pytest.mark.parametrize("ink", ["ink", "ink-soft", "leaf", "brick"])
def test_text_can_be_read_on_every_ground(ink, ground):
    found = colours("tokens.css")
    assert contrast(found[ink], found[ground]) >= 4.5


@pytest.mark.parametrize("edge", ["line-control", "focus"])
def test_edges_of_controls_and_the_focus_can_be_seen(edge):
    found = colours("tokens.css")
    assert contrast(found[edge], found["paper"]) >= 3


@pytest.mark.parametrize("ink", ["ink", "ink-soft", *TONES])
def test_elder_view_reaches_seven_to_one(ink):
    found = colours("tokens.css", "elder.css")
    assert contrast(found[ink], found["paper"]) >= 7


def selectors(sheet: Path) -> str:
    """What a style sheet names, without what it says of it."""
    return re.sub(r"/\*.*?\*/|\{[^{}]*\}", "", sheet.read_text(), flags=re.S)


def test_every_class_in_the_style_sheets_is_used():
    sources = [*ROOT.glob("templates/**/*.html"), *ROOT.glob("*/**/templatetags/*.py")]
    used = "".join(path.read_text() for path in sources)
    from_django_and_crispy = {"theme-toggle", "is-invalid", "breadcrumbs"}
    for sheet in set(CSS.glob("*.css")) - {CSS / "tokens.css"}:  # whose tones are put together
        classes = set(re.findall(r"\.([a-z][\w-]*)", selectors(sheet))) - from_django_and_crispy
        assert {word for word in classes if not re.search(rf"\b{word}\b", used)} == set()


def test_no_template_carries_inline_style_or_script():
    for path in ROOT.glob("templates/**/*.html"):
        assert not re.search(r"\sstyle=|<style|<script(?! src=)|\son\w+=", path.read_text()), path


PALETTES = [name for name in Palette.values if name != Palette.BANYAN]


@pytest.mark.parametrize("palette", PALETTES)
def test_a_palette_can_be_read_wherever_the_green_stands(palette):
    """As text on every ground and on its tint, and under white; in the elder view by seven."""
    found = colours("tokens.css", "palettes.css")
    grounds = ["paper", "paper-deep", "card", f"{palette}-tint", "on-dark"]
    assert min(contrast(found[palette], found[ground]) for ground in grounds) >= 4.5
    assert contrast(found[f"{palette}-deep"], found[f"{palette}-tint"]) >= 4.5
    assert contrast(found["ink"], found[f"{palette}-tint"]) >= 4.5
    assert contrast(found[f"{palette}-elder"], found["paper"]) >= 7


@pytest.mark.parametrize("palette", PALETTES)
def test_a_palette_replaces_all_that_is_green(palette):
    """The numbers that Bootstrap asks for are those of the colours themselves."""
    sheet = (CSS / "palettes.css").read_text()
    for view, name in (("", palette), ('[data-view="elder"]', f"{palette}-elder")):
        block = sheet.split(f'[data-palette="{palette}"]{view} {{')[1].split("}")[0]
        colour = colours("palettes.css")[name]
        numbers = ", ".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
        assert f"--leaf: var(--{name});" in block
        assert f"--bs-link-color-rgb: {numbers};" in block


def test_the_page_shows_each_palette_in_its_own_colour():
    found = colours("tokens.css", "palettes.css") | {"banyan": colours("tokens.css")["leaf"]}
    shown = re.findall(
        r'value="(\w+)"\] \+ label \{\s*--palette: (#\w+);', (CSS / "community.css").read_text()
    )
    assert dict(shown) == {name: found[name] for name in Palette.values}
