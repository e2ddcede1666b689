from collections.abc import Callable
from datetime import date

import pytest
from django.utils import translation

from diedie_edu.common.spreadsheets.workbooks import write_xlsx
from diedie_edu.common.spreadsheets.writer import write_csv, write_template
from diedie_edu.lists.kinds import Exported
from diedie_edu.people.lists.columns import resident_columns
from diedie_edu.people.lists.people import RESIDENTS_LIST, VOLUNTEERS_LIST
from diedie_edu.people.models import Household, Resident, Skill, Topic, TopicArea, Volunteer
from tests.support.children import consented

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def nobody_else(staff_user) -> None:
    """The people of other fixtures have digits in their names, which no list may bring back."""
    staff_user.resident.delete()


@pytest.fixture
def exported(staff_user) -> Callable[[str], Exported]:
    assert staff_user.grants is not None
    kinds = {kind.slug: kind for kind in (RESIDENTS_LIST, VOLUNTEERS_LIST)}
    return lambda kind: kinds[kind].exported(staff_user, TODAY)


@pytest.fixture
def names(exported) -> Callable[[str], list[str]]:
    return lambda kind: [row["full_name"] for row in exported(kind)[1]]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("write", [write_xlsx, lambda *list_: b"".join(write_csv(*list_))])
def test_an_exported_list_comes_back_unchanged(checked, exported, make_resident, language, write):
    household = Household.objects.create(label="1-1", address="叠二大街 1 号")
    make_resident(
        full_name="单雄信", surname_reading="shan4", birth_date=date(1958, 3, 21), gender="m",
        phone="0757-81234567", email="a@b.cn", residency="worker", household=household,
    )  # fmt: skip
    make_resident(full_name="陈伟", phone="13800000001", household=household)
    make_resident(full_name="陈伟", phone="13800000001")

    with translation.override(language):
        content = write(*exported("residents"))
    job = checked(content=content)

    assert (job.status, job.faults) == ("ready", [])
    assert (job.rows_new, job.rows_changed, job.rows_same) == (0, 0, Resident.objects.count())


def test_exported_volunteers_come_back_unchanged(checked, exported, make_resident, topic):
    leisure = TopicArea.objects.create(slug="leisure", title_zh="休闲娱乐")
    twin = Topic.objects.create(area=leisure, title_zh=topic.title_zh)
    volunteer = Volunteer.objects.create(
        resident=make_resident(full_name="陈伟"),
        kinds=["retired_party", "expert"],
        introduction="行\n二行",
        is_active=False,
    )
    Skill.objects.create(volunteer=volunteer, topic=twin)

    job = checked(content=write_xlsx(*exported("volunteers")), kind="volunteers")

    assert (job.status, job.rows_changed, job.rows_same) == ("ready", 0, 1)


def test_formulas_are_defused_and_come_back_as_they_were(checked, exported, make_resident):
    household = Household.objects.create(label="=1+1", address="+HYPERLINK(1)")
    make_resident(full_name="陈伟", household=household, email="@sum")

    content = b"".join(write_csv(*exported("residents")))

    assert all(text in content.decode() for text in ("'=1+1", "'+HYPERLINK(1)", "'@sum"))
    job = checked(content=content.replace(b"'@sum", b""))
    assert job.rows_changed == 0


def test_children_are_in_no_list(names, make_resident, make_user):
    grown = make_resident(full_name="陈小芳", birth_date=date(2012, 11, 22))
    child = consented(make_resident(full_name="陈小明", birth_date=date(2012, 11, 23)), grown)
    for resident in (child, grown):
        Volunteer.objects.create(resident=resident, kinds=["community"])

    assert names("residents") == ["陈小芳"]
    assert names("volunteers") == ["陈小芳"]


@pytest.mark.parametrize(("kind", "queries"), [("residents", 1), ("volunteers", 3)])
def test_a_list_takes_as_many_queries_for_three_as_for_one(
    names, make_resident, topic, kind, queries, django_assert_num_queries
):
    for count in (1, 3):
        for _resident in range(count):
            volunteer = Volunteer.objects.create(resident=make_resident(), kinds=["expert"])
            Skill.objects.create(volunteer=volunteer, topic=topic)
        with django_assert_num_queries(queries):
            assert names(kind)


def test_the_example_in_a_template_is_nobody(checked):
    job = checked(content=write_template(resident_columns(TODAY)))

    assert "no rows" in job.faults[0]["message"]
