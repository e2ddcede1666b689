"""Small tables in lists: rooms, special days, organisations, topics, each by its own action."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import translation

from diedie_edu.activities.lists.special_days import SPECIAL_DAYS_LIST
from diedie_edu.activities.models import Occasion
from diedie_edu.common.spreadsheets.workbooks import write_xlsx
from diedie_edu.common.spreadsheets.writer import write_csv, write_template
from diedie_edu.notices.models import Notice
from diedie_edu.people.lists.tables import PARTNERS_LIST, TOPICS_LIST
from diedie_edu.people.models import Organisation, Topic
from diedie_edu.venues.lists.venues import VENUES_LIST
from diedie_edu.venues.models import SpecialDay, Venue
from tests.conftest import NOW, SATURDAY
from tests.support.seats import enter

pytestmark = pytest.mark.django_db
loads = pytest.mark.django_db(transaction=True)
TABLES = [VENUES_LIST, SPECIAL_DAYS_LIST, PARTNERS_LIST, TOPICS_LIST]
HEADER = ["单位名称", "单位类型", "联系人", "联系电话", "备注"]
CLUB = ["博士俱乐部", "协会", "陈建城", "138 1234 5678", "教书法"]


def fault(job) -> str:
    assert (job.status, job.faults_total) == ("faulty", 1)
    return f"{job.faults[0]['place']}: {job.faults[0]['message']}"


@pytest.fixture
def rows(topic, make_venue) -> None:
    """One of each."""
    make_venue(title_zh="图书室", title_en="Library", address="叠二大街")
    SpecialDay.objects.create(day=SATURDAY, kind="off", reason="校庆")
    Organisation.objects.create(title="=社工协会", kind="association", phone="13812345678")


@loads
def test_a_list_is_shown_first_and_loaded_when_confirmed(checked, loaded, staff_user):
    job = checked(HEADER, CLUB, kind="partners")
    assert (job.rows_new, Organisation.objects.count(), LogEntry.objects.count()) == (1, 0, 0)
    assert job.preview["rows"][0]["name"] == "博士俱乐部"

    loaded(HEADER, CLUB, kind="partners")

    club = Organisation.objects.get()
    assert (club.kind, club.phone, club.note) == ("association", "13812345678", "教书法")
    told = LogEntry.objects.get()
    assert (told.user, told.object_id, told.is_addition()) == (staff_user, str(club.pk), True)


@loads
def test_a_blank_cell_leaves_what_is_there(loaded):
    Organisation.objects.create(title="博士俱乐部", kind="association", contact="王芳")

    job = loaded(HEADER[:3], ["博士俱乐部", "学校", ""], kind="partners")

    assert (job.rows_changed, LogEntry.objects.get().is_change()) == (1, True)
    assert Organisation.objects.values_list("kind", "contact").get() == ("school", "王芳")


def test_two_rows_about_one_entry_are_a_fault(checked):
    assert "Row 2 is about the same" in fault(checked(HEADER, CLUB, CLUB, kind="partners"))


def test_what_the_table_does_not_take_is_a_fault_with_its_place(checked):
    job = checked(["场地", "可容纳人数"], ["图书室", "-1"], kind="venues")

    assert "row 2, column B “可容纳人数”" in fault(job)
    assert not Venue.objects.exists()


@pytest.mark.parametrize("kind", TABLES, ids=lambda kind: kind.slug)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("write", [write_xlsx, lambda *list_: b"".join(write_csv(*list_))])
def test_an_export_is_safe_and_comes_back_unchanged(
    checked, rows, staff_user, kind, language, write
):
    with translation.override(language):
        content = write(*kind.exported(staff_user, NOW.date()))

    job = checked(content=content, kind=kind.slug)

    assert (job.status, job.faults) == ("ready", [])
    assert (job.rows_new, job.rows_changed) == (0, 0)
    assert job.rows_same > 0


@pytest.mark.parametrize("kind", TABLES, ids=lambda kind: kind.slug)
def test_the_example_in_a_template_is_nothing(checked, topic, kind):
    job = checked(content=write_template(kind.columns(NOW.date())), kind=kind.slug)

    assert "no rows" in fault(job)


@loads
def test_topics_name_their_area_in_words(loaded, topic):
    header = ["领域", "专题", "英文名称", "排序", "是否开设"]

    loaded(header, [str(topic.area), "太极", "Tai chi", 8, "是"], kind="topics")

    added = Topic.objects.get(title_zh="太极")
    assert (added.area, added.position, added.is_offered) == (topic.area, 8, True)


@loads
def test_a_day_that_a_list_closes_is_closed_for_everybody(
    loaded, make_lecture, make_resident, staff_user
):
    lecture, person = make_lecture(), make_resident()
    enter(lecture, person)

    loaded(["日期", "类型", "原因"], [f"{SATURDAY}", "停课", "台风"], kind="days")

    assert Occasion.objects.get().is_called_off
    assert (person.pk, "activities.called_off") in set(
        Notice.objects.values_list("recipient", "kind")
    )


def test_a_day_that_has_passed_is_not_closed_by_a_list(checked):
    past = NOW.date() - timedelta(days=3)

    job = checked(["日期", "类型"], [f"{past}", "停课"], kind="days")

    assert "row 2" in fault(job)
