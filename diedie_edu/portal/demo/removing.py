"""Taking the demonstration away: what it made, and what only hangs on that; nothing of anybody's.

What was added to its rows since (a seat in one of its lectures, a message to one of its people)
goes with them, as it would if staff took them out one by one: the keys say so by `CASCADE` or
`On(erased=DELETE)`. A row on which something real stands by any other key stays, with all that it
needs itself: the room of a real lecture. People and accounts of the demonstration who are named by
real rows stay as empty rows, like everybody who is erased (docs/adr/0021, 0068).
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pgtrigger
from django.contrib.postgres.aggregates import ArrayAgg
from django.db import IntegrityError, connection, models, transaction
from django.db.models import QuerySet
from django.db.models.deletion import CASCADE, SET_NULL
from django.utils.functional import Promise

from diedie_edu.accounts.actions import trail
from diedie_edu.accounts.models import User
from diedie_edu.common.references import DELETE, EMPTY, Lasting, On
from diedie_edu.community.models import DemoRows
from diedie_edu.files.actions.store import forget_bytes
from diedie_edu.files.models import StoredFile
from diedie_edu.portal.demo import changes
from diedie_edu.portal.demo.loading import reached_no_more
from diedie_edu.portal.demo.marking import tables

Model = type[models.Model]
Keys = dict[Model, set[Any]]


@dataclass
class Removal:
    """`made`: what the demonstration made; `added`: what came to hang on it since; both go.
    `kept`: what stays, because something real stands on it; of these, `emptied` are people and
    accounts who stay as empty rows."""

    made: Keys = field(default_factory=dict)
    added: Keys = field(default_factory=dict)
    kept: Keys = field(default_factory=dict)
    emptied: Keys = field(default_factory=dict)
    loosened: list[tuple[Any, set[Any]]] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        return not any(self.made.values())

    def numbers(self, model: Model) -> tuple[int, int, int]:
        """How many were made and go, were added and go, and stay."""
        stays = len(self.kept.get(model, ())) + len(self.emptied.get(model, ()))
        return len(self.made.get(model, ())), len(self.added.get(model, ())), stays

    def lines(self) -> Iterator[tuple[str, int, int, int]]:
        """`numbers` of each sort of row that has a name; what only ties two of them has none."""
        found = {*self.made, *self.added, *self.kept, *self.emptied}
        named = [row for row in found if isinstance(row._meta.verbose_name_plural, Promise)]
        for model in sorted(named, key=lambda model: str(model._meta.verbose_name_plural)):
            if any(numbers := self.numbers(model)):
                yield (str(model._meta.verbose_name_plural), *numbers)


def to_remove() -> Removal:
    """What would go, and what would stay; nothing is changed."""
    with transaction.atomic():
        changes.take_back()
        found = _found()
        transaction.set_rollback(True)
    return found


def _found() -> Removal:
    marks = {row.model: row.keys for row in DemoRows.objects.all()}
    made = {model: _there(model, marks.get(model._meta.label, [])) for model in tables()}
    kept: Keys = defaultdict(set)
    while True:
        removal = _closed(made)
        held = removal.kept
        if not any(held.values()):
            removal.kept = kept
            return removal
        for model, keys in _with_what_they_need(held, made).items():
            kept[model] |= keys
            made[model] -= keys


def _there(model: Model, keys: list[Any]) -> set[Any]:
    return (
        set(model._base_manager.filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
    )


def _closed(made: Keys) -> Removal:
    """These rows, all that hangs on them, and which of them something real holds."""
    going = {model: set(keys) for model, keys in made.items()}
    _add_what_hangs(going)
    removal = Removal(made=dict(made))
    removal.kept, removal.emptied = defaultdict(set), defaultdict(set)
    for key in _keys():
        on, target = key.remote_field.on_delete, key.related_model
        held = {row: named for row, named in _naming(key, going) if row not in going[key.model]}
        if not held or _goes(key):
            continue
        if key.null and (on is SET_NULL or (isinstance(on, On) and on.erased is EMPTY)):
            removal.loosened.append((key, set(held)))
        elif issubclass(target, Lasting):
            removal.emptied[target] |= set(held.values())
        else:
            removal.kept[target] |= set(held.values())
    removal.added = {model: keys - made[model] for model, keys in going.items()}
    for model, keys in removal.emptied.items():
        removal.made[model] = made[model] - keys
    return removal


def _add_what_hangs(going: Keys) -> None:
    """Until nothing new is found: rows that go with one of these, and what stands in them alone."""
    new = {model: set(keys) for model, keys in going.items()}
    while any(new.values()):
        found: Keys = defaultdict(set)
        for key in _keys():
            if _goes(key) and new.get(key.related_model):
                found[key.model] |= {row for row, _named in _naming(key, new)}
            if _is_its_own(key) and new.get(key.model):
                rows = key.model._base_manager.filter(pk__in=new[key.model])
                own = _columns(rows.exclude(**{key.attname: None}), key.attname)[0]
                found[key.related_model] |= set(own)
        new = {model: keys - going.get(model, set()) for model, keys in found.items()}
        for model, keys in new.items():
            going.setdefault(model, set()).update(keys)


def _keys() -> list[Any]:
    """Every key of a table of ours to another."""
    known = set(tables())
    return [
        one
        for model in known
        for one in model._meta.local_fields
        if one.remote_field and one.related_model in known
    ]


def _goes(key: Any) -> bool:
    """Whether a row goes with the one that it names by this key."""
    on = key.remote_field.on_delete
    return on is CASCADE or (isinstance(on, On) and on.erased is DELETE)


def _is_its_own(key: Any) -> bool:
    """A booking of an occasion, a file of a picture: nothing else stands in it."""
    return (
        key.one_to_one
        and not key.remote_field.parent_link
        and not issubclass(key.related_model, Lasting)
    )


def _naming(key: Any, named: Keys) -> list[tuple[Any, Any]]:
    """Rows that name one of these by this key, and which."""
    keys = named.get(key.related_model)
    if not keys:
        return []
    rows = key.model._base_manager.filter(**{f"{key.attname}__in": keys})
    return list(zip(*_columns(rows, "pk", key.attname), strict=True))


def _columns(rows: QuerySet[Any], *names: str) -> list[list[Any]]:
    """Whole columns, each as one value: there are as many rows as a demonstration has, which is
    more than a page may read one by one."""
    asked = {f"column_{at}": ArrayAgg(name, order_by="pk") for at, name in enumerate(names)}
    found = rows.order_by().aggregate(**asked)
    return [found[name] or [] for name in asked]


def _with_what_they_need(held: Keys, made: Keys) -> Keys:
    """Rows that stay, and of the demonstration's the rows that they name themselves."""
    stay: Keys = defaultdict(set)
    new = {model: keys & made[model] for model, keys in held.items()}
    while any(new.values()):
        found: Keys = defaultdict(set)
        for model, keys in new.items():
            stay[model] |= keys
            for key in (one for one in _keys() if one.model is model):
                named = _columns(model._base_manager.filter(pk__in=keys), key.attname)[0]
                found[key.related_model] |= set(named) & made[key.related_model]
        new = {model: keys - stay[model] for model, keys in found.items()}
    return stay


