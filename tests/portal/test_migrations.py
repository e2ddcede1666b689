"""New tables come with their constraints and indexes."""

from django.db import models
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel

from diedie_edu.portal.management.commands.makemigrations import whole_tables

CAPACITY = models.CheckConstraint(condition=models.Q(capacity__gte=1), name="room_has_places")
OWNER = models.UniqueConstraint(fields=["owner"], name="one_room_each")
BY_SIZE = models.Index(fields=["capacity"], name="by_size")


def room() -> CreateModel:
    return CreateModel("Room", [("capacity", models.IntegerField())], {"ordering": ["pk"]})


def test_what_a_new_table_may_have_is_said_where_it_is_made() -> None:
    rows = [room(), AddConstraint("room", CAPACITY), AddIndex("room", BY_SIZE)]
    [made] = whole_tables(rows)
    assert made.options == {"ordering": ["pk"], "constraints": [CAPACITY], "indexes": [BY_SIZE]}


def test_what_names_a_field_that_comes_later_waits_for_it() -> None:
    rows = [room(), AddField("room", "owner", models.IntegerField()), AddConstraint("room", OWNER)]
    assert whole_tables(rows) == rows
    assert "constraints" not in rows[0].options


def test_tables_that_were_there_before_stay_alone() -> None:
    rows = [AddConstraint("room", CAPACITY), AddIndex("room", BY_SIZE)]
    assert whole_tables(rows) == rows
