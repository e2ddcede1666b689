"""Chinese has no space after a full stop: sentences side by side stand in `{% sentences %}`."""

import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.template import engines

ROOT = Path(__file__).parents[1]
SENTENCE = re.compile(
    r'{% translate "(?P<line>[^"]*)"[^%]*%}'
    r"|{% blocktranslate[^%]*%}(?P<block>.*?){% endblocktranslate %}",
    re.DOTALL,
)
JOINED = re.compile(r"{% sentences %}.*?{% endsentences %}", re.DOTALL)
# What comes next on the same line of the page: another sentence, perhaps under a condition.
NEXT = re.compile(
    r"\s+(?:{% (?:endif|endwith) %}\s+)?(?:{% if [^%]*%}\s*)?(?:{% (?:block)?translate |{{)"
)


def chinese() -> dict[str, str]:
    catalogue = polib.pofile(str(ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"))
    return {entry.msgid: entry.msgstr for entry in catalogue}


def side_by_side(source: str, known: dict[str, str]) -> Iterator[str]:
    text = JOINED.sub("", source)
    for found in SENTENCE.finditer(text):
        words = found["line"] or " ".join((found["block"] or "").split("{% plural %}")[0].split())
        said = known.get(re.sub(r"{{ (\w+) }}", r"%(\1)s", words), "")
        if said.endswith(tuple("。！？；")) and NEXT.match(text, found.end()):
            yield said


def test_no_two_sentences_stand_side_by_side_with_a_space() -> None:
    known = chinese()
    pages = sorted((ROOT / "templates").rglob("*.html"))
    found = {
        f"{page.name}: {said}"
        for page in pages
        for said in side_by_side(page.read_text("utf-8"), known)
    }
    assert found == set()


def test_such_a_pair_is_found() -> None:
    pair = '{% translate "One." %} {% if other %}{% translate "Two." %}{% endif %}'
    assert [*side_by_side(pair, {"One.": "一。", "Two.": "二。"})] == ["一。"]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("一。\n  二！ <a>三</a>", "一。二！<a>三</a>"), ("One. Two.", "One. Two.")],
)
def test_nothing_stands_between_them(typed: str, shown: str) -> None:
    page = "{% load ui %}{% sentences %}{{ typed|safe }}{% endsentences %}"
    assert engines["django"].from_string(page).render({"typed": typed}) == shown
