"""The one search for people, and one page for each: what staff see, and who looked."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.people.actions.erasing import erase_person
from diedie_edu.people.actions.events import note
from diedie_edu.people.models import ChildAccess, Household, PersonEvent, Resident
from diedie_edu.people.queries.finding import residents_like
from tests.conftest import NOW
from tests.support.children import NINE, consented
from tests.support.counting import queries_of
from tests.support.refusals import guard_that_stops, refused_by
from tests.support.seats import enter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SEARCH = "/desk/people/"


@pytest.fixture
def desk(as_user: Callable[[User], Client], staff_user: User) -> Client:
    return as_user(staff_user)


@pytest.fixture
def chen(make_resident: Callable[..., Resident]) -> Resident:
    home = Household.objects.create(label="12-3-501")
    return make_resident(full_name="陈建城", phone="13812345678", household=home)


def page_of(person: Resident) -> str:
    return reverse("portal:person", args=[person.pk])


NAMES = ["建城", "chenjian", "ChenJianCheng", "cjc"]
PHONES, HOMES = ["5678", "138-1234-5678"], ["12-3-501", "12栋3单元501", "１２-3-501", "501"]


@pytest.mark.parametrize("words", [*NAMES, *PHONES, *HOMES])
def test_one_search_finds_by_all_that_staff_know(words, chen, make_resident):
    make_resident(full_name="李梅", phone="13900001111")
    assert residents_like(words) == [chen]


@pytest.mark.parametrize("words", ["陈建军", "jian", "1234", "12-3-50", "12-3-5011", "x"])
def test_it_finds_nobody_else(words, chen):
    assert residents_like(words) == []


def test_one_who_fits_is_opened_and_nobodys_name_is_in_an_address(desk, chen):
    answer = desk.post(SEARCH, {"words": "cjc"})
    assert answer.headers["Location"] == page_of(chen)
    assert "没有" in desk.post(SEARCH, {"words": "吴用"}).text


def test_of_several_who_fit_children_are_covered(desk, make_resident):
    mother = make_resident(full_name="李梅")
    consented(make_resident(full_name="陈小宝", birth_date=NINE), mother)
    make_resident(full_name="陈建城")
    said = desk.post(SEARCH, {"words": "陈"}).text
    assert "陈建城" in said
    assert "陈小宝" not in said
    assert "陈*宝" in said


def test_a_phone_is_covered_until_somebody_asks_and_that_is_kept(desk, chen, staff_user):
    said = desk.get(page_of(chen)).text
    assert "138****5678" in said
    assert "13812345678" not in said
    shown = desk.post(reverse("portal:person_show_phone", args=[chen.pk])).text
    assert "13812345678" in shown
    assert "查看电话" in shown
    kept = PersonEvent.objects.get()
    assert (kept.resident, kept.kind, kept.by) == (chen, "shown", staff_user)


def test_a_look_at_a_childs_page_is_kept(desk, make_resident, staff_user):
    child = consented(make_resident(full_name="陈小宝", birth_date=NINE))
    desk.get(page_of(child))
    look = ChildAccess.objects.get()
    assert (look.child_number, look.viewer, look.page) == (child.pk, staff_user, "portal:person")


def test_the_log_is_only_added_to_and_loses_its_reasons_alone(chen, staff_user):
    row = note(
        resident=chen, kind=PersonEvent.Kind.FAMILY, by=staff_user, now=NOW, reason="李梅的女儿"
    )
    rows = PersonEvent.objects.filter(pk=row.pk)
    stays = "what_was_done_to_a_record_stays"
    assert guard_that_stops(lambda: rows.update(kind="died")) == stays
    assert guard_that_stops(lambda: rows.update(reason="另一个")) == stays
    assert guard_that_stops(rows.delete) == "lines_of_a_persons_log_stay"
    rows.update(reason="")
    with refused_by("person_event_has_a_kind"):
        note(resident=chen, kind="", by=staff_user, now=NOW)


def test_of_whoever_is_erased_the_log_keeps_no_words(chen, staff_user):
    note(resident=chen, kind=PersonEvent.Kind.FAMILY, by=staff_user, now=NOW, reason="李梅的女儿")
    erase_person(resident=chen, now=NOW)
    kept = PersonEvent.objects.get()
    assert (kept.resident_id, kept.kind, kept.reason) == (chen.pk, "family", "")


def test_the_page_costs_as_many_queries_for_three_rows_as_for_one(
    desk, chen, make_resident, make_lecture, staff_user
):
    def more(number: int) -> None:
        for _row in range(number):
            make_resident(household=chen.household)
            enter(make_lecture(), chen)
            note(resident=chen, kind=PersonEvent.Kind.FAMILY, by=staff_user, now=NOW)

    more(1)
    once = queries_of(desk, page_of(chen))
    more(2)
    assert queries_of(desk, page_of(chen)) == once
