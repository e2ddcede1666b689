"""Household rolls as offices keep them: who lives with whom, by the head of the household and where
it is, over several lines."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from diedie_edu.common.names import name_key
from diedie_edu.common.spreadsheets.columns import Column, comparable
from diedie_edu.common.spreadsheets.reader import Row
from diedie_edu.common.typed import tidy, typed_key
from diedie_edu.people.models import Household

LONGEST = Household._meta.get_field("label").max_length or 50
IS_HEAD = {"户主", "本人", "户主本人", "自己", "本户户主", "head", "headofhousehold", "self"}
_UNIT_WORDS = re.compile(r"(?:号?楼栋?|栋|幢|座|单元|梯|号房|室|房|号)$")


def _only_read(code: str, titles: str, *, fills_down: bool = True) -> Column:
    return Column(code, titles, fills_down=fills_down, max_length=60, is_written=False)


ROLL = [
    _only_read("building", "楼栋 | Building | 楼栋号 | 楼号 | 栋 | 栋号 | 幢号 | 座 | 楼"),
    _only_read("unit", "单元 | Unit | 单元号 | 梯"),
    _only_read(
        "room",
        "房号 | Room | 门牌号 | 门牌 | 房间号 | 室号 | 房屋编号 | 房屋 | 单元房号 | 房间 | 住房",
    ),
    _only_read("head", "户主 | Head of household | 户主姓名"),
    _only_read(
        "relation",
        "与户主关系 | Relation to the head | 与户主的关系 | 户主关系 | 家庭关系 | 关系",
        fills_down=False,
    ),
]


@dataclass
class Home:
    """Where a row's person lives; `head` is the name by which the list tells the household."""

    label: str = ""
    place: str = ""
    head: str = ""

    @property
    def key(self) -> str:
        return typed_key(self.place)


class Roll:
    """The home of each row by its number. Rows come in the order of the list: whoever is no head
    belongs to the one above."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.homes: dict[int, Home] = {}
        above = Home()
        for row in rows:
            home = _home(row.values, above)
            self.homes[row.number] = home
            above = home if home.head else above
        self._name()

    def labels(self) -> Iterator[str]:
        return (home.label for home in self.homes.values() if home.label)

    def _name(self) -> None:
        """Two households at one place are told apart by their heads."""
        heads: dict[str, set[str]] = defaultdict(set)
        homes = [home for home in self.homes.values() if not home.label and home.place]
        for home in homes:
            if home.head:
                heads[home.key].add(name_key(home.head))
        for home in homes:
            is_alone = len(heads[home.key]) < 2 or not home.head
            behind = "" if is_alone else f"·{home.head}"
            home.label = f"{home.place[-(LONGEST - len(behind)) :]}{behind}"


def _home(values: dict[str, Any], above: Home) -> Home:
    label, place = values.get("household") or "", _place(values)
    head, relation = values.get("head") or "", comparable(values.get("relation") or "")
    if relation in IS_HEAD:
        return Home(label, place, head or values["full_name"])
    is_below = relation and above.head and (not head or name_key(head) == name_key(above.head))
    is_same = not place or typed_key(place) == above.key
    if is_below and is_same and (not label or label == above.label):
        return above
    if head and not place and not label and above.head and name_key(head) == name_key(above.head):
        return above
    return Home(label, place, head)


def _place(values: dict[str, Any]) -> str:
    """12栋, 3单元, 501室 are 12-3-501; where a roll tells none of them, it is the address."""
    parts = [tidy(values.get(code) or "") for code in ("building", "unit", "room")]
    bare = [_UNIT_WORDS.sub("", part) or part for part in parts if part]
    if not bare:
        is_roll = values.get("head") or values.get("relation")
        return tidy(values.get("address") or "") if is_roll else ""
    room, before = bare[-1], "-".join(bare[:-1])
    return tidy(room if not before or room.startswith(f"{before}-") else f"{before}-{room}")
