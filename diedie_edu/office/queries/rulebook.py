"""Reads of the rules of programmes: what holds, what comes, who has confirmed it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import DateTimeField, Exists, OuterRef, QuerySet, Subquery
from django.utils.functional import Promise

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.days import local_day
from diedie_edu.common.manifests import parts_of
from diedie_edu.office.models import OPEN, Document, Version, Work
from diedie_edu.office.parts import RuleReaders
from diedie_edu.programmes.models import Programme, RuleConfirmation, RuleVersion


@dataclass(frozen=True)
class Readers:
    """How many of those who confirm a version have."""

    label: Promise
    asked: bool
    number: int
    confirmed: int

    @property
    def missing(self) -> int:
        return self.number - self.confirmed


@dataclass(frozen=True)
class Book:
    """The rules of one programme: what holds, what is approved and comes, what was before; the
    document in which new ones are written (None: none is owed), and the version open there."""

    programme: Programme
    in_force: RuleVersion | None
    ahead: list[RuleVersion]
    before: list[RuleVersion]
    document: Document | None
    written: Version | None
    readers: list[Readers]


def text_of(version: Version) -> str:
    """Its paragraphs as the text that people read and confirm."""
    rows = version.paragraph_rows.order_by("position", "id")
    parts = [f"# {row.title}\n\n{row.text}" if row.title else row.text for row in rows]
    return "\n\n".join(part.strip() for part in parts)


def books(programmes: Iterable[Programme], user: User, now: datetime) -> list[Book]:
    """Of each programme, in order; what is being written for those alone who write there."""
    return [_book(programme, user, now) for programme in programmes]


def _book(programme: Programme, user: User, now: datetime) -> Book:
    rows = list(programme.rule_versions.filter(withdrawn_at=None).order_by("-number"))
    begun = [row for row in rows if row.in_force_from <= now]
    keeps = user.may(Permission.KEEP_OFFICE, programme.slug)
    document = document_of(programme, now) if keeps else None
    written = document.versions.filter(state__in=OPEN).first() if document else None
    found = begun[0] if begun else None
    return Book(
        programme,
        found,
        [row for row in reversed(rows) if row.in_force_from > now],
        begun[1:],
        document,
        written,
        list(readers_of(found, now)) if found else [],
    )


def document_of(programme: Programme, now: datetime) -> Document | None:
    """The rules that the programme owes this year."""
    today = local_day(now)
    owed = Document.objects.filter(programme=programme.slug, work=Work.RULES)
    return owed.filter(first_day__lte=today, last_day__gte=today).first()


def readers_of(version: RuleVersion, now: datetime) -> Iterator[Readers]:
    for part in parts_of(RuleReaders):
        if part.programme == version.programme.slug:
            everybody = people(version, part, now)
            number = everybody.count()
            confirmed = number - not_confirmed(version, part, now).count()
            yield Readers(part.label, part.asked, number, confirmed)


def people(version: RuleVersion, readers: RuleReaders, now: datetime) -> QuerySet[User]:
    """Their accounts, with the moment at which each has confirmed the version (`confirmed_at`)."""
    own = RuleConfirmation.objects.filter(version=version, user=OuterRef("pk"))
    rows = User.objects.filter(pk__in=readers.accounts(now), is_active=True)
    at = Subquery(own.values("at")[:1], output_field=DateTimeField())
    return rows.annotate(confirmed_at=at).order_by("display_name", "pk")


def not_confirmed(version: RuleVersion, readers: RuleReaders, now: datetime) -> QuerySet[User]:
    own = RuleConfirmation.objects.filter(version=version, user=OuterRef("pk"))
    rows = User.objects.filter(pk__in=readers.accounts(now), is_active=True)
    return rows.exclude(Exists(own))


def lists_of(
    version: RuleVersion, now: datetime
) -> list[tuple[RuleReaders, list[User], list[User]]]:
    """Of each sort of readers, who has confirmed and who has not."""
    return [
        (part, *_parted(people(version, part, now)))
        for part in parts_of(RuleReaders)
        if part.programme == version.programme.slug
    ]


def _parted(rows: Iterable[User]) -> tuple[list[User], list[User]]:
    done: list[User] = []
    missing: list[User] = []
    for row in rows:
        (done if row.confirmed_at else missing).append(row)  # type: ignore[attr-defined]
    return done, missing
