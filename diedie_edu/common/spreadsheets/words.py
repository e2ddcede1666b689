"""Numbers, amounts, answers and choices in the words in which people write them into cells."""

import re
import unicodedata
from decimal import Decimal

_YES = """
是 有 对 真 √ ✓ ✔ ☑ ✅ 🗹 ● y yes true t 1 1.0 present
到 已到 到场 已到场 到了 来 来了 已来 已签到 已签
出席 已出席 参加 已参加 出勤 准时 迟到 早退 attended
"""
_NO = """
否 无 没有 不是 假 × ✗ ✘ ❌ ☐ □ x n no false f 0 0.0 absent
未到 未到场 没到 没来 未来 不来 未签到 未签
缺席 缺勤 未出席 未参加 不参加 没参加 请假 病假 事假 已请假 旷课
"""
YES, NO = set(_YES.split()), set(_NO.split())
# Programs and offices use them for yes and for no.
BOTH_WAYS = {"☒", "🗷", "○", "〇", "o", "◯"}

_UNIT = re.compile(
    r"(?P<number>.+?)(?:个)?"
    r"(?:人次|人|名|位|个|岁|周岁|次|场|节|座|席|户|天|日|号|年度|年|届|期|分钟|分|份|件|套|张|本|项|楼|层|年级)$"
)
_DIGITS = dict(
    zip(
        "〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖两俩廿",
        [0, 0, *range(1, 10), *range(1, 10), 2, 2, 20],
        strict=True,
    )
)
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_SAID_SHORT = {"百": 10, "佰": 10, "千": 100, "仟": 100, "万": 1000}  # 一百二
_CHINESE = re.compile(r"[〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖两俩廿十拾百佰千仟万]+")
_MONEY = re.compile(
    r"^(?:人民币|rmb|cny|[¥￥])|(?:人民币|rmb|cny|元整|圆整|元正|块钱|元|圆|块|整)$", re.I
)
_LARGE = {"万": 10_000, "千": 1000, "百万": 1_000_000, "亿": 100_000_000}
_LARGE_AMOUNT = re.compile(r"([+-]?\d+(?:\.\d+)?)(百万|万|千|亿)")
_LETTERED = re.compile(
    r"^(?:[(（]?(?:[A-Za-z]|\d{1,2})[)）.．、:：]|[①-⑳⑴-⒇]|[A-Z](?=[\u4e00-\u9fff]))\s*(?=\S)"
)
_LETTER_AND_COMMA = re.compile(r"(?:^|(?<=[┋│|;；,，\n]))\s*(?:[A-Za-z]|\d{1,2})、")
_TICK, _BOX = "☑✅✔✓√■●☒🗹", "☐□○◯"
_BEFORE = re.compile(rf"[{_TICK}]\ufe0f?\s*([^{_TICK}{_BOX}\s]+)")
_BEHIND = re.compile(rf"([^{_TICK}{_BOX}\s]+)\s*[{_TICK}]")


def plain(text: str) -> str:
    """NFKC without spaces, commas and the signs that only choose how one is drawn."""
    return re.sub(r"[\s,\ufe0e\ufe0f]", "", unicodedata.normalize("NFKC", text))


def whole_number(text: str) -> int | None:
    """20, 20人, １２, 十二, 12.0; None where it is none, or is only about one: 约20人, 20-30."""
    found = plain(text)
    if match := _UNIT.fullmatch(found):
        found = match["number"].removeprefix("第")
    found = re.sub(r"\.0+$", "", found)
    if re.fullmatch(r"[+-]?\d{1,15}", found):
        return int(found)
    return chinese_number(found)


def chinese_number(text: str) -> int | None:
    """十二, 两百零五, 一百二, 一万二千; years sign by sign. None for 七八 and 二三十, a few."""
    if not _CHINESE.fullmatch(text):
        return None
    if all(sign in _DIGITS for sign in text):
        is_read = len(text) != 2 and "廿" not in text
        return int("".join(str(_DIGITS[sign]) for sign in text)) if is_read else None
    return _counted(text)


def _counted(text: str) -> int | None:
    total = part = digit = 0
    for sign in text:
        if sign in _TENS:
            part += (digit or 1) * _TENS[sign]
            digit = 0
        elif sign == "万":
            total, part, digit = (part + digit) * 10_000, 0, 0
        elif digit or sign == "廿":
            return None
        else:
            digit = _DIGITS[sign]
    return total + part + digit * _SAID_SHORT.get(text[-2:-1], 1)


def amount(text: str) -> str:
    """An amount without its currency and in digits: 1.2万元 is 12000, 一千二百元 is 1200."""
    found = plain(text)
    for _end in range(3):
        found = _MONEY.sub("", found)
    if match := _LARGE_AMOUNT.fullmatch(found):
        return str(Decimal(match[1]) * _LARGE[match[2]])
    number = chinese_number(found)
    return found if number is None else str(number)


def ticked(text: str) -> str:
    """What is ticked of all that may be, ☑男 □女 or 男√ 女□; the text itself where nothing is."""
    pattern = _BEFORE if text.lstrip()[:1] in f"{_TICK}{_BOX}" else _BEHIND
    return "、".join(pattern.findall(text)) or text


def without_letters(text: str) -> str:
    """Several answers without theirs, where a sign stands behind the letter that parts words."""
    return _LETTER_AND_COMMA.sub("", text)


def without_letter(text: str) -> str:
    """An answer without the letter of its option: A. 男, ①男."""
    return _LETTERED.sub("", text)
