"""The schools' register, and an online survey's answers, as lists of residents."""

import pytest

from diedie_edu.common.id_numbers import check_character
from diedie_edu.common.spreadsheets.kept import kept_in
from diedie_edu.people.models import Resident

pytestmark = pytest.mark.django_db(transaction=True)
BODY = "99000120170321101"
NUMBER = BODY + check_character(BODY)
REGISTER = [
    *("序号", "学籍号", "学生姓名", "性别", "出生日期", "身份证件号", "年级", "班级"),
    *("成员1姓名", "成员1关系", "成员1联系电话", "成员2姓名", "成员2关系", "成员2联系电话"),
]


def pupil(number, name, *guardians):
    about = [number, f"G{NUMBER}", name, 1, "2017-03-21", NUMBER, "三年级", "2班"]
    return [*about, *(cell for guardian in guardians for cell in guardian)]


MOTHER, FATHER = ["未雨水", "母亲", "13800000039"], ["午立春", "父亲", "13800000036"]
ALONE = ["申惊蛰", "祖父母", "13800000037"]
ROWS = [
    pupil(1, "午小满", MOTHER, FATHER),
    pupil(2, "午小暑", FATHER, MOTHER),
    pupil(3, "申小雪", ALONE),
]


def test_the_guardians_of_a_register_come_in_once_and_nothing_of_the_children(loaded):
    job = loaded(REGISTER, *ROWS)

    assert (job.status, job.rows_new) == ("done", 3)
    people = Resident.objects.filter(account=None)
    assert {(one.full_name, one.phone) for one in people} == {
        ("未雨水", "13800000039"),
        ("午立春", "13800000036"),
        ("申惊蛰", "13800000037"),
    }
    assert not people.exclude(birth_date=None, gender="").exists()


def test_it_is_said_and_nothing_of_a_child_is_kept(checked):
    job = checked(REGISTER, *ROWS)

    assert job.status == "ready"
    assert "of the children nothing is taken" in job.preview["note"]
    kept = str([list(sheet.rows()) for sheet in kept_in(job.content).sheets])
    assert "未雨水" in kept
    for word in ("午小满", "申小雪", "2017", NUMBER[:17]):
        assert word not in kept
        assert word not in str(job.preview)


def test_the_same_register_for_the_school_asks_for_the_consents(checked):
    job = checked(REGISTER, *ROWS, kind="pupils")

    assert job.status == "faulty"
    assert "“Comes on”" in str(job.faults)
    assert NUMBER[:17] not in str(job.faults)


SURVEY = [
    *("序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP"),
    *(
        "1、您的姓名：",
        "2、您的手机号码：",
        "3、您的性别：",
        "4、您的出生日期是？",
        "5、您的家庭住址",
        "总分",
    ),
]


@pytest.mark.parametrize("gender", ["女", "B.女", "B、女", "2"])
def test_the_answers_of_an_online_survey_are_read(loaded, gender):
    answers = ["未雨水", "13800000039", gender, "1958/3/21", "(跳过)", 12]

    job = loaded(SURVEY, [1, "2026/11/20 9:30:05", "65秒", "微信", "N/A", "203.0.113.9", *answers])

    assert (job.status, job.rows_new) == ("done", 1)
    person = Resident.objects.get(full_name="未雨水")
    assert (person.gender, person.phone, str(person.birth_date)) == (
        "f",
        "13800000039",
        "1958-03-21",
    )
    assert len(job.preview.get("unread_columns", [])) in (0, 7)