@transaction.atomic
def remove(*, by: User | None, now: datetime) -> Removal:
    """Take it away; returns what went and what stayed."""
    changes.take_back()
    removal = _found()
    going = {
        model: removal.made.get(model, set()) | removal.added.get(model, set())
        for model in {*removal.made, *removal.added}
    }
    files = StoredFile.objects.filter(pk__in=going.get(StoredFile, ()))
    for file in files:
        forget_bytes(file.path)
    with pgtrigger.ignore():
        for key, rows in removal.loosened:
            key.model._base_manager.filter(pk__in=rows).update(**{key.attname: None})
        for model, keys in removal.emptied.items():
            _empty(model, keys, now)
    with pgtrigger.ignore(*changes.guards()):
        _delete(going)
    DemoRows.objects.all().delete()
    reached_no_more()
    trail.note(trail.Kind.ERASED, by=by.pk if by else None, what="demonstration", now=now)
    return removal


def _empty(model: Any, keys: set[Any], now: datetime) -> None:
    rows = model._base_manager.filter(pk__in=keys)
    rows.update(**model.EMPTIED, erased_at=now)
    if model is User:
        rows.update(is_demo=False)


def _delete(going: Keys) -> None:
    """Table by table; one that the database still needs for another waits until that is empty."""
    left = {model: keys for model, keys in going.items() if keys}
    while left:
        done = [model for model, keys in left.items() if _deleted(model, keys)]
        if not done:
            raise IntegrityError("The demonstration's rows hold each other.")
        for model in done:
            del left[model]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _deleted(model: Model, keys: set[Any]) -> bool:
    try:
        with transaction.atomic():
            model._base_manager.filter(pk__in=keys)._raw_delete("default")
    except IntegrityError:
        return False
    return True
