"""What a title says without its marks, and which column that is: ★姓名, 2、您的手机号码？,
出生日期（必填）, 姓名 below a merged 家长."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from diedie_edu.common.spreadsheets.columns import Column, all_words, comparable

LONGEST_CONTEXT = 12  # what is longer, or has a colon, is a note and says nothing of a column
_IN_BRACKETS = re.compile(r"[(\[【〔<《「{](.*?)[)\]】〕>》」}]", re.DOTALL)
_MARKS = re.compile(r"[★☆✩✭✪*※●○◎◆◇■□▲△▼►▶#!√✓✔]+|\ufe0f")
_CIRCLED = re.compile(r"[①-⓿❶-➓㈠-㈩]")
_NUMBERED = re.compile(
    r"^(?:(?:q|问题?)\d{1,3}[、.,:)]?|第?\d{1,3}题[、.,:)]?"
    r"|(?:\d{1,3}(?:\.\d{1,2})?|[一二三四五六七八九十]{1,3})[、.,:)])"
)
_HINTS = re.compile(
    r"(?:必填|必答|选填|可选|可不填|单选|多选|单选题|多选题|填空|required|optional)+$"
)
_PLEASE = re.compile(
    r"^(?:请|麻烦)(?:您|你)?(?:如实|准确|认真|正确)?"
    r"(?:填写|填入|填|输入|录入|选择|选|留下|提供|写下|写明|注明|写|问)?(?:一下)?"
)
_YOURS = re.compile(r"^(?:您|你|贵|本人)(?:家|单位)?(?:所在)?的?(?:真实)?|^真实(?=姓名)")
_ASKING = re.compile(r"(?:是(?:什么|多少|哪(?:里|个|天))?|为|(?:有)?哪些|[?!。.,:;、…])+$")
_PARTS = re.compile(r"[/／|\n]+|(?<=[一-鿿])\s*(?=[A-Za-z]{2})")
# Whoever such a word stands above or before is not the person whom a plain 姓名 names.
_PEOPLE = re.compile(
    "第?[一二三12]?(学生|学员|孩子|儿童|幼儿|小孩|子女|家长|监护人|父亲|母亲|爸爸|妈妈|爷爷|奶奶|配偶|成员|亲属|家属"
    "|紧急联系人|联系人|户主|领队|负责人|推荐人|介绍人|接送人|班主任|法人|法定代表人)"
)
_NO_PERSON = re.compile("[填签请或可]|(?:表|册|名单)$")  # a hint, or the title of the whole list
_NAME = "姓名"


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    return comparable(unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=4096)
def plain(title: str) -> str:
    """The title's words alone, brackets and all marks gone."""
    text = _IN_BRACKETS.sub("", unicodedata.normalize("NFKC", _CIRCLED.sub("", title)))
    text = "".join(_MARKS.sub("", text).split()).casefold()
    for pattern in (_NUMBERED, _HINTS, _ASKING, _PLEASE, _YOURS, _ASKING, _HINTS):
        text = pattern.sub("", text)
    return key(text)


def contexts_of(title: str, uppers: Iterable[str]) -> Iterator[str]:
    """What stands above a title or in its brackets, where it says something of the column."""
    for upper in uppers:
        text = unicodedata.normalize("NFKC", upper)
        if text and ":" not in text and len(text) <= LONGEST_CONTEXT:
            yield plain(upper)
    for hint in _IN_BRACKETS.findall(unicodedata.normalize("NFKC", title)):
        if len(hint) <= LONGEST_CONTEXT:
            yield plain(hint)


class Titles:
    """The columns of a list by all of their words."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = columns

    @cached_property
    def by_word(self) -> Mapping[str, Column]:
        exact = {key(word): one for one in self.columns for word in all_words(one.titles)}
        bare = {plain(word): one for one in self.columns for word in all_words(one.titles)}
        return {**bare, **exact}

    def column(self, title: str, uppers: Sequence[str] = ()) -> Column | None:
        """The one that a title names; what stands above it or in its brackets counts first."""
        if not title:
            return None
        bare, contexts = plain(title), [*filter(None, contexts_of(title, uppers))]
        for context in contexts:
            for joined in (f"{context}{bare}", f"{context}的{bare}", f"{bare}{context}"):
                if found := self.by_word.get(joined):
                    return found
        if any(map(self._is_somebody_else, contexts)):
            return None
        return self.by_word.get(key(title)) or self._bare(bare) or self._one_of(title)

    def _bare(self, bare: str) -> Column | None:
        """Also behind a word for the person whom the list is about: 学生出生日期 of pupils."""
        if found := self.by_word.get(bare):
            return found
        person = _PEOPLE.match(bare)
        if person and not self._is_somebody_else(person[1]):
            return self.by_word.get(bare[person.end() :].removeprefix("的"))
        return None

    def _is_somebody_else(self, context: str) -> bool:
        """学生 is nobody else in a list where 学生姓名 is the name."""
        found = _PEOPLE.match(context)
        if not found or _NO_PERSON.search(context):
            return False
        named = self.by_word.get(f"{found[1]}{_NAME}")
        return named is None or named is not self.by_word.get(_NAME)

    def _one_of(self, title: str) -> Column | None:
        """Of 联系电话/手机, where all that is known is one column."""
        parts = [part for part in _PARTS.split(title) if part.strip()]
        found = [self.by_word.get(plain(part)) for part in parts] if len(parts) > 1 else []
        known = {id(one): one for one in found if one}
        return next(iter(known.values())) if len(known) == 1 else None
