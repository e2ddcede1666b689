"""What becomes of whatever names a person who is erased or merged: said once, beside it.

Rows of people and of accounts are `Lasting`: whoever is erased, or merged into another row, leaves
an empty row with its number. A key to one says in the place of `on_delete` what then becomes of its
own row, and a number or a text that no key checks says it in the manifest (`Loose`):

    resident = models.ForeignKey(Resident, On(erased=DELETE, merged=MOVE))
    Loose("people.Resident", "people.ChildAccess", "child_number", On(erased=KEEP, merged=KEEP))
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar, TypeVar

import pgtrigger
from django.apps import apps
from django.db import models, transaction
from django.db.models import F, Q, QuerySet, Subquery
from django.db.models.deletion import PROTECT, Collector, ProtectedError
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from diedie_edu.common.guards import Guard, Stays
from diedie_edu.common.manifests import parts_of


class Fate(StrEnum):
    """What becomes of a row that names a person."""

    MOVE = "move"  # it names whoever the person is merged into
    DELETE = "delete"  # it goes, with all that hangs on it
    EMPTY = "empty"  # it stays, and names nobody
    KEEP = "keep"  # it stays, with the number of the empty row
    REFUSE = "refuse"  # as long as it is there, the person stays


MOVE, DELETE, EMPTY, KEEP, REFUSE = Fate


@dataclass(frozen=True)
class On:
    """A key's `on_delete`. While a row names it, the database keeps even the empty row."""

    erased: Fate
    merged: Fate

    def __call__(self, collector: Any, field: Any, sub_objs: Any, using: Any) -> None:
        PROTECT(collector, field, sub_objs, using)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, str]]:
        path = f"{type(self).__module__}.{type(self).__name__}"
        return path, [], {"erased": str(self.erased), "merged": str(self.merged)}


ONLY_BY_WHOM = On(erased=KEEP, merged=KEEP)


@dataclass(frozen=True)
class Loose:
    """A column of `model` (or a lookup) in which a number or a text names a row of `names`; `value`
    tells from such a row what stands there."""

    names: str
    model: str
    column: str
    on: On
    value: Callable[[Any], Any] = attrgetter("pk")

    def rows(self, person: "Lasting") -> QuerySet[Any]:
        found = {self.column: self.value(person)}
        return apps.get_model(self.model)._base_manager.filter(**found)


Row = TypeVar("Row", bound=models.Model)


class Standing(models.Manager[Row]):
    """Rows of people who are there; the empty ones are found by their number alone (`rows`)."""

    def get_queryset(self) -> QuerySet[Row]:
        return super().get_queryset().filter(erased_at=None)

    def numbered(self, number: int) -> QuerySet[Row]:
        """The row of a number that was kept, or the one it was merged into; no OR of all rows."""
        merged = self.model._base_manager.filter(pk=number).values("merged_into")
        return self.filter(pk=Coalesce(Subquery(merged), number))

    def numbers_of(self, people: Iterable[Row]) -> dict[int, list[int]]:
        """Each one's number, and those of the rows that were merged into it."""
        numbers = {person.pk: [person.pk] for person in people}
        merged = self.model._base_manager.filter(merged_into__in=numbers)
        for kept, number in merged.values_list("merged_into", "pk"):
            numbers[kept].append(number)
        return numbers


class Lasting(models.Model):
    """A row that is emptied and never taken out. `EMPTIED` is what an empty one holds."""

    erased_at = models.DateTimeField(_("erased at"), null=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        On(erased=KEEP, merged=MOVE),
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("merged into"),
    )

    EMPTIED: ClassVar[Mapping[str, Any]]

    rows = models.Manager()
    objects = Standing()

    class Meta:
        abstract = True
        default_manager_name = "objects"


def lasting_checks(name: str, holds: Q, emptied: Mapping[str, Any]) -> list[models.CheckConstraint]:
    """A row either `holds` what makes a person or is empty, and only an empty one is merged."""
    return [
        models.CheckConstraint(
            condition=Q(erased_at=None) & holds | Q(erased_at__isnull=False, **emptied),
            name=f"{name}_is_there_or_an_empty_row",
        ),
        models.CheckConstraint(
            condition=Q(merged_into=None) | Q(erased_at__isnull=False) & ~Q(merged_into=F("pk")),
            name=f"merged_{name}_is_an_empty_row",
        ),
    ]


