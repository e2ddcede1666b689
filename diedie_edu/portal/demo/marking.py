"""What the demonstration makes is marked as it is made, so that exactly that can be taken away.

A row has no column that says so: that would be one in each of a hundred tables, and every action
would have to hand it on. Instead it is seen which rows are new when the season is loaded: nobody
else's rows come into sight meanwhile (REPEATABLE READ), so what is new is the demonstration's.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Max

from diedie_edu.community.models import DemoRows
from diedie_edu.portal.demo import changes

# Not the demonstration's: the trail of security and the list of what has ended, which stay whatever
# happens, and what Django keeps for itself.
LEFT = (
    "keeping.Ending",
    "accounts.SecurityEvent",
    "community.DemoRows",
    "community.Community",
    "sessions.Session",
)
OTHERS = ("contenttypes", "auth", "axes")  # apps


def tables() -> list[type[models.Model]]:
    """All tables that may hold rows of the demonstration."""
    found = apps.get_models(include_auto_created=True)
    ours = [row for row in found if row._meta.managed and not row._meta.proxy]
    return [
        row for row in ours if row._meta.label not in LEFT and row._meta.app_label not in OTHERS
    ]


@contextmanager
def marked() -> Iterator[None]:
    """All rows that are made in it are the demonstration's."""
    is_alone = connection.in_atomic_block  # a test, within its own transaction
    with transaction.atomic():
        if not is_alone:
            _see_nobody_else()
        before = {model._meta.label: _last(model) for model in tables()}
        with changes.noted():
            yield
        made = {model._meta.label: _new(model, before[model._meta.label]) for model in tables()}
        _mark({label: keys for label, keys in made.items() if keys})


def _see_nobody_else() -> None:
    """Before the first question of a transaction alone."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _is_counted(model: type[models.Model]) -> bool:
    return isinstance(model._meta.pk, models.AutoField) and not model._meta.parents


def _last(model: type[models.Model]) -> Any:
    """The last number there is, or all keys where rows are not numbered."""
    rows = model._base_manager
    if _is_counted(model):
        return rows.aggregate(last=Max("pk"))["last"] or 0
    return set(map(str, rows.values_list("pk", flat=True)))


def _new(model: type[models.Model], before: Any) -> list[Any]:
    rows = model._base_manager
    if _is_counted(model):
        return list(rows.filter(pk__gt=before).values_list("pk", flat=True))
    keys = map(str, rows.values_list("pk", flat=True))
    return [int(key) if key.isdigit() else key for key in keys if key not in before]


def _mark(made: Mapping[str, list[Any]]) -> None:
    known = dict(DemoRows.objects.filter(model__in=made).values_list("model", "keys"))
    DemoRows.objects.bulk_create(
        [DemoRows(model=label, keys=[*known.get(label, []), *new]) for label, new in made.items()],
        update_conflicts=True,
        unique_fields=["model"],
        update_fields=["keys"],
    )
