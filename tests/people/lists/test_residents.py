from datetime import date

import pytest

from diedie_edu.people.models import Household, Resident
from tests.people.conftest import CHEN, RESIDENTS, WANG

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_list_brings_people_and_their_households_in(loaded):
    job = loaded(RESIDENTS, CHEN, ["陈小明", "男", "1990.5.1", "138 1234 5678", "12-3-501"])

    assert (job.status, job.rows_new, job.rows_done) == ("done", 2, 2)
    chen, son = Resident.objects.filter(account=None).order_by("birth_date")
    assert (chen.gender, chen.birth_date, chen.phone) == ("m", date(1958, 3, 21), "13812345678")
    assert (chen.residency, chen.wants_sms, chen.sort_key[:5]) == ("permanent", True, "chen2")
    assert chen.household == son.household == Household.objects.get(label="12-3-501")


def test_a_row_changes_only_what_it_tells(loaded, make_resident):
    chen = make_resident(
        full_name="陈建城", birth_date=date(1958, 3, 21), email="a@b.cn", wants_sms=False
    )

    job = loaded(["姓名", "出生日期", "电话", "邮箱"], ["陈建城", "1958-03-21", 13812345678, ""])

    assert (job.rows_new, job.rows_changed) == (0, 1)
    chen.refresh_from_db()
    assert (chen.phone, chen.email, chen.wants_sms) == ("13812345678", "a@b.cn", False)


def test_a_number_corrects_a_name_and_its_place_in_the_order(loaded, make_resident):
    chen = make_resident(full_name="成建城", phone="13812345678")

    loaded(["编号", *RESIDENTS], [chen.pk, *CHEN])

    chen.refresh_from_db()
    assert (chen.full_name, chen.sort_key[:5]) == ("陈建城", "chen2")
    assert chen.household.label == "12-3-501"


def test_the_same_list_again_changes_nothing(loaded):
    loaded(RESIDENTS, CHEN, WANG)
    before = list(Resident.objects.values())

    again = loaded(RESIDENTS, CHEN, WANG)

    assert (again.rows_new, again.rows_changed, again.rows_same) == (0, 0, 2)
    assert list(Resident.objects.values()) == before


def test_a_household_gets_the_address_that_its_rows_agree_on(loaded):
    header = ["姓名", "电话", "户号", "家庭住址"]
    Household.objects.create(label="1-1", address="旧路 1 号")

    job = loaded(
        header, ["陈建城", CHEN[3], "1-1", "新路 9 号"], ["陈芳", CHEN[3], "1-1", "新路 9 号"]
    )

    assert job.rows_new == 2
    assert Household.objects.get().address == "新路 9 号"


@pytest.mark.parametrize(
    ("second", "message"),
    [
        (["陈芳", CHEN[3], "1-1", "旧路 2 号"], "Row 2 gives this household another address"),
        (["陈芳", CHEN[3], "", "新路 9 号"], "Enter the household as well"),
    ],
)
def test_an_address_without_a_clear_household_is_a_question(checked, second, message):
    job = checked(
        ["姓名", "电话", "户号", "家庭住址"], ["陈建城", CHEN[3], "1-1", "新路 9 号"], second
    )

    [fault] = job.faults
    assert fault["place"] == "Sheet “居民”, row 3, column D “家庭住址”"
    assert fault["message"].startswith(message)


def test_people_sort_as_in_a_register_after_an_import(loaded):
    loaded(["姓名", "性别"], ["赵一", "男"], ["单雄", ""], ["陈二", "男"], ["曾三", ""])

    people = Resident.objects.filter(account=None)
    assert [person.full_name for person in people] == ["陈二", "单雄", "曾三", "赵一"]


def test_texts_with_backslashes_and_tabs_arrive_as_they_were(loaded):
    label = "1\\2\\N"

    loaded(["姓名", "户号", "住址"], ["陈建城", label, "一\t二\n三\\t"])

    assert Household.objects.values_list("label", "address").get() == (label, "一\t二\n三\\t")


def test_a_list_of_any_length_takes_the_same_number_of_queries(
    checked, django_assert_max_num_queries
):
    def rows(count):
        named = ((f"陈{chr(0x5000 + n)}", n) for n in range(count))
        return [[name, "", "", str(13800000000 + n), f"1-1-{n}"] for name, n in named]

    with django_assert_max_num_queries(24) as few:
        checked(RESIDENTS, *rows(1))
    with django_assert_max_num_queries(24) as many:
        checked(RESIDENTS, *rows(300))
    assert len(few) == len(many)