def lasting_guards(name: str, table: str) -> list[Guard]:
    """An erased row stays empty, and what is merged leads straight to the row that is kept."""
    return [
        Stays(
            name=f"an_erased_{name}_stays_erased",
            condition=pgtrigger.Q(
                old__erased_at__isnull=False,
                new__erased_at__isnull=True,
                old__merged_into__isnull=True,
            ),
            message="Whoever is erased does not come back.",
        ),
        Guard(
            name=f"merged_{name}_leads_to_one_kept",
            operation=pgtrigger.Insert | pgtrigger.UpdateOf("merged_into_id"),  # type: ignore[no-untyped-call]
            timing=pgtrigger.Deferred,
            condition=pgtrigger.Q(new__merged_into__isnull=False),
            first=f"PERFORM FROM {table} WHERE id = NEW.merged_into_id FOR NO KEY UPDATE;",
            found=f"""
            FROM {table} gone JOIN {table} kept ON kept.id = gone.merged_into_id
            WHERE kept.merged_into_id IS NOT NULL AND NEW.id IN (gone.id, kept.id)
            """,
            message="This row is merged into one that is merged itself.",
        ),
    ]


def is_there(name: str, column: str, table: str) -> Guard:
    """A new row names somebody who is there, whoever is merged or erased in the same moment: the
    one waits for the other."""
    return Guard(
        name=name,
        operation=pgtrigger.Insert,
        missing=f"FROM {table} WHERE id = NEW.{column} AND erased_at IS NULL FOR KEY SHARE",
        message="This record was erased or merged meanwhile.",
    )


@transaction.atomic
def erase(person: Lasting, now: datetime) -> None:
    """Empty the row of a person or an account, and do to what names it as each has declared.

    Raises `Refused` (`still_named`).
    """
    doomed = Collector(using="default", origin=person)
    for rows, column, on, _value in naming(person):
        if on.erased is REFUSE and rows.exists():
            raise Refused("still_named", _still_named(rows.model))
        if on.erased is EMPTY:
            rows.update(**{column: None})
        if on.erased is DELETE:
            _collect(rows, doomed)
    doomed.delete()
    for name, value in person.EMPTIED.items():
        setattr(person, name, value)
    person.erased_at = now
    person.save()


def _collect(rows: QuerySet[Any], doomed: Collector) -> None:
    try:
        doomed.collect(rows, fail_on_restricted=False)
    except ProtectedError as error:
        kept = next(iter(error.protected_objects))
        raise Refused("still_named", _still_named(type(kept))) from None


def naming(person: Lasting) -> Iterator[tuple[QuerySet[Any], str, On, Callable[[Any], Any]]]:
    """Rows that name a person, by which column, what they declare, and what stands there."""
    for key in keys_to(type(person)):
        if isinstance(key.remote_field.on_delete, On):
            rows = key.model._base_manager.filter(**{key.name: person})
            yield rows, key.name, key.remote_field.on_delete, attrgetter("pk")
    for part in parts_of(Loose):
        if part.names == person._meta.label:
            yield part.rows(person), part.column, part.on, part.value


def keys_to(model: type[models.Model]) -> list[Any]:
    """Every key of any table to this one; what a proxy has stands in another's table."""
    tables = [row for row in apps.get_models(include_auto_created=True) if not row._meta.proxy]
    fields = [field for table in tables for field in table._meta.local_fields]
    return [field for field in fields if field.related_model is model]


@cache
def tells_of_people(model: type[models.Model]) -> bool:
    """Whether a row's words may hold somebody's name: it is a person's, or hangs on one's. That an
    account wrote it says nothing of that."""
    return _leads_to_people(model, set())


def _leads_to_people(model: type[models.Model], seen: set[type[models.Model]]) -> bool:
    """Keys may lead round in a circle."""
    if issubclass(model, Lasting):
        return True
    seen.add(model)
    keys: list[Any] = [field for field in model._meta.concrete_fields if field.is_relation]
    for key in keys:
        on = key.remote_field.on_delete
        is_bond = isinstance(on, On)
        if on != ONLY_BY_WHOM if is_bond else _leads_on(key.related_model, seen):
            return True
    return False


def _leads_on(model: type[models.Model], seen: set[type[models.Model]]) -> bool:
    return model not in seen and _leads_to_people(model, seen)


def _still_named(model: type[models.Model]) -> Any:
    return _("This cannot be erased yet. First see to: %s.") % model._meta.verbose_name_plural
