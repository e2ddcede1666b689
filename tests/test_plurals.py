"""A word that the catalogue holds without its plural has none: the page shows it in English."""

import ast
from collections.abc import Iterator
from pathlib import Path

import polib
from django.conf import settings

from tests.test_house import tracked

CATALOGUE = Path(settings.BASE_DIR) / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
PLACES = {"ngettext": 0, "ngettext_lazy": 0, "npgettext": 1, "npgettext_lazy": 1}  # of the singular


def test_each_plural_is_one_in_the_catalogue() -> None:
    """A singular that is also said alone, without a context, is collected once, and alone."""
    known = {(row.msgctxt, row.msgid): row.msgid_plural for row in polib.pofile(str(CATALOGUE))}
    said = list(plurals())
    assert [row for row in said if known.get(row[:2]) != row[2]] == []
    assert len(said) > 60


def plurals() -> Iterator[tuple[str | None, str, str]]:
    """Context, singular and plural, of each place in our code that counts."""
    for path in tracked(".py"):
        if "tests" in path.parts:
            continue
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(getattr(call, "func", None), "id", "")
            if name in PLACES:
                texts = [getattr(text, "value", None) for text in call.args]
                first = PLACES[name]
                yield (texts[0] if first else None), texts[first], texts[first + 1]
