"""What a change of whole records comes to, in the words of the pages."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from diedie_edu.accounts.models import User
from diedie_edu.common.deeds import Note, read
from diedie_edu.common.phones import masked
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Household, RecordChange, Resident

SHOWN = (
    *("full_name", "gender", "birth_date", "phone", "email", "residency"),
    *("household", "account", "wants_sms"),
)


@dataclass(frozen=True)
class Field:
    """One field of two records, and what stands there afterwards."""

    label: str
    kept: str
    gone: str
    after: str

    @property
    def differs(self) -> bool:
        return self.kept != self.gone


@dataclass(frozen=True)
class Line:
    """What becomes of the rows of one table: how many move, how many end as one has them twice."""

    name: str
    moved: int
    ended: int


def fields(kept: Resident, gone: Resident, change: RecordChange) -> list[Field]:
    """Side by side, as far as one of them says something."""
    after = Resident.rows.get(pk=kept.pk)
    _put_on(after, change)
    rows = [
        Field(
            str(Resident._meta.get_field(name).verbose_name),  # type: ignore[union-attr]
            *(_text(person, name) for person in (kept, gone, after)),
        )
        for name in SHOWN
    ]
    return [row for row in rows if row.kept or row.gone]


def _put_on(person: Resident, change: RecordChange) -> None:
    """The record as it will be: the change itself was rolled back."""
    for note in notes_of(change):
        if note.table is Resident and note.pk == person.pk:
            for name, value in note.values(note.after or {}).items():
                setattr(person, name, value)


def _text(person: Resident, name: str) -> str:
    match name, getattr(person, name):
        case _, (None | ""):
            return ""
        case "phone", str(number):
            return masked(number)
        case _, bool(wish):
            return _("yes") if wish else _("no")
        case _, date() as day:
            return date_format(day)
        case _, User() as account:
            return masked(account.phone)
        case _, Household() as home:
            return home.label
    shown = getattr(person, f"get_{name}_display", None)
    return str(shown() if shown else getattr(person, name))


def notes_of(change: RecordChange) -> list[Note]:
    return read(change.notes)


def lines(change: RecordChange) -> list[Line]:
    """By table, without the records and accounts themselves."""
    found: dict[str, list[int]] = {}
    for note in notes_of(change):
        if note.table not in {Resident, User, Notice} or "recipient_id" in (note.after or {}):
            counted = found.setdefault(str(note.table._meta.verbose_name_plural), [0, 0])
            counted[not _is_moved(note)] += 1
    return [Line(name, *numbers) for name, numbers in found.items()]


def _is_moved(note: Note) -> bool:
    return note.after is not None and len(note.after) == 1 and next(iter(note.after))[-3:] == "_id"


def ending(change: RecordChange) -> list[str]:
    """What somebody holds no more, row by row."""
    return list(dict.fromkeys(_words_of(notes_of(change))))


def _words_of(notes: Iterable[Note]) -> Iterator[str]:
    for note in notes:
        if note.table not in {Resident, User, Notice}:
            row: Any = note.rows.filter(pk=note.pk).first()
            yield f"{note.table._meta.verbose_name}: {row}" if row else ""
