"""What may stand in the fields of a template message of WeChat.

An official account chooses templates out of WeChat's library and has 25 at most, so several kinds
share one. Each field has a type, and a number behind it (`thing4`), and takes no more than its type
allows: a value that is longer is refused as a whole (47003). Staff say for each kind what stands in
which field, by lines such as `thing4=${title}`; words without ${} stand there as they are.

Types and their limits: WeChat's "模板消息", "参数值内容限制说明"
(developers.weixin.qq.com/doc/service/api/notify/template). A `const` holds nothing but words that
WeChat has approved for it, a `phrase` nothing but Chinese signs: no variable fits there.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from diedie_edu.common.days import local, local_day
from diedie_edu.notices.kinds import Kind, Text
from diedie_edu.notices.models import Channel, Notice
from diedie_edu.notices.text_messages import CLOCK, CODE, DAY, MOMENT, NAME, NUMBER, PLACE, Longest

# A cell of a list may have put spaces in the place of lines.
LINES = re.compile(r"[\n;；]+|\s+(?=[a-z_]+\d+\s*[=＝:：])")
PAIR = re.compile(r"\s*([a-z_]+)(\d*)\s*[=＝:：]\s*(.*?)\s*")
CHINESE = re.compile(r"[\u3400-\u9fff]")
TITLE, TOLD_AT = "what", "told_at"  # of every message: its title, and when it was told


@dataclass(frozen=True)
class Field:
    """One type: how many signs it takes, and what they must look like."""

    longest: int
    looks: re.Pattern[str]

    def takes(self, value: str) -> bool:
        return 0 < len(value) <= self.longest and bool(self.looks.fullmatch(value))


ANY = re.compile(r"[^\x00-\x1f]+")
CLOCKS = r"\d{1,2}:\d{2}(:\d{2})?"
DAYS = r"(\d{4}年\d{1,2}月\d{1,2}日|\d{4}-\d{2}-\d{2})"
NAMES = re.compile(r"[\u3400-\u9fff]{1,10}|(?=.*[A-Za-z])[A-Za-z .'-]{1,20}")
TYPES = {
    "thing": Field(20, ANY),
    "short_thing": Field(10, ANY),
    "character_string": Field(32, re.compile(r"[\x20-\x7e]+")),
    "number": Field(32, re.compile(r"\d+(\.\d+)?")),
    "name": Field(20, NAMES),
    "phrase": Field(5, re.compile(r"[\u3400-\u9fff]+")),
    "const": Field(20, ANY),
    "time": Field(20, re.compile(rf"({DAYS} ?)?{CLOCKS}")),
    "date": Field(20, re.compile(rf"{DAYS}( ?{CLOCKS})?")),
}
WORDS = ("thing", "short_thing")
# Which types a sort of variable fills; every other sort is words.
OF_SORTS: dict[Longest, tuple[str, ...]] = {
    MOMENT: ("time", "date", "thing"),
    DAY: ("date", "thing"),
    CLOCK: ("time", "character_string", *WORDS),
    NUMBER: ("number", "character_string", *WORDS),
    NAME: ("name", *WORDS),
}
FIXED = ("thing", "short_thing", "phrase", "const", "character_string")


def goes_by_wechat(kind: Kind) -> bool:
    """A one-time code is for whoever has a number, and goes there alone."""
    return Channel.SMS in kind.channels and CODE not in kind.variables.values()


def fillable(kind: Kind) -> dict[str, tuple[str, ...]]:
    """What of a message of this kind can stand in a field, and in which types."""
    own = {name: OF_SORTS.get(sort, WORDS) for name, sort in kind.variables.items()}
    return {TITLE: WORDS, **own, TOLD_AT: ("time", "date")}


def proposed(kind: Kind) -> str:
    """Fields as a template of the library should have them, one a line; their numbers are its."""
    return "\n".join(f"{types[0]}=${{{name}}}" for name, types in fillable(kind).items())


@dataclass(frozen=True)
class Filling:
    """One field, and what stands there: a variable's name, or words as they are."""

    field: str
    type: str
    variable: str
    words: str


