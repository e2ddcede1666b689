"""What somebody has learned: the record, its milestones, its files."""

import json
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Attendance, Occasion
from diedie_edu.people.models import Household, Resident, Volunteer
from diedie_edu.portal.learning.queries import Record
from diedie_edu.portal.learning.rules import milestones
from diedie_edu.volunteering.models import Duty
from tests.conftest import NOW, SATURDAY
from tests.portal.conftest import Learn
from tests.support.counting import queries_of
from tests.support.duties import on_duty
from tests.support.occasions import rebook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PAGE = "/me/learning/"


def test_the_record_goes_year_by_year(learn: Learn, make_resident: Callable) -> None:
    person = make_resident()
    for day in (date(2025, 11, 8), date(2026, 3, 7), date(2026, 11, 7)):
        learn(person, day)
    record = Record(person, NOW)
    assert [(year.year, year.hours) for year in record.years] == [(2026, 3.0), (2025, 1.5)]
    assert record.hours == 4.5
    assert record.topics == [("中老年健康", 4.5)]


def test_only_what_took_place_and_is_over_counts(learn: Learn, make_resident: Callable) -> None:
    person = make_resident()
    off = learn(person)
    rebook(Occasion.objects.filter(pk=off.pk), is_off=True)
    learn(person, SATURDAY)
    learn(make_resident())
    assert Record(person, NOW).lessons == []


def test_hours_served_stand_beside(learn: Learn, make_resident: Callable) -> None:
    person = make_resident()
    occasion = learn(make_resident())
    on_duty(occasion, Volunteer.objects.create(resident=person, kinds=["expert"]))
    Duty.objects.update(served_minutes=105)
    assert Record(person, NOW).served_hours == 0  # until it is confirmed
    Duty.objects.update(confirmed_at=NOW)
    assert Record(person, NOW).served_hours == 1.8


@pytest.mark.parametrize(
    ("hours", "reached", "ahead", "missing"),
    [
        (0, [], 10, 10),
        (9.5, [], 10, 0.5),
        (10, [10], 30, 20),
        (500, [10, 30, 60, 100, 200], None, 0),
    ],
)
def test_milestones(hours: float, reached: list, ahead: int | None, missing: float) -> None:
    assert milestones(int(hours * 60)) == (reached, ahead, missing)


def test_the_page_shows_hours_and_milestones(
    learn: Learn, resident_user: User, as_user: Callable[[User], Client]
) -> None:
    client = as_user(resident_user)
    assert "档案里还没有记录" in client.get(PAGE).text
    learn(resident_user.resident, minutes=600, title="合理用药")
    said = client.get(PAGE).text
    assert "合理用药" in said
    assert "10学时" in said
    assert "满30学时" in said


def test_the_page_costs_the_same_with_more(
    learn: Learn, resident_user: User, as_user: Callable[[User], Client]
) -> None:
    client = as_user(resident_user)
    learn(resident_user.resident)
    for_one = queries_of(client, PAGE)
    for _number in range(2):
        learn(resident_user.resident)
    assert queries_of(client, PAGE) == for_one


def test_one_acts_for_the_household_and_for_nobody_else(
    learn: Learn, resident_user: User, stranger: User, as_user: Callable[[User], Client]
) -> None:
    home = Household.objects.create(label="1-1-101")
    Resident.objects.filter(account=resident_user).update(household=home)
    father = Resident.objects.create(full_name="何大寒", household=home)
    learn(father, title="太极入门")
    client = as_user(resident_user)
    assert "太极入门" in client.get(f"{PAGE}?resident={father.pk}").text
    for address in (PAGE, f"{PAGE}file.json", f"{PAGE}file.xlsx"):
        assert client.get(f"{address}?resident={stranger.resident.pk}").status_code == 404


# --- Files -----------------------------------------------------------------------------


def test_the_json_file_is_whole_and_of_nobody_else(
    learn: Learn, resident_user: User, stranger: User, as_user: Callable[[User], Client]
) -> None:
    occasion = learn(resident_user.resident, title="合理用药")
    Attendance.objects.create(
        occasion=occasion, resident=stranger.resident, arrived_at=occasion.starts_at
    )
    answer = as_user(resident_user).get(f"{PAGE}file.json")
    assert stranger.resident.full_name not in answer.text
    found = json.loads(answer.content)
    (lesson,) = found.pop("lessons")
    assert (lesson["day"], lesson["title"], lesson["minutes"]) == ("2026-11-07", "合理用药", 90)
    assert (found["name"], found["hours"]) == (resident_user.resident.full_name, 1.5)


def test_no_title_runs_as_a_formula(
    learn: Learn, resident_user: User, as_user: Callable[[User], Client]
) -> None:
    learn(resident_user.resident, title="=1+1")
    answer = as_user(resident_user).get(f"{PAGE}file.xlsx")
    assert "attachment" in answer["Content-Disposition"]
    (_head, row) = load_workbook(BytesIO(answer.content)).active.iter_rows()
    assert row[1].data_type == "s"
    assert row[1].value != "=1+1"
    assert row[4].value == 90


def test_other_files_are_not_found(resident_user: User, as_user: Callable) -> None:
    url = reverse("portal:learning_export", args=["pdf"])
    assert as_user(resident_user).get(url).status_code == 404
