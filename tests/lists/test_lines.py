"""Lines that are none of a list, in every list: left out and said, or asked before it is loaded."""

from dataclasses import replace

import pytest
from django.urls import reverse

from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.errors import Refused
from diedie_edu.common.manifests import parts_by, parts_of
from diedie_edu.common.spreadsheets.columns import all_words, columns_to_read
from diedie_edu.common.spreadsheets.reader import read_table
from diedie_edu.common.spreadsheets.titles import Titles, key
from diedie_edu.common.spreadsheets.writer import cell_value, write_template
from diedie_edu.jobs.actions.run import run_next
from diedie_edu.lists.actions import imports
from diedie_edu.lists.kinds import ListKind
from diedie_edu.people.models import Resident
from tests.common.spreadsheets.files import xlsx
from tests.people.conftest import CHEN, RESIDENTS

pytestmark = pytest.mark.django_db

KINDS = {kind.slug: kind for kind in parts_of(ListKind)}
BELOW = [
    *(["合计", "3"], ["共3人"], ["以下空白"], ["——以下无正文——"], ["第1页 共3页"], ["小计"]),
    *(["制表人：子某", "", "审核人：丑某"], ["备注：数据截至本月"], ["说明：一式两份。"], ["总计"]),
    *(["填表人", "子某"], ["负责人签字："], ["联系电话：0757-81234567"], ["日期：2026年11月30日"]),
]


def columns_of(slug):
    return columns_to_read(KINDS[slug].columns(local_day(local_now())))


@pytest.mark.parametrize("slug", KINDS)
def test_lines_below_any_list_are_left_out(slug):
    columns = columns_of(slug)
    titles = [column.title for column in columns]
    row = [str(cell_value(column, column.shown_example())) or "某" for column in columns]
    pages = [row, *BELOW[:6], titles, row, *BELOW[6:]]

    table = read_table(xlsx(titles, *pages), columns)

    aside = [*range(3, 9), 9, *range(11, 11 + len(BELOW) - 6)]
    assert list(table.aside) == aside
    assert not table.doubts
    assert {fault.row for fault in table.faults} <= {2, 10}


@pytest.mark.parametrize("slug", KINDS)
def test_no_word_is_the_title_of_two_columns(slug):
    columns, seen = columns_of(slug), {}
    titles = Titles(columns)
    for column in columns:
        for word in all_words(column.titles):
            assert seen.setdefault(key(word), column.code) == column.code, word
            assert titles.column(word) is column, word


@pytest.mark.parametrize("slug", KINDS)
def test_the_titles_of_any_list_are_known_with_their_marks(slug):
    columns = columns_of(slug)
    marked = [f"{n}、★{column.title}（必填）：" for n, column in enumerate(columns, 1)]

    table = read_table(xlsx(marked, ["1"] * len(columns)), columns)

    assert [column.code for column in table.header.columns.values()] == [
        column.code for column in columns
    ]


@pytest.mark.parametrize("slug", KINDS)
def test_the_template_of_any_list_is_read_as_it_is(slug):
    with pytest.raises(Refused) as refused:
        read_table(write_template(columns_of(slug)), columns_of(slug))

    assert refused.value.code == "no_rows"


def test_what_stays_out_is_said_with_its_row(checked):
    job = checked(RESIDENTS, CHEN, ["合计", "1人"], ["制表人：", "子某"])

    assert (job.status, job.rows_new) == ("ready", 1)
    assert job.preview["aside"] == [
        {"row": 3, "says": "合计 1人"},
        {"row": 4, "says": "制表人： 子某"},
    ]


def test_what_it_says_is_covered_for_whoever_may_not_see_it(checked, monkeypatch):
    covered = replace(KINDS["residents"], sees_whole=lambda _user: False)
    monkeypatch.setitem(parts_by(ListKind, "slug"), "residents", covered)

    job = checked(RESIDENTS, CHEN, ["制表人：子某", "", "", "13812345678"])

    assert [*job.preview["aside"], *job.preview["doubts"]] == [{"row": 3, "says": "制表人"}]


@pytest.fixture
def doubtful(checked):
    return checked(RESIDENTS, CHEN, ["合计", "", "", "13812345679"], ["第一组"])


def test_a_list_with_lines_in_doubt_is_not_loaded_before_they_are_answered(doubtful):
    assert [line["row"] for line in doubtful.preview["doubts"]] == [3, 4]
    assert doubtful.rows_new == 1

    for lines in ({}, {3: True}):
        with pytest.raises(Refused) as refused:
            imports.confirm_import(job=doubtful, lines=lines)
        assert refused.value.code == "lines_unanswered"


@pytest.mark.django_db(transaction=True)
def test_lines_that_are_none_stay_out(doubtful, now):
    assert imports.confirm_import(job=doubtful, lines={3: False, 4: False})
    assert run_next(now)

    doubtful.refresh_from_db()
    assert (doubtful.status, doubtful.rows_total) == ("done", 1)
    assert [one.full_name for one in Resident.objects.filter(account=None)] == ["陈建城"]


@pytest.mark.django_db(transaction=True)
def test_a_line_that_is_a_row_is_checked_and_comes_in(doubtful, now):
    assert imports.confirm_import(job=doubtful, lines={3: True, 4: False})
    assert run_next(now)

    doubtful.refresh_from_db()
    assert (doubtful.status, doubtful.rows_new) == ("ready", 2)
    assert doubtful.preview["doubts"] == []
    assert doubtful.preview["aside"] == [{"row": 4, "says": "第一组"}]

    assert imports.confirm_import(job=doubtful)
    assert run_next(now)
    names = Resident.objects.filter(account=None).values_list("full_name", flat=True)
    assert sorted(names) == ["合计", "陈建城"]


def test_the_page_asks_and_hands_the_answers_on(doubtful, as_user, staff_user):
    client, page = as_user(staff_user), reverse("lists:import_job", args=[doubtful.pk])
    confirm = reverse("lists:import_confirm", args=[doubtful.pk])

    assert client.get(page).content.decode().count('type="radio"') == 4
    client.post(confirm, {"line-3": "row"})
    doubtful.refresh_from_db()
    assert doubtful.status == "ready"

    client.post(confirm, {"line-3": "row", "line-4": "none"})
    doubtful.refresh_from_db()
    assert (doubtful.status, doubtful.lines_said) == ("checking", {"rows": [3], "none": [4]})
