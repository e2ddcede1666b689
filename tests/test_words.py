"""One Chinese word for one thing, as `docs/terms.md` has it."""

from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).parent.parent
TERMS, HANDBOOK = ROOT / "docs" / "terms.md", ROOT / "docs" / "handbook.md"
CATALOGUE = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"


def rows_of_words() -> Iterator[tuple[str, str, str]]:
    """What is said, what is not, and the name in which that stands all the same."""
    _before, table = TERMS.read_text().split("## 用词")
    lines = [line for line in table.splitlines() if line.startswith("|")]
    for line in lines[2:]:  # below the heads
        said, unsaid, but, _where = (cell.strip() for cell in line.strip("|").split("|"))
        yield from ((said, word, but) for word in unsaid.split("、"))


def translations() -> Iterator[str]:
    for entry in polib.pofile(CATALOGUE):
        yield from entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]


def says(text: str, word: str, but: str) -> bool:
    return word in (text.replace(but, "") if but else text)


@pytest.mark.parametrize(("said", "unsaid", "but"), rows_of_words())
def test_one_thing_has_one_word(said: str, unsaid: str, but: str) -> None:
    texts = [*translations(), *HANDBOOK.read_text().splitlines()]
    assert [text for text in texts if says(text, unsaid, but)] == [], f"we say {said}"


def test_a_word_inside_a_fixed_name_may_stand() -> None:
    assert says("请讲师", "讲师", "讲师团")
    assert not says("讲师团成员", "讲师", "讲师团")
