"""Writing a budget: its lines as one sheet, another year's lines, money moved between lines."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.office.actions import drafts
from diedie_edu.office.models import BudgetItem, BudgetLine, Version
from diedie_edu.office.queries.budgets import lines_of
from diedie_edu.office.queries.documents import last_version
from diedie_edu.office.rules import budgets as rules

TOLD = ("position", "category", "title", "quantity", "unit", "price", "funds")


@transaction.atomic
def save_lines(
    *,
    version: int,
    lines: Iterable[BudgetLine],
    out: Iterable[BudgetLine] = (),
    moved: Collection[UUID] = (),
    by: User,
    now: datetime,
) -> Version:
    """New and changed lines of a draft (a number) and those taken `out`; all are numbered anew.

    Raises `Refused` (`not_draft`).
    """
    locked = drafts.lock_draft(version=version, by=by, now=now)
    for line in out:
        line.delete()
    _keep(list(lines), locked)
    number(locked, moved)
    locked.refresh_from_db(fields=["total"])
    return locked


def _keep(lines: list[BudgetLine], version: Version) -> None:
    """What is new is an item of its own."""
    new = [line for line in lines if line._state.adding]
    items = [BudgetItem(document=version.document, key=line.key) for line in new]
    for line, item in zip(new, BudgetItem.objects.bulk_create(items), strict=True):
        line.version, line.item = version, item
    changed = [line for line in lines if not line._state.adding]
    BudgetLine.objects.bulk_update(changed, TOLD)
    BudgetLine.objects.bulk_create(new)


def number(version: Version, moved: Collection[UUID] = ()) -> None:
    """The lines from 1 on, category by category."""
    changed = []
    for place, line in enumerate(rules.in_order(version.budgetline_rows.all(), moved), 1):
        if line.position != place:
            line.position = place
            changed.append(line)
    BudgetLine.objects.bulk_update(changed, ["position"])


@transaction.atomic
def copy_lines(*, version: int, source: Version, by: User, now: datetime) -> Version:
    """Another year's lines into a draft without any: each is an item of its own there.

    Raises `Refused` (`not_draft`, `not_empty`).
    """
    locked = drafts.lock_draft(version=version, by=by, now=now)
    rules.check_is_empty(lines_of(locked))
    BudgetLine.objects.bulk_create(line.carried_over(locked) for line in lines_of(source))
    locked.refresh_from_db(fields=["total"])
    return locked


@transaction.atomic
def reallocate(
    *, seen: Version, changes: Mapping[UUID, Decimal], reason: str, by: User, now: datetime
) -> Version:
    """调剂: a new draft in which money has moved between the lines (by key) of the approved version
    that was `seen`.

    Raises `Refused` as `rules.check_is_latest` and `rules.check_reallocation` do.
    """
    document = drafts.lock_document(seen.document_id)
    rules.check_is_latest(seen, last_version(document))
    rules.check_reallocation(lines_of(seen), changes, reason)
    made = drafts.begin(document=document, by=by, now=now)
    made.reason = reason.strip()
    made.save(update_fields=["reason"])
    for line in made.budgetline_rows.filter(key__in=[key for key in changes if changes[key]]):
        rules.set_amount(line, line.amount + changes[line.key])
        line.save()
    made.refresh_from_db(fields=["total"])
    return made
