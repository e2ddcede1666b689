"""Household rolls as offices keep them: a household by its head and address, in several lines."""

from datetime import date

import pytest

from diedie_edu.common.spreadsheets.kept import kept_in
from diedie_edu.people.models import Household, Resident
from tests.common.spreadsheets.files import page_of

pytestmark = pytest.mark.django_db(transaction=True)
ROLL = ["户主", "与户主关系", "楼栋", "单元", "房号", "姓名", "性别", "出生日期", "联系电话"]


def person(name, relation="", head="", place=("", "", ""), phone="", born=""):
    return [head, relation, *place, name, "", born, phone]


def homes() -> dict[str, set[str]]:
    found = Household.objects.prefetch_related("members")
    return {one.label: {person.full_name for person in one.members.all()} for one in found}


HERE, THERE = ("12栋", "3单元", "501室"), ("12栋", "3单元", "502室")
LISTS = {
    "by relation, the place once": [
        person("卯立春", "户主", place=HERE),
        person("寅雨水", "之妻"),
        person("卯惊蛰", "长子"),
        person("辰春分", "户主", place=THERE),
        person("辰清明", "长女"),
    ],
    "by relation, the place repeated": [
        person("卯立春", "本人", place=HERE),
        person("寅雨水", "妻", place=HERE),
        person("卯惊蛰", "子", place=HERE),
        person("辰春分", "本人", place=THERE),
        person("辰清明", "女儿", place=THERE),
    ],
    "by the head's name, repeated": [
        person("卯立春", head="卯立春", place=HERE),
        person("寅雨水", head="卯立春", place=HERE),
        person("卯惊蛰", head="卯立春", place=HERE),
        person("辰春分", head="辰春分", place=THERE),
        person("辰清明", head="辰春分", place=THERE),
    ],
    "by the head's name, the place once": [
        person("卯立春", head="卯立春", place=HERE),
        person("寅雨水", head="卯立春"),
        person("卯惊蛰", head="卯立春"),
        person("辰春分", head="辰春分", place=THERE),
        person("辰清明", head="辰春分"),
    ],
}


@pytest.mark.parametrize("name", LISTS)
def test_a_roll_makes_households_without_a_question(loaded, name):
    job = loaded(ROLL, *LISTS[name])

    assert (job.status, job.rows_new, job.asks) == ("done", 5, 0)
    assert homes() == {"12-3-501": {"卯立春", "寅雨水", "卯惊蛰"}, "12-3-502": {"辰春分", "辰清明"}}


def test_merged_cells_of_a_roll_count_for_all_their_lines(loaded):
    def merge(book):
        for column in "ACDE":
            page_of(book).merge_cells(f"{column}2:{column}4")

    rows = [person("卯立春", head="卯立春", place=HERE), person("寅雨水"), person("卯惊蛰")]

    loaded(ROLL, *rows, more=merge)

    assert homes() == {"12-3-501": {"卯立春", "寅雨水", "卯惊蛰"}}


def test_two_heads_at_one_place_are_two_households(loaded):
    rows = [
        *(person("卯立春", "户主", place=HERE), person("卯惊蛰", "长子")),
        *(person("辰春分", "户主", place=HERE), person("辰清明", "长女")),
    ]

    loaded(ROLL, *rows)

    assert homes() == {
        "12-3-501·卯立春": {"卯立春", "卯惊蛰"},
        "12-3-501·辰春分": {"辰春分", "辰清明"},
    }


def test_without_a_place_the_address_tells_the_household(loaded):
    header = ["户主", "与户主关系", "姓名", "家庭住址"]

    loaded(
        header,
        ["卯立春", "户主", "卯立春", "示例路 9 号 2 座 301"],
        ["卯立春", "之妻", "寅雨水", "示例路 9 号 2 座 301"],
        ["辰春分", "户主", "辰春分", "示例路 9 号 2 座 302"],
    )

    assert sorted(map(sorted, homes().values())) == [["卯立春", "寅雨水"], ["辰春分"]]
    assert {one.address for one in Household.objects.all()} == {
        "示例路 9 号 2 座 301",
        "示例路 9 号 2 座 302",
    }


def test_the_same_roll_again_changes_nothing(loaded):
    rows = LISTS["by relation, the place once"]
    rows = [[*row[:8], f"1390000{number:04d}"] for number, row in enumerate(rows)]
    loaded(ROLL, *rows)

    again = loaded(ROLL, *rows)

    assert (again.rows_new, again.rows_changed, again.rows_same) == (0, 0, 5)


def test_a_member_before_any_head_belongs_to_nobody_above(loaded):
    loaded(ROLL, person("寅雨水", "之妻"), person("卯立春", "户主", place=HERE))

    assert homes() == {"12-3-501": {"卯立春"}}


def test_children_of_a_roll_stay_out_are_said_and_not_kept(checked):
    job = checked(
        ROLL,
        person("卯立春", "户主", place=HERE),
        person("卯小满", "长子", born="2019-05-21", phone="1"),
        person("寅雨水", "之妻"),
    )

    assert (job.status, job.rows_new) == ("ready", 2)
    [left_out] = job.preview["left_out"]
    assert (left_out["rows"], left_out["number"]) == ([3], 1)
    assert "Children under 14 stay out" in left_out["says"]
    [sheet] = kept_in(job.content).sheets
    assert "卯小满" not in str(list(sheet.rows()))
    assert "卯小满" not in str(job.preview)


def test_grown_ups_of_a_roll_come_in_without_its_children(loaded):
    loaded(
        ROLL,
        person("卯立春", "户主", place=HERE, born="1958-03-21"),
        person("卯小满", "孙", born="2019-05-21"),
        person("寅雨水", "之妻", born="1960-01-02"),
    )

    assert homes() == {"12-3-501": {"卯立春", "寅雨水"}}
    assert Resident.objects.get(full_name="寅雨水").birth_date == date(1960, 1, 2)
