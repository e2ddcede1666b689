from datetime import date

import pytest
from django.utils import timezone

from diedie_edu.lists.actions.copying import insert_copied, update_copied
from diedie_edu.people.models import Household, Resident

pytestmark = pytest.mark.django_db
ODD = ["", " ", "\\N", "\\.", "a\tb", "a\nb", "a\r\nb", '"', "','", "{}", "NULL", "None", "\u3000"]


@pytest.mark.parametrize("text", ODD)
def test_texts_arrive_as_they_are(text):
    insert_copied([Household(label="1-1", address=text)])

    assert Household.objects.get().address == text


def test_rows_get_ids_and_what_a_save_would_give_them():
    born = date(1958, 3, 21)
    people = [Resident(full_name="单雄信", birth_date=born), Resident(full_name="陈二")]
    before = timezone.now()

    insert_copied(people)

    dan, chen = Resident.objects.order_by("pk")
    assert [dan, chen] == people
    assert (dan.sort_key[:5], dan.birth_date, chen.birth_date) == ("shan4", born, None)
    assert (dan.wants_sms, dan.gender, dan.account) == (True, "", None)
    assert dan.created_at >= before
    assert Resident.objects.create(full_name="王芳").pk > chen.pk


def test_only_the_named_fields_are_overwritten(make_resident):
    household = Household.objects.create(label="1-1")
    chen, other = make_resident(full_name="成二", email="a@b.cn"), make_resident(full_name="王芳")
    chen.full_name, chen.email, chen.household_id = "陈二", "", household.pk

    update_copied([chen], ["full_name", "sort_key", "household"])

    chen = Resident.objects.get(pk=chen.pk)
    assert (chen.full_name, chen.sort_key[:5], chen.email) == ("陈二", "chen2", "a@b.cn")
    assert chen.household == household
    assert Resident.objects.get(pk=other.pk).full_name == "王芳"


def test_no_rows_are_no_work(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert_copied([])
        update_copied([], ["phone"])
