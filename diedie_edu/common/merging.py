"""Two rows of one person brought together: every key does as it has declared (`references`).

Where a row would then meet one that the kept person has already (a unique constraint), the app
whose table it is says what becomes of the two, by a part of its manifest:

    Meeting("attendance_once", first_stays("arrived_at"))

Without an answer the two are not merged.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import permutations
from operator import attrgetter
from typing import Any

from django.db import IntegrityError, models
from django.db.models import Q, QuerySet, UniqueConstraint
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.deeds import Deed
from diedie_edu.common.errors import Refused, constraint_of
from diedie_edu.common.manifests import parts_by
from diedie_edu.common.references import DELETE, MOVE, REFUSE, Lasting, keys_to, naming

# The row of whoever is kept, and that of whoever goes.
Answer = Callable[[Deed, Any, Any], None]


@dataclass(frozen=True)
class Meeting:
    """What becomes of two rows of which the database holds one alone: `constraint` is its name, or
    "app.Model.field" of a unique field. Without an `answer` staff first see to what `words` say."""

    constraint: str
    answer: Answer | None = None
    words: str | Promise = ""


@dataclass(frozen=True)
class Rewritten:
    """What else of the rows of `model` names who goes: `rewrite(deed, rows, column, to)` sees to it
    before `column` names whom is kept (`to`)."""

    model: str
    rewrite: Callable[[Deed, QuerySet[Any], str, Any], None]


def own_goes(deed: Deed, met: Any, own: Any) -> None:
    """The kept person's row says it all."""
    deed.drop(own)


def own_stays_behind(deed: Deed, met: Any, own: Any) -> None:
    """The row is evidence and stays as it is, with the number of the empty row."""
    deed.stay(own)


def own_ends(**columns: Any) -> Answer:
    """The row of whoever goes stays as history with these columns, which end it; "now" and "by"
    stand for the deed's."""

    def answer(deed: Deed, met: Any, own: Any) -> None:
        said = {"now": deed.now, "by": deed.by and deed.by.pk}
        deed.change(own, **{name: said.get(value, value) for name, value in columns.items()})

    return answer


def folded(deed: Deed, met: models.Model, own: models.Model) -> None:
    """All that hangs on the one row hangs on the other, and the one goes."""
    for key in keys_to(type(own)):
        move(key.model._base_manager.filter(**{key.name: own}), key.name, met.pk, deed)
    deed.drop(own)


def first_stays(column: str) -> Answer:
    """The row that was there earlier by this column, with what hangs on the other."""

    def answer(deed: Deed, met: Any, own: Any) -> None:
        stays, goes = sorted([met, own], key=attrgetter(column))
        folded(deed, stays, goes)

    return answer


def last_stays(column: str) -> Answer:
    """The newer row by this column; the other goes with what hangs on it."""

    def answer(deed: Deed, met: Any, own: Any) -> None:
        deed.drop(min([met, own], key=attrgetter(column)))

    return answer


def merge(gone: Lasting, kept: Lasting, deed: Deed) -> None:
    """All that names `gone` does as it has declared, and its row is emptied and leads to `kept`.

    Raises `Refused` where two rows meet for which no app has an answer (`they_meet`).
    """
    follow(gone, kept, deed)
    emptied = {_column(type(gone), name): value for name, value in gone.EMPTIED.items()}
    deed.change(gone, **emptied, erased_at=deed.now, merged_into_id=kept.pk)


def follow(gone: Lasting, kept: Lasting, deed: Deed) -> None:
    """What names `gone` moves or goes; again harmless."""
    for rows, column, on, value in naming(gone):
        if on.merged is REFUSE and rows.exists():
            raise _they_meet(rows.model)
        if on.merged is MOVE:
            move(rows, column, value(kept), deed)
        if on.merged is DELETE:
            for row in rows:
                deed.drop(row)


def move(rows: QuerySet[Any], column: str, to: Any, deed: Deed) -> None:
    """Let rows name another; what meets there is asked first."""
    key = rows.model._meta.get_field(column)
    theirs = rows.model._base_manager.filter(**{key.attname: to})
    for unique in uniques_of(rows.model, key):
        for met, own in unique.meetings(theirs, rows):
            _answer(unique, deed, met, own)
    also = parts_by(Rewritten, "model").get(rows.model._meta.label)
    if also:
        also.rewrite(deed, rows, column, to)
    deed.point(rows.select_for_update(of=("self",)).order_by("pk"), key.attname, to)


def _answer(unique: "Unique", deed: Deed, met: Any, own: Any) -> None:
    part = parts_by(Meeting, "constraint").get(unique.name)
    if part is None or part.answer is None:
        raise _they_meet(type(own)) if part is None else Refused("they_meet", part.words)
    part.answer(deed, met, own)


def _they_meet(model: type[models.Model]) -> Refused:
    words = _("Both records have something of which one person has only one: %s. See to it first.")
    return Refused("they_meet", words % model._meta.verbose_name)


def refusal_by(error: IntegrityError) -> Refused:
    """What the database holds apart, in words."""
    name = constraint_of(error)
    part = parts_by(Meeting, "constraint").get(name)
    words = _("The database keeps these entries apart (%s). Please tell whoever looks after it.")
    return Refused("they_meet", part.words if part and part.words else words % name)


@dataclass(frozen=True)
class Unique:
    """A rule by which rows meet: the `others` beside the column, and where (`within`) it holds."""

    name: str
    others: tuple[str, ...]
    within: Q
    nulls_meet: bool = False

    def meetings(self, theirs: QuerySet[Any], rows: QuerySet[Any]) -> Iterator[tuple[Any, Any]]:
        """Pairs of rows that would be one too many."""
        own = {self._key(row): row for row in rows.filter(self.within).order_by("pk")}
        for row in theirs.filter(self.within).order_by("pk") if own else ():
            key = self._key(row)
            if key in own and (self.nulls_meet or None not in key):
                yield row, own.pop(key)

    def _key(self, row: Any) -> tuple[Any, ...]:
        return tuple(getattr(row, name) for name in self.others)


def uniques_of(model: type[models.Model], key: Any) -> Iterator[Unique]:
    """The rules of a table that hold rows apart by this column."""
    if key.unique:
        yield Unique(f"{model._meta.label}.{key.name}", (), Q())
    for rule in model._meta.constraints:
        if isinstance(rule, UniqueConstraint) and key.name in rule.fields:
            names = [name for name in rule.fields if name != key.name]
            others = tuple(_column(model, name) for name in names)
            if model._meta.pk.attname not in others:
                nulls_meet = rule.nulls_distinct is False
                yield Unique(rule.name, others, rule.condition or Q(), nulls_meet)


def _column(model: type[models.Model], name: str) -> str:
    field: Any = model._meta.get_field(name)
    return str(field.attname)


def check_are_not_two(gone: Lasting, kept: Lasting) -> None:
    """An entry that names both, in two parts, says that they are two (a guardian and the child).
    Raises `Refused` (`both_named`)."""
    moving = [key for key in keys_to(type(gone)) if key.remote_field.on_delete.merged is MOVE]
    for one, other in permutations(moving, 2):
        both = {one.name: gone, other.name: kept}
        if one.model is other.model and one.model._base_manager.filter(**both).exists():
            words = _("They stand as two people in one entry (%s), so they are not one person.")
            raise Refused("both_named", words % one.model._meta.verbose_name)
