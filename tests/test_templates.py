"""Templates say how a page looks, in lines that are read at one glance."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
TEMPLATES, SHEETS = ROOT / "templates", ROOT / "static" / "css"
TEXTS = {str(path.relative_to(TEMPLATES)): path.read_text() for path in TEMPLATES.rglob("*.html")}
LONGEST = 120
LATE_COUNT = re.compile(r"{% blocktrans(?:late)? (?!count )[^%]*\bcount \w+=[^%]*%}")
LOOSE = re.compile(r'<span class="visually-hidden">.*</span>({% endif %})?\s+</(a|button)>')


def test_no_line_is_longer_than_a_screen_is_wide() -> None:
    wide = [
        f"{name}:{number}"
        for name, text in TEXTS.items()
        for number, line in enumerate(text.splitlines(), start=1)
        if len(line) > LONGEST
    ]
    assert wide == [], "break the line, or give its logic a component, a tag or the view"


def test_nine_templates_in_ten_are_short() -> None:
    lengths = sorted(len(text.splitlines()) for text in TEXTS.values())
    assert lengths[len(lengths) * 9 // 10] <= 140


def test_words_for_screen_readers_end_their_button() -> None:
    """Chromium takes a space after them for one more part of the button, with a gap beside it."""
    assert [name for name, text in TEXTS.items() if LOOSE.search(text)] == []


def test_a_plural_is_counted_first() -> None:
    """Collecting messages skips other orders in silence (`findings/makemessages_rs.sh`)."""
    assert {
        name: found for name, text in TEXTS.items() if (found := LATE_COUNT.findall(text))
    } == {}


# --- Style sheets ----------------------------------------------------------------------


def test_a_page_links_the_style_sheets_of_its_classes() -> None:
    homes = homes_of_classes()
    missing = {
        name: {homes[word] for word in classes_on(name) if word in homes} - linked(name)
        for name, text in TEXTS.items()
        if "{% extends" in text and not name.startswith("admin/")
    }
    assert {name: sheets for name, sheets in missing.items() if sheets} == {}


def homes_of_classes() -> dict[str, str]:
    """The style sheet of each class that begins the selectors of one sheet only."""
    homes: dict[str, set[str]] = {}
    for path in SHEETS.glob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
        for word in re.findall(r"^ *(?:\[data-view=\"elder\"\] )?\.([a-z][\w-]*)", text, re.M):
            homes.setdefault(word, set()).add(path.stem)
    return {word: sheets.pop() for word, sheets in homes.items() if len(sheets) == 1}


def linked(name: str) -> set[str]:
    """The names in {% styles %} of the frame, and of the page or else of the page it extends."""
    tags = " ".join(re.findall(r"{% styles .*? %}|css/.*?\.css", TEXTS[name]))
    names = {one or other for one, other in re.findall(r'"(.*?)"|css/(.*?)\.css', tags)}
    parent = re.search(r'{% extends "(.*?)" %}', TEXTS[name])
    if not parent:
        return names
    above = linked(parent[1])
    return names | (linked("base.html") if names else above)


def classes_on(name: str) -> set[str]:
    """The classes in a template and in all it includes, extends or draws by a tag."""
    found: set[str] = set()
    for part in parts_of(name, set()):
        values = " ".join(re.findall(r'class="([^"]*)"', TEXTS[part]))
        found.update(re.sub(r"{%.*?%}|{{.*?}}", " ", values).split())
    return found


def parts_of(name: str, seen: set[str]) -> set[str]:
    if name in TEXTS and name not in seen:
        seen.add(name)
        drawn = [f"components/{tag}.html" for tag in re.findall(r"{% (\w+)", TEXTS[name])]
        for part in [*drawn, *re.findall(r'{% (?:include|extends|drawn) "(.*?)"', TEXTS[name])]:
            parts_of(part, seen)
    return seen
