"""One Chinese word for one thing (`docs/terms.md`), and the pages' words in the handbook."""

import re
from collections.abc import Iterable, Iterator
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


# --- The handbook ----------------------------------------------------------------------

SOURCES = ("diedie_edu", "residents_school", "after_school", "happy_square", "edu_base")
# Titles of columns stand in both languages in one text.
COLUMN = re.compile(r'"([^"|]+(?: \| [^"|]+)+)"')
LEFT_OPEN = re.compile(r"%\\\(\w+\\\)[sd]|%[sd]|\\\{\w+\\\}")  # in an escaped pattern


def columns() -> Iterator[str]:
    for folder in SOURCES:
        for path in (ROOT / folder).rglob("*.py"):
            for titles in COLUMN.findall(path.read_text()):
                yield from titles.split(" | ")


def plain(words: str) -> str:
    """Without spaces, and the stop at the end of a sentence."""
    return re.sub(r"\s", "", words).rstrip("。：:？！.?")


def quoted(text: str) -> Iterator[str]:
    """Each step of “here → there” or *here → there*; a line that is broken goes on in the next."""
    for name, slanted in re.findall(r"“([^“”]+)”|(?<!\*)\*([^*]+)\*(?!\*)", text):
        yield from (name or slanted).split("→")


def unknown(text: str, known: Iterable[str]) -> list[str]:
    """Quoted words that stand on no page; what a page fills in may be anything."""
    said = {plain(words) for words in known}
    open_ones = [
        LEFT_OPEN.sub(".+", re.escape(words)) for words in said if re.search(r"[%{]", words)
    ]
    any_of = re.compile("|".join(filter(lambda one: one.strip(".+"), open_ones)))
    names = map(plain, quoted(text))
    return [name for name in names if name not in said and not any_of.fullmatch(name)]


def test_the_handbook_quotes_the_words_of_the_pages() -> None:
    chinese, english = HANDBOOK.read_text().split("\n# In English")
    entries = polib.pofile(CATALOGUE)
    msgids = [words for entry in entries for words in (entry.msgid, entry.msgid_plural)]
    assert unknown(chinese, [*translations(), *columns()]) == []
    assert unknown(english, [*filter(None, msgids), *columns()]) == []


def test_a_button_that_is_not_there_is_found() -> None:
    known = ["保存", "开启 %(year)s 年", "我的"]
    assert unknown("点“我的 → 开启 2027 年”，再点“保存。”", known) == []
    assert unknown("点“我的 → 存好”", known) == ["存好"]
