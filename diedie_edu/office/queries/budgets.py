"""A budget as it is read: its lines by category, beside the version before it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from diedie_edu.office.models import BudgetLine, Document, State, Version, Work
from diedie_edu.office.queries.documents import in_force, last_version
from diedie_edu.office.queries.remarks import with_remarks
from diedie_edu.office.rules.budgets import NOTHING, Section, sections


@dataclass(frozen=True)
class Compared:
    """A line of a version, or one that is gone from it; `was` is its amount in the version before,
    None where it is new or nothing is compared."""

    line: BudgetLine
    was: Decimal | None
    is_gone: bool = False

    @property
    def now(self) -> Decimal:
        return NOTHING if self.is_gone else self.line.amount

    @property
    def change(self) -> Decimal:
        return self.now - (self.was or NOTHING)


@dataclass(frozen=True)
class Part:
    """One category: its lines, and what they come to now and came to before."""

    title: str
    rows: list[Compared]

    @property
    def subtotal(self) -> Decimal:
        return sum((row.now for row in self.rows), NOTHING)

    @property
    def change(self) -> Decimal:
        return sum((row.change for row in self.rows), NOTHING)


def lines_of(version: Version) -> list[BudgetLine]:
    """In their order."""
    return list(version.budgetline_rows.order_by("position", "pk"))


def sections_of(version: Version) -> list[Section]:
    return sections(lines_of(version))


def compared(version: Version) -> list[Part]:
    """By category, each line beside what it was in the version that this one was written after."""
    before = lines_of(version.based_on) if version.based_on else []
    was: dict[UUID, Decimal] = {line.key: line.amount for line in before}
    now = with_remarks(version, lines_of(version))
    kept = {line.key for line in now}
    gone = [line for line in before if line.key not in kept]
    parts = []
    for section in sections([*now, *gone]):
        rows = [Compared(line, was.get(line.key), line.key not in kept) for line in section.lines]
        parts.append(Part(str(section.category.label), rows))
    return parts


def section_facts(version: Version, now: datetime) -> dict[str, Any]:
    """What the page of a version shows of a budget."""
    return {
        "parts": compared(version),
        "before": version.based_on,
        "change": version.total - (version.based_on.total if version.based_on else NOTHING),
        "may_move": version.state == State.APPROVED and last_version(version.document) == version,
    }


def earlier(document: Document) -> Version | None:
    """The budget of the period before: the version in force, else the last one that has lines."""
    rows = Document.objects.filter(programme=document.programme, work=Work.BUDGET)
    before = rows.filter(last_day__lt=document.first_day).order_by("-last_day").first()
    if before is None:
        return None
    last = before.versions.filter(total__gt=0).order_by("-number").first()
    return in_force(before) or last
