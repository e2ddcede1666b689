"""One grade has one form, however schools and families write it."""

import pytest

from after_school.rules.grades import clean_grade


@pytest.mark.parametrize(
    ("typed", "grade"),
    [
        *(("3年级", "三年级"), ("三年级", "三年级"), ("小三", "三年级"), ("小学三年级", "三年级")),
        *(
            ("３ 年级", "三年级"),
            ("3", "三年级"),
            ("初一", "七年级"),
            ("七年级", "七年级"),
            ("初中二年级", "八年级"),
        ),
        *(
            ("高2", "高二"),
            ("高中一年级", "高一"),
            ("高三", "高三"),
            ("学前班", "学前班"),
            ("大班", "大班"),
        ),
    ],
)
def test_a_grade_is_kept_in_one_form(typed, grade):
    assert clean_grade(typed) == grade
