"""Everybody with a name and a number that nobody else has, and what an answer shows of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import connection
from django.db.models import Model
from django.test import Client

from diedie_edu.common.names import name_key, sort_key
from diedie_edu.common.phones import phone_key
from tests.conftest import signed_in
from tests.support.access_house import House

NAMES, PHONES = {"full_name", "display_name"}, {"phone"}
FIRST, LAST = 0x5200, 0x7000  # where the characters of names begin
DATA = {"accounts_onetimecode", "people_personcorrection"}


@dataclass(frozen=True)
class Person:
    """What stands in one row: 剀某瀀, 13977770123."""

    number: int

    @property
    def name(self) -> str:
        return f"{self.first}某{self.last}"

    @property
    def phone(self) -> str:
        return f"1397777{self.number:04d}"

    @property
    def first(self) -> str:
        return chr(FIRST + self.number)

    @property
    def last(self) -> str:
        return chr(LAST + self.number)


# What is covered, and how it stands there then.
WHOLE: dict[str, Callable[[Person], str]] = {
    "phone": lambda one: one.phone,
    "name": lambda one: one.name,
    "half": lambda one: one.name,
}
COVERED: dict[str, Callable[[Person], str]] = {
    "phone": lambda one: f"139****{one.number:04d}",
    "name": lambda one: f"{one.first}**",
    "half": lambda one: f"{one.first}*{one.last}",
}


def called_anew() -> list[Person]:
    """Past the guards, which keep numbers of accounts and names of papers as they are."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        people = [_called(row, fields, number) for number, (row, fields) in enumerate(_rows())]
        cursor.execute("SET LOCAL session_replication_role = origin")
    return people


def signed_in_anew(house: House) -> House:
    """A session ends with the number it was begun with."""
    users = {letter: user for letter, (user, _client) in house.knockers.items() if user}
    for user in users.values():
        user.refresh_from_db()
    browsers = {letter: (user, signed_in(user)) for letter, user in users.items()}
    return House({"v": (None, Client()), **browsers}, house.things)


def _rows() -> Iterator[tuple[Model, set[str]]]:
    for model in apps.get_models():
        columns = {column.name for column in model._meta.concrete_fields}
        fields = columns & (NAMES | PHONES)
        if fields and model._meta.managed and model._meta.db_table not in DATA:
            for row in model._base_manager.order_by("pk"):
                yield row, columns


def _called(row: Model, columns: set[str], number: int) -> Person:
    person = Person(number)
    told = {
        **dict.fromkeys(NAMES, person.name),
        **dict.fromkeys(PHONES, person.phone),
        "name_key": name_key(person.name),
        "sort_key": sort_key(person.name),
        "phone_key": phone_key(person.phone),
    }
    facts = {name: value for name, value in told.items() if name in columns}
    type(row)._base_manager.filter(pk=row.pk).update(**facts)
    return person


def seen(words: str, people: list[Person], what: str) -> tuple[set[Person], set[Person]]:
    """Who stands there covered, and who whole."""
    covered = {one for one in people if COVERED[what](one) in words}
    return covered, {one for one in people if WHOLE[what](one) in words}
