"""Keys that an older version of the rules made are found, and made anew."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from diedie_edu.common.crypto import keyed_hash
from diedie_edu.people.actions import consents
from diedie_edu.people.actions.rekeying import is_behind, key_columns, rekey
from diedie_edu.people.models import Household, Resident
from diedie_edu.people.queries.finding import residents_like

pytestmark = pytest.mark.django_db
NINE = date(2017, 5, 1)


def as_it_was(table: str, number: int, **keys: str) -> None:
    """Keys are written by SQL alone, past the fields that make them."""
    written = ", ".join(f"{name} = %s" for name in keys)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {written} WHERE id = %s", [*keys.values(), number])


def test_a_key_of_version_1_is_found_and_mended(make_resident):
    person = make_resident(full_name="諶某", phone="13812345678")
    as_it_was("people_resident", person.pk, name_key="1:諶某", sort_key="chen2諶 mou3某")
    assert is_behind()
    assert residents_like("谌某") == []

    assert sum(count.anew for count in rekey(only_look=True)) == 1
    assert residents_like("谌某") == []
    assert sum(count.anew for count in rekey(only_look=False)) == 1

    assert residents_like("谌某") == [person]
    assert not is_behind()
    assert sum(count.anew for count in rekey(only_look=False)) == 0


def test_a_surname_that_is_read_otherwise_now_is_sorted_anew(make_resident):
    person = make_resident(full_name="撒某")
    as_it_was("people_resident", person.pk, sort_key="sa1撒 mou3某")

    list(rekey(only_look=False))

    assert Resident.objects.get(pk=person.pk).sort_key == "sa3撒 mou3某"


def test_two_that_are_one_now_stay_two_until_somebody_brings_them_together():
    one = Household.objects.create(label="T-1")
    two = Household.objects.create(label="T-2")
    as_it_was("people_household", two.pk, label="Ｔ-1", label_key="1:ｔ-1")

    count = next(
        row for row in rekey(only_look=False) if row.column == "people.Household.label_key"
    )

    assert (count.anew, count.met) == (0, [two.pk])
    assert Household.objects.get(pk=one.pk).label_key == "2:t-1"
    assert Household.objects.get(pk=two.pk).label_key == "1:ｔ-1"


def test_migrate_does_it_where_any_is_behind(make_resident):
    person = make_resident(full_name="諶某")
    as_it_was("people_resident", person.pk, name_key="1:諶某")

    said = StringIO()
    call_command("migrate", stdout=said)

    assert Resident.objects.get(pk=person.pk).name_key == "2:谌某"
    assert "people.Resident.name_key: 1 anew" in said.getvalue()


def test_an_erased_child_is_known_by_the_key_of_then():
    """Of it a hash is left, which nobody can make anew."""
    of_then = f"1:{keyed_hash(f'1:諶某 {NINE}', 'child')}"

    assert of_then in consents.child_hashes("諶某", NINE)
    assert consents.child_hash("諶某", NINE).startswith("2:")
    assert consents.child_hash("諶某", NINE) == consents.child_hash("谌 某", NINE)


def test_all_apps_keys_are_walked():
    tables = {model._meta.label for model, _column in key_columns()}

    assert {
        "people.Resident",
        "people.Household",
        "after_school.Collector",
        "after_school.CollectorPass",
        "happy_square.MemberEntry",
        "edu_base.Nomination",
    } <= tables
