"""The lists in which somebody stands covered: on their way out, and as they come back."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from io import BytesIO

from django.contrib import admin
from django.db import connection
from django.db.models import F

from after_school.models import Collector, Presence
from diedie_edu.accounts.admin_out import WayOut, as_if_asked_by
from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.common.spreadsheets.columns import columns_to_write
from diedie_edu.common.spreadsheets.outgoing import Outgoing
from diedie_edu.common.spreadsheets.reader import read_table
from diedie_edu.common.spreadsheets.workbooks import save_list
from diedie_edu.lists.kinds import ListKind, list_kind
from diedie_edu.lists.plans import ListPlan
from edu_base.models import Application, State
from tests.conftest import NOW

# List, or page of the admin site · who may not have people whole · what stands there covered.
OUT = """
pupils                    s  name
afternoons                s  name
roster                    b  phone
members                   o  phone
workers                   s  phone name
applications              s  phone name
students                  s  phone name
enterprises               b  phone
contacts                  o  phone
grants                    b  name
placing                   s  name
attendance                l  phone
signups                   l  phone
people.organisation       l  phone
accounts.user             b  phone
edu_base.nomination       s  phone name
edu_base.award            b  name
happy_square.membership   o  phone
activities.signup         l  phone
"""
# Of these columns nothing leaves.
NOTHING = {"afternoons": ["collected_by", "how"], "workers": ["reason"]}
# Whole lists that come back, and by what the page before they are loaded shows who is meant.
BY_NAME = (
    *("pupils", "afternoons", "roster", "members", "workers", "grants", "placing"),
    *("applications", "students", "attendance", "signups"),
)
SHOWN = [*((slug, ["name"]) for slug in BY_NAME)]
SHOWN += [(slug, ["name", "phone"]) for slug in ("residents", "volunteers")]
NAME_AND_PHONE = ("full_name", "phone")
# Without the number that says who is meant, in columns of these names; what is typed whole then.
WITHOUT_NUMBER: list[tuple[str, str, tuple[str, ...]]] = [
    ("signups", "person", ()),
    ("attendance", "person", ()),
    ("students", "number", ()),
    ("workers", "number", ("full_name", "reason")),
]
TODAY = local_day(NOW)


def lines() -> Iterator[tuple[str, str, list[str]]]:
    for line in filter(None, OUT.splitlines()):
        slug, letter, *what = line.split()
        yield slug, letter, what


def written(slug: str, user: User) -> list[dict[str, object]]:
    """What leaves, by codes of columns."""
    if "." not in slug:
        return list(list_kind(slug).exported(user, TODAY)[1])
    [page] = [one for model, one in admin.site._registry.items() if model._meta.label_lower == slug]
    assert isinstance(page, WayOut)
    return list(page.outgoing(as_if_asked_by(user)))


def words_in(rows: list[dict[str, object]]) -> str:
    return "\n".join(str(value) for row in rows for value in row.values())


def come_back(
    slug: str, user: User, typed: Collection[str] = (), without: Collection[str] = ()
) -> ListPlan:
    """The list read again: with columns that somebody `typed` whole, and `without` some."""
    kind = list_kind(slug)
    columns = [
        replace(column, covered=None) if column.code in typed else column
        for column in columns_to_write(kind.columns(TODAY), whole=False)
        if column.code not in without
    ]
    return _read(kind, Outgoing(columns, kind.rows(user, TODAY), whole=False), user)


def _read(kind: ListKind, rows: Outgoing, user: User) -> ListPlan:
    file = BytesIO()
    save_list(file, "xlsx", rows.columns, rows, sheet=str(kind.title))
    table = read_table(file.getvalue(), kind.columns(TODAY), max_rows=kind.max_rows)
    return kind.plan(table, user, NOW)


def send_home() -> None:
    """Past the guards: every child is collected, so that its list tells by whom, and those who had
    applied wait for the meeting."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for row in Presence.objects.all():
            fetched = Collector.objects.filter(child=row.child_id, barred_at=None).earliest("pk")
            facts = {"collector": fetched, "checked_how": Presence.Check.KNOWN}
            arrived = {"left_at": F("arrived_at"), "left_by": F("arrived_by")}
            Presence.objects.filter(pk=row.pk).update(**facts, **arrived)
        Application.objects.filter(state=State.SUBMITTED).update(state=State.RANKED)
        cursor.execute("SET LOCAL session_replication_role = origin")
