"""What stands in the fields of a template message: never longer, and never of another sort."""

import re
from datetime import datetime
from uuid import UUID

import pytest
from django.utils.translation import override

from diedie_edu.activities.messages import SEATED
from diedie_edu.common.manifests import parts_of
from diedie_edu.notices.kinds import Kind, written
from diedie_edu.notices.messages import CODES
from diedie_edu.notices.models import Notice
from diedie_edu.notices.wechat_fields import (
    FIXED,
    TYPES,
    faults,
    fillable,
    filled,
    goes_by_wechat,
)
from tests.notices.conftest import FACTS
from tests.support.approving import numbered

KINDS = [kind for kind in parts_of(Kind) if goes_by_wechat(kind)]
for_all_kinds = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
CLOCKS = {"time": "18:05", "starts": "16:30", "ends": "18:00"}
MORE = {"starts": "16:30", "ends": "18:00", "kept_on": "2027-01-30"}
LIMITS = {
    "thing": r".{1,20}",
    "short_thing": r".{1,10}",
    "character_string": r"[ -~]{1,32}",
    "number": r"\d{1,32}",
    "name": r"[一-龥]{1,10}|[A-Za-z .'-]{1,20}",
    "phrase": r"[一-龥]{1,5}",
    "const": r".{1,20}",
    "time": r"((\d{4}年\d\d?月\d\d?日|\d{4}-\d\d-\d\d) )?\d\d:\d\d",
    "date": r"(\d{4}年\d\d?月\d\d?日|\d{4}-\d\d-\d\d)( \d\d:\d\d)?",
}


def notice_of(kind: Kind, now: datetime, **facts: object) -> Notice:
    reference = UUID("9c6f2c0e-5f0e-4a52-9a77-1a2b3c4d5e6f")
    return Notice(kind=kind.code, data=FACTS | MORE | facts, created_at=now, reference=reference)


def test_every_type_is_tried() -> None:
    assert LIMITS.keys() == TYPES.keys()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@for_all_kinds
def test_the_longest_fits_every_field_that_takes_it(
    kind: Kind, language: str, now: datetime
) -> None:
    long = {name: "长" * 90 for name, value in FACTS.items() if isinstance(value, str)}
    dates = {name: FACTS[name] for name in FACTS if name.endswith(("_at", "_on"))}
    notice = notice_of(kind, now, **long | dates | CLOCKS)
    said = written(kind, notice, language)
    for variable, types in fillable(kind).items():
        for one in types:
            values = filled(kind, f"{one}7=${{{variable}}}", notice, said)
            assert values, (variable, one)
            assert re.fullmatch(LIMITS[one], values[f"{one}7"]), (variable, one, values)


@for_all_kinds
def test_what_is_proposed_can_be_filled(kind: Kind, now: datetime) -> None:
    assert faults(kind, numbered(kind)) == []
    notice = notice_of(kind, now)
    assert filled(kind, numbered(kind), notice, written(kind, notice, "en"))


def test_codes_and_what_is_no_reason_to_ring_do_not_go_by_wechat() -> None:
    assert not any(map(goes_by_wechat, CODES.values()))
    assert {kind.code for kind in KINDS} == {
        kind.code
        for kind in parts_of(Kind)
        if "sms" in kind.channels and kind.code not in {one.code for one in CODES.values()}
    }


def test_a_message_as_it_is_filled(now: datetime) -> None:
    text = "thing4=${title}；time5=${starts_at}\nphrase2=已报名 thing9=${venue}; date3=${told_at}"
    notice = notice_of(SEATED, now, title="秋冬护膝与关节保养：老年人每天五分钟体操和伸展")
    assert filled(SEATED, text, notice, written(SEATED, notice, "zh-hans")) == {
        "thing4": "秋冬护膝与关节保养：老年人每天五分钟体…",
        "time5": "2026年11月28日 09:30",
        "phrase2": "已报名",
        "thing9": "图书室",
        "date3": "2026年11月23日 10:00",
    }
    in_english = filled(SEATED, text, notice, written(SEATED, notice, "en"))
    assert in_english is not None
    assert in_english["time5"] == "2026-11-28 09:30"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("thing4", "“thing4”没有写明"),
        ("thing=${title}", "thing4"),
        ("fruit4=${title}", "fruit4"),
        ("thing4=${colour}", "没有 colour"),
        ("time4=${title}", "title 放不进 time4"),
        ("phrase4=已经为您报上名", "放不进 phrase4"),
        ("time4=明天", "放不进 time4"),
        ("thing4=${title}\nthing4=${venue}", "写了两次"),
    ],
)
def test_what_cannot_be_filled_is_said(text: str, words: str, now: datetime) -> None:
    with override("zh-hans"):
        (said,) = faults(SEATED, text)
    assert words in said
    notice = notice_of(SEATED, now)
    assert filled(SEATED, text, notice, written(SEATED, notice, "en")) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("买合木提江·阿卜杜热合曼·吐尔逊", "买合木提江阿卜杜热合"),
        ("Anna-Maria O'Neill (mother)", "Anna-Maria O'Ne"),
        ("欧阳小美", "欧阳小美"),
    ],
)
def test_a_name_is_letters_alone(name: str, value: str, now: datetime) -> None:
    kind = next(kind for kind in KINDS if "name" in sum(fillable(kind).values(), ()))
    variable = next(key for key, types in fillable(kind).items() if "name" in types)
    notice = notice_of(kind, now, **{variable: name})
    assert filled(kind, f"name1=${{{variable}}}", notice, written(kind, notice, "en")) == {
        "name1": value
    }


def test_fixed_words_stand_where_words_may() -> None:
    assert set(FIXED) == set(TYPES) - {"number", "name", "time", "date"}
