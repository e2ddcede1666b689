"""A list of an office finds the people of the register however it writes their names."""

import pytest

from diedie_edu.activities.models import SignUp
from diedie_edu.people.models import Resident

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clock", "programme"),
]
TITLES = ["姓名", "性别", "联系电话"]
SIGN_UPS = ["活动编号", "姓名", "联系电话"]


def test_two_names_with_signs_of_their_own_are_found(loaded, make_lecture):
    lecture = make_lecture()
    loaded(TITLES, ["辰某", "女", "13800000031"], ["古丽某·买某", "女", "13800000032"])

    loaded(
        SIGN_UPS,
        [lecture.pk, "辰\u3000某", "１３８ ０００００ ０３１"],
        [lecture.pk, "古丽某•买某", "+86 13800000032"],
        kind="signups",
    )

    seated = SignUp.objects.filter(activity=lecture).values_list("resident__full_name", flat=True)
    assert set(seated) == {"辰某", "古丽某·买某"}


def test_a_radical_is_kept_as_its_character_and_finds_it(loaded):
    loaded(TITLES, ["王\u2ea0", "男", "13800000031"])
    loaded(TITLES, ["王民", "男", "13800000031"])

    assert [one.full_name for one in Resident.objects.filter(phone="13800000031")] == ["王民"]


def test_partners_and_parents_have_numbers_that_one_calls(loaded):
    loaded(
        TITLES,
        ["辰某", "女", "0757-81234567转801"],
        ["午某", "女", "+852 6123 4567"],
        ["未某", "女", "853-6612-3456"],
        ["申某", "女", "4001234567"],
    )

    assert dict(Resident.objects.filter(account=None).values_list("full_name", "phone")) == {
        "辰某": "0757-81234567-801",
        "午某": "+852-61234567",
        "未某": "+853-66123456",
        "申某": "400-123-4567",
    }
