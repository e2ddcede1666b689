from datetime import date

import pytest

from diedie_edu.people.lists.matching import KnownPeople, Twins
from diedie_edu.people.models import Resident
from tests.support.refusals import code_of

BORN, PHONE = date(1958, 3, 21), "13812345678"


def known(pk: int, **fields) -> Resident:
    return Resident(pk=pk, **({"full_name": "陈建城", "birth_date": BORN, "phone": PHONE} | fields))


def row(**values) -> dict:
    return {"full_name": "陈建城"} | values


def found(register: list[Resident], **values) -> int | str | None:
    """Whom the row is about, or why that is not to be told."""
    answer = []
    refusal = code_of(lambda: answer.append(KnownPeople(register).find(row(**values))))
    return refusal or (answer[0] and answer[0].pk)


def test_name_and_birth_date_are_the_same_person_even_with_a_new_phone():
    assert found([known(1)], birth_date=BORN, phone="13999999999") == 1


def test_name_and_phone_are_the_same_person_where_a_birth_date_is_missing():
    assert found([known(1)], phone=PHONE) == 1
    assert found([known(1, birth_date=None)], phone=PHONE, birth_date=BORN) == 1


def test_another_name_on_the_same_phone_is_another_person():
    assert found([known(1)], full_name="陈小明", phone=PHONE, birth_date=BORN) is None


def test_father_and_son_of_one_name_and_phone_are_told_apart_by_a_question():
    assert found([known(1)], phone=PHONE, birth_date=date(1990, 1, 1)) == "other_birth_date"


def test_who_fits_both_details_comes_before_who_fits_one():
    son = known(2, birth_date=date(1990, 1, 1))

    assert found([known(1), son], birth_date=BORN, phone=PHONE) == 1


@pytest.mark.parametrize(
    "register",
    [
        [known(1), known(2)],
        [known(1), known(2, birth_date=None)],
        [known(1, phone=""), known(2, birth_date=None)],
    ],
)
def test_two_who_fit_are_a_question(register):
    values = {"phone": PHONE} if register[0].phone else {"phone": PHONE, "birth_date": BORN}

    assert found(register, **values) == "several_fit"


def test_a_name_alone_is_new_only_where_nobody_has_it():
    assert found([], phone="") is None
    assert found([known(1)]) == "too_little_known"


def test_a_number_decides_where_anything_else_agrees():
    register = [known(1), known(2, full_name="王芳", phone="")]

    assert found(register, number=1, full_name="陈健城", phone=PHONE) == 1
    assert found(register, number=2, full_name="王芳") == 2
    assert found(register, number=2, phone="13900000000") == "number_of_another"
    assert found(register, number=9) == "number_unknown"


def second(first: dict, then: dict, found_first=None, found_then=None) -> str | None:
    """What is said of the second of two rows."""
    twins = Twins()
    twins.check(2, row(**first), found_first)
    return code_of(lambda: twins.check(3, row(**then), found_then))


def test_two_rows_about_one_person_are_twins():
    assert second({"phone": PHONE}, {"phone": PHONE, "birth_date": BORN}) == "twin"
    assert second({"phone": PHONE}, {"birth_date": BORN}, known(1), known(1)) == "twin"
    assert second({"phone": PHONE}, {"phone": "13900000000"}) is None


def test_one_name_twice_needs_a_detail_on_both_rows():
    assert second({}, {"phone": PHONE}) == "twin"
    assert second({"phone": PHONE}, {}) == "twin"
    assert second({"full_name": "王芳"}, {"phone": PHONE}) is None


def test_numbers_tell_people_of_one_name_and_phone_apart():
    one, other = {"number": 1, "phone": PHONE}, {"number": 2, "phone": PHONE}

    assert second(one, other, known(1), known(2)) is None
    assert second(one, one, known(1), known(1)) == "twin"
    assert second(one, {"phone": PHONE}, known(1), None) == "twin"


def test_a_name_written_in_another_way_is_the_same_person():
    register = [known(1, full_name="阿不都·热合曼", phone="0757-81234567")]
    written = {"full_name": "阿不都热合曼", "phone": "+86 757 8123 4567"}

    assert found(register, **written) == 1
    assert found(register, full_name="阿不都热合曼") == "too_little_known"
    assert found(register, number=1, full_name="陈建城", phone="075781234567") == 1
