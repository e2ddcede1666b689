"""Templates say how a page looks, in lines that are read at one glance."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent / "templates"
TEXTS = {str(path.relative_to(ROOT)): path.read_text() for path in sorted(ROOT.rglob("*.html"))}
LONGEST = 120
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