def fillings(text: str) -> Iterator[Filling]:
    """Of what staff wrote down. Raises `ValueError` with the line that says nothing."""
    for line in filter(str.strip, LINES.split(text)):
        found = PAIR.fullmatch(line)
        if found is None:
            raise ValueError(line.strip())
        kind, number, what = found.groups()
        variable = PLACE.fullmatch(what)
        yield Filling(kind + number, kind, variable[1] if variable else "", what)


def faults(kind: Kind, text: str) -> list[str]:
    """Why WeChat, or we, could not fill a template as `text` says, in words."""
    try:
        found = list(fillings(text))
    except ValueError as error:
        return [_("“%(line)s” names no field and what stands in it.") % {"line": error}]
    twice = len({one.field for one in found}) < len(found)
    said = [_("One field stands there twice.")] if twice else []
    return said + [fault for one in found if (fault := _fault(one, fillable(kind)))]


def _fault(one: Filling, known: Mapping[str, tuple[str, ...]]) -> str:
    facts = {"field": one.field, "name": one.variable or one.words}
    if one.field == one.type:
        return _("%(field)s is a type: a field has its number, such as %(field)s4.") % facts
    if one.type not in TYPES:
        return _("The portal does not know what a field %(field)s takes.") % facts
    if one.variable and one.variable not in known:
        return _("This message has no %(name)s.") % facts
    if one.variable and one.type not in known[one.variable]:
        return _("%(name)s does not fit into %(field)s.") % facts
    if not one.variable and not (one.type in FIXED and TYPES[one.type].takes(one.words)):
        return _("“%(name)s” does not fit into %(field)s.") % facts
    return ""


# --- Filling ---------------------------------------------------------------------------


def filled(kind: Kind, text: str, notice: Notice, said: Text) -> dict[str, str] | None:
    """Each field's value, as long as its type allows; None where one has none."""
    if faults(kind, text):
        return None
    values = {one.field: _value(one, notice, said) for one in fillings(text)}
    return values if values and all(values.values()) else None


def _value(one: Filling, notice: Notice, said: Text) -> str:
    if not one.variable:
        return one.words
    made = MAKERS.get(one.type, _shortened)(one, notice, said)
    return made if TYPES[one.type].takes(made) else ""


def _words_of(one: Filling, said: Text) -> str:
    return " ".join((said.title if one.variable == TITLE else said.variables[one.variable]).split())


def _shortened(one: Filling, _notice: Notice, said: Text) -> str:
    words, longest = _words_of(one, said), TYPES[one.type].longest
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"


def _name(one: Filling, _notice: Notice, said: Text) -> str:
    """Without the dots of long names, and not longer than ten Chinese signs."""
    words = _words_of(one, said)
    if CHINESE.search(words):
        return "".join(CHINESE.findall(words))[:10]
    return re.sub(r"[^A-Za-z .'-]", "", words)[:20].strip()


def _moment(one: Filling, notice: Notice, said: Text) -> str:
    """2026年11月28日 09:30, or 2026-11-28 09:30 for who reads English; a day alone where the fact
    is one; the clock where it is nothing else."""
    if one.variable == TOLD_AT:
        return _put(local(notice.created_at), said)
    fact = str(notice.data.get(one.variable, ""))
    if one.variable.endswith("_at") and fact:
        return _put(local(datetime.fromisoformat(fact)), said)
    if one.variable.endswith("_on") and fact:
        return _put(date.fromisoformat(fact), said)
    return _words_of(one, said)


def _put(when: date | datetime, said: Text) -> str:
    is_chinese = said.template.endswith("zh-hans")
    day = local_day(when) if isinstance(when, datetime) else when
    words = f"{day.year}年{day.month}月{day.day}日" if is_chinese else day.isoformat()
    return f"{words} {when:%H:%M}" if isinstance(when, datetime) else words


Maker = Callable[[Filling, Notice, Text], str]
MAKERS: dict[str, Maker] = {"name": _name, "time": _moment, "date": _moment}
