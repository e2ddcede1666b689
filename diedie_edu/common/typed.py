"""What people type to say which thing they mean: a house, a room, a group, an organisation.

Two ways to write one thing have one key, and a word that says nothing has none: 无, 不详, -, 0 or
#REF! in many rows would make strangers one.
"""

import re

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.characters import plain
from diedie_edu.common.errors import Refused
from diedie_edu.common.variants import COUNTS_AS

KEY_VERSION = 2

_DASHES = re.compile(r"\s*[-‐‑‒–—―⸺⸻−─━ー]+\s*")
_BETWEEN = re.compile(r"(?<=[a-z0-9])\s+(?=[a-z0-9])")
_AT_THE_ENDS = "-.,;:。，、；："
_ERROR = re.compile(
    r"#+(ref|value|name|num|null|div/0|n/a|spill|calc|field|blocked|unknown|connect|busy|python"
    r"|getting_data|[\u4e00-\u9fff]{1,4}[!?])[!?]?|#{3,}|(err|错误):\d{3}"
)
_CHINESE = """
无 没 没有 未有 不详 不詳 不明 不清 不清楚 不知 不知道 未知 不确定 不适用 不填 免填
未定 未填 未填写 未登记 未登記 未提供 未录入 待定 待补 待补充 待填 待查 待核实 待确认
暂无 暫无 暂缺 暂未 暂不清楚 缺 缺失 空 空白 空缺 零 〇 略
同 同上 同前 同左 如上 无户号 没有户号 无房号 无号 无资料 无信息 无数据 无电话 无手机
"""
_ENGLISH = """
na nan no none null nil unknown undefined missing empty blank tbd tba tbc ditto
notknown notavailable notapplicable sameasabove asabove
"""
_EXAMPLE = "13800000000"  # the phone of the templates, given to nobody
_WORDS = (*_CHINESE.split(), *_ENGLISH.split(), _EXAMPLE, "0", "x")
_FIRST = {word[0] for word in _WORDS} | set("#無沒暫")  # as they stand before they are one form
_LETTER = re.compile(r"[#〇]|[^\W_]")
_NOTHING = re.compile(
    rf"(?:0|{'|'.join(_CHINESE.split())})+|x{{2,}}|{_EXAMPLE}|{'|'.join(_ENGLISH.split())}"
)


def means_nothing(text: str) -> bool:
    """Whether a word stands where somebody had nothing to say; an empty one as well. Asked of every
    cell of a list, hence the short way."""
    if (first := _LETTER.search(text)) and _is_another_word(first[0]):
        return False
    word = _plain(text)
    letters = "".join(filter(str.isalnum, word))
    return bool(_ERROR.fullmatch(word) or not letters or _NOTHING.fullmatch(letters))


def shows_error(text: str) -> bool:
    """Whether a program wrote an error there in words: #N/A, #REF!, ####, Err:502."""
    is_short = len(text) < 32 and ("#" in text or "＃" in text or ":" in text or "：" in text)
    return is_short and bool(_ERROR.fullmatch(_plain(text)))


def _is_another_word(letter: str) -> bool:
    """Whether no word for nothing begins so, as far as a common letter tells."""
    is_common = letter.isascii() or "\u4e00" <= letter <= "\u9fff"
    return is_common and letter.lower() not in _FIRST


def tidy(text: str) -> str:
    """As it is kept: letters, digits and dashes of one kind, no spaces around dashes."""
    return _DASHES.sub("-", " ".join(plain(text).split()))


def typed_key(text: str) -> str:
    """What two ways to write one thing have in common, "2:t-1" for T－1 and T — 1, too; empty for
    what means nothing. Width, case, variants of characters, kinds of dashes and spaces do not
    count. The version stands in front, as in `names.name_key`."""
    if means_nothing(text):
        return ""
    word = _BETWEEN.sub("-", tidy(_plain(text)))
    return f"{KEY_VERSION}:{''.join(word.split()).strip(_AT_THE_ENDS)}"


def check_says_something(text: str, field: str | None = None) -> None:
    """House rule: rows come together by what somebody meant, never by a word for “nothing”. Raises
    `Refused` (`says_nothing`)."""
    if text and means_nothing(text):
        raise Refused("says_nothing", SAYS_NOTHING, field)


def _plain(text: str) -> str:
    return plain(text).casefold().translate(COUNTS_AS).strip()


SAYS_NOTHING = _(
    "This is a word for “none” or “not known”, and would bring strangers together. Enter the real "
    "one, or leave it empty."
)
