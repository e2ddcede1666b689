"""Every list that leaves comes back as it is: nothing changes, and nothing is a fault."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO

import pytest
import time_machine
from django.db import transaction
from django.utils import translation

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.manifests import parts_of
from diedie_edu.common.spreadsheets.reader import read_table
from diedie_edu.common.spreadsheets.workbooks import save_list
from diedie_edu.lists.kinds import ListKind
from diedie_edu.lists.plans import ListPlan
from diedie_edu.portal.base_data import load_plan
from diedie_edu.portal.demo.loading import load_demo
from diedie_edu.venues.models import Venue
from tests.conftest import NOW

# Of these the demo season has no rows; their own tests send a list back.
WITHOUT_ROWS = {"templates", "placing", "college", "days", "milestones", "paragraphs", "spending"}


@pytest.mark.django_db(transaction=True)
def test_every_list_that_leaves_comes_back_unchanged():
    with demo_season() as now:
        told = {
            (kind.slug, extension, kind.sees_whole(user)): came_back(kind, user, extension, now)
            for kind in parts_of(ListKind)
            for user in readers_of(kind)
            for extension in ("xlsx", "csv")
        }

    assert {slug for slug, _extension, _whole in told} >= {kind.slug for kind in parts_of(ListKind)}
    empty = {key[0] for key, found in told.items() if found is None}
    full = {key[0] for key, found in told.items() if found}
    assert empty - full <= WITHOUT_ROWS
    assert {key: found for key, found in told.items() if found and found != "same"} == {}


@contextmanager
def demo_season() -> Iterator[datetime]:
    with time_machine.travel(NOW, tick=True), translation.override("zh-hans"):
        load_plan()
        Venue.objects.create(title_zh="社区多功能厅", title_en="Community hall", places=60)
        load_demo(local_now())
        yield local_now()


def readers_of(kind: ListKind) -> list[User]:
    """One who gets it whole and one who gets it covered, as far as there are such."""
    able = [user for user in User.objects.order_by("pk") if kind.is_open_to(user)]
    assert able, f"nobody opens {kind.slug}"
    today = local_day(local_now())
    able.sort(key=lambda user: not kind.exported(user, today)[1].count())
    return list({kind.sees_whole(user): user for user in reversed(able)}.values())


def came_back(kind: ListKind, user: User, extension: str, now: datetime) -> str | None:
    """“same”, or what would change or is wrong; None for a list without rows."""
    today, file = local_day(now), BytesIO()
    with transaction.atomic():
        columns, rows = kind.exported(user, today)
        save_list(file, extension, columns, rows, sheet=str(kind.title))
        if not rows.count():
            return None
        table = read_table(file.getvalue(), kind.columns(today), max_rows=kind.max_rows)
        plan = kind.plan(table, user, now)
        plan.rehearse(user, now)
        transaction.set_rollback(True)
    return said(plan)


def said(plan: ListPlan) -> str:
    counts = plan.counts()
    is_same = counts["rows_same"] == counts["rows_total"] > 0 and not plan.table.faults
    return "same" if is_same else f"{counts} {[str(fault) for fault in plan.table.faults][:3]}"
