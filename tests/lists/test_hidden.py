"""Rows that a look at the file does not show are said, and whoever loads the list chooses."""

import pytest
from django.urls import reverse

from diedie_edu.common.errors import Refused
from diedie_edu.jobs.actions.run import run_next
from diedie_edu.lists.actions import imports
from diedie_edu.lists.models import Hidden, ImportJob
from diedie_edu.people.models import Resident
from tests.common.spreadsheets import biff
from tests.common.spreadsheets.files import page_of
from tests.people.conftest import CHEN, RESIDENTS, WANG

LOADED, LEFT_OUT = Hidden.LOADED, Hidden.LEFT_OUT
ZHAO = ["赵谷雨", "女", "1961-04-20", "13812345690", "12-3-503"]


def hiding(*rows: int):
    def hide(book):
        for row in rows:
            page_of(book).row_dimensions[row].hidden = True

    return hide


def filtered(book):
    """As a filter leaves it: what does not fit is hidden."""
    page = page_of(book)
    page.auto_filter.ref = "A1:E4"
    page.auto_filter.add_filter_column(1, ["女"])
    hiding(2, 3)(book)


def names() -> set[str]:
    return set(Resident.objects.filter(account=None).values_list("full_name", flat=True))


@pytest.mark.django_db
def test_hidden_rows_are_said_with_what_either_choice_comes_to(checked):
    job = checked(RESIDENTS, CHEN, WANG, ZHAO, more=filtered)

    assert job.status == "ready"
    assert job.preview["hidden_rows"] == [2, 3]
    assert [(way, counts["rows_new"]) for way, counts in job.ways] == [(LOADED, 3), (LEFT_OUT, 1)]


@pytest.mark.django_db
def test_the_page_names_them_and_has_no_choice_made(as_user, staff_user, checked):
    job = checked(RESIDENTS, CHEN, WANG, ZHAO, more=hiding(2, 4))

    page = as_user(staff_user).get(reverse("lists:import_job", args=[job.pk])).content.decode()

    assert "文件中有 2 行是隐藏的" in page
    assert page.count('name="hidden"') == 2
    assert page.count(">隐藏的行<") == 2
    assert "checked" not in page


@pytest.mark.django_db
def test_nothing_is_loaded_before_somebody_has_chosen(as_user, staff_user, checked):
    job = checked(RESIDENTS, CHEN, WANG, more=hiding(3))
    desk, confirm = as_user(staff_user), reverse("lists:import_confirm", args=[job.pk])

    for sent in ({}, {"hidden": "on"}, {"hidden": ""}):
        desk.post(confirm, sent)
        job.refresh_from_db()
        assert job.status == "ready"
    desk.post(confirm, {"hidden": "left_out"})
    job.refresh_from_db()
    assert (job.status, job.params["hidden"]) == ("loading", "left_out")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("choice", "there"), [(LOADED, {"陈建城", "王洪斌"}), (LEFT_OUT, {"陈建城"})]
)
def test_what_was_chosen_is_what_is_loaded(checked, now, choice, there):
    job = checked(RESIDENTS, CHEN, WANG, more=hiding(3))

    assert imports.confirm_import(job=job, hidden=choice)
    assert run_next(now)

    job.refresh_from_db()
    assert (job.status, job.rows_new) == ("done", len(there))
    assert names() == there


@pytest.mark.django_db(transaction=True)
def test_faults_in_hidden_rows_leave_one_choice(as_user, staff_user, checked, now):
    job = checked(RESIDENTS, CHEN, ["", "男", "", "12", ""], more=hiding(3))
    assert [way for way, _counts in job.ways] == [LEFT_OUT]
    page = as_user(staff_user).get(reverse("lists:import_job", args=[job.pk])).content.decode()
    assert "隐藏的行里有需要改正的地方" in page

    with pytest.raises(Refused, match="隐藏的行"):
        imports.confirm_import(job=job, hidden=LOADED)
    assert imports.confirm_import(job=job, hidden=LEFT_OUT)
    run_next(now)

    assert names() == {"陈建城"}


@pytest.mark.django_db
def test_faults_elsewhere_are_faults_either_way(checked):
    job = checked(RESIDENTS, CHEN, ["", "男", "", "12", ""], more=hiding(2))

    assert (job.status, job.ways) == ("faulty", [])


@pytest.mark.django_db
def test_a_list_of_hidden_rows_alone_can_only_be_loaded_with_them(checked):
    job = checked(RESIDENTS, CHEN, WANG, more=hiding(2, 3))

    assert [way for way, _counts in job.ways] == [LOADED]


@pytest.mark.django_db(transaction=True)
def test_in_an_old_workbook_too(checked, now):
    titles = [biff.label(0, n, title) for n, title in enumerate(RESIDENTS)]
    people = [
        biff.label(row, n, text)
        for row, one in enumerate((CHEN, WANG), 1)
        for n, text in enumerate(one)
    ]
    content = biff.xls(*titles, *people, biff.row_about(1), biff.row_about(2, hidden=True))

    job = checked(content=content)
    assert job.preview["hidden_rows"] == [3]
    assert imports.confirm_import(job=job, hidden=LEFT_OUT)
    run_next(now)

    assert names() == {"陈建城"}


@pytest.mark.django_db
def test_hidden_columns_and_sheets_are_said(checked, as_user, staff_user):
    def hide(book):
        page_of(book).column_dimensions["B"].hidden = True
        book.create_sheet("旧名单").sheet_state = "hidden"

    job = checked(RESIDENTS, CHEN, more=hide)
    page = as_user(staff_user).get(reverse("lists:import_job", args=[job.pk])).content.decode()

    assert job.preview["hidden_columns"] == ["B “性别”"]
    assert job.preview["unread_sheets"] == ["旧名单"]
    assert "隐藏的列也会读入" in page
    assert job.ways == []


@pytest.mark.django_db
def test_a_household_is_asked_about_for_either_choice(checked):
    titles = ["姓名", "性别", "出生日期", "联系电话", "户号"]
    people = [[*person[:4], "7"] for person in (CHEN, WANG, ZHAO)]

    job = checked(titles, *people, more=hiding(4))

    assert sorted(key.partition(":")[2] for key in job.preview["asked"]) == ["7 2", "7 3"]
    assert ImportJob.objects.get().asks == 2
