"""What programmes owe: how each document stands, what is due, what is late."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.belonging import EVERYWHERE
from diedie_edu.office.models import Document, State, Version

NOT_BEGUN = "none"
SOON = timedelta(days=30)


@dataclass(frozen=True)
class Owed:
    """A document that is owed; `last` is its newest version, `in_force` the one that counts."""

    document: Document
    today: date
    last: Version | None = None
    in_force: Version | None = None

    @property
    def state(self) -> str:
        """One of `State`, or NOT_BEGUN; approved it stays while a new version is written."""
        counts = self.in_force or self.last
        return counts.state if counts else NOT_BEGUN

    @property
    def newer(self) -> Version | None:
        """A version after the approved one that is being written, waits or was returned."""
        return self.last if self.in_force and self.last != self.in_force else None

    @property
    def is_done(self) -> bool:
        """Nothing is owed any more by whoever writes it."""
        return self.state in (State.APPROVED, State.SUBMITTED)

    @property
    def is_late(self) -> bool:
        return not self.is_done and self.document.due_on < self.today

    @property
    def is_due(self) -> bool:
        """Within a month, and not late."""
        return not self.is_done and self.today <= self.document.due_on <= self.today + SOON

    @property
    def is_pressing(self) -> bool:
        returned = self.last is not None and self.last.state == State.RETURNED
        return self.is_late or self.is_due or returned


def owed(documents: Iterable[Document], today: date) -> list[Owed]:
    """How some documents stand, in one query."""
    rows = list(documents)
    found: dict[int, list[Version]] = {row.pk: [] for row in rows}
    versions = Version.objects.filter(document__in=found).order_by("number")
    for version in versions.only("pk", "document", "number", "state"):
        found[version.document_id].append(version)
    return [_owed(row, found[row.pk], today) for row in rows]


def _owed(document: Document, versions: list[Version], today: date) -> Owed:
    approved = (version for version in versions if version.state == State.APPROVED)
    return Owed(document, today, versions[-1] if versions else None, next(approved, None))


def own_programmes(user: User) -> set[str]:
    """Those that the account writes for: as a lead, by its posts, else wherever it may."""
    places = set(user.scopes(Permission.KEEP_OFFICE))
    posts = set(user.posts.values_list("programme__slug", flat=True))
    return posts if EVERYWHERE in places and posts else places


def owed_by(user: User, today: date) -> list[Owed]:
    """What the account owes over all own programmes, of this year, the next, and what of earlier
    years is still open; what is due first on top."""
    rows = Document.objects.filter(Document.belongs.at(own_programmes(user)))
    of_now = Q(last_day__year__gte=today.year)
    return owed(rows.filter(of_now | ~_approved()).order_by("due_on", "pk"), today)


def not_approved_by(today: date) -> QuerySet[Document]:
    """Due before a day, and nothing of it approved."""
    return Document.objects.filter(~_approved(), due_on__lt=today)


def _approved() -> Q:
    return Q(pk__in=Version.objects.filter(state=State.APPROVED).values("document"))


def to_write(today: date, until: date) -> QuerySet[Document]:
    """What is due by a day and neither waits nor was approved."""
    settled = Version.objects.filter(state__in=[State.APPROVED, State.SUBMITTED])
    due = Document.objects.filter(due_on__lte=until, due_on__gte=today - timedelta(days=60))
    return due.exclude(pk__in=settled.values("document")).order_by("pk")


def by_programme(rows: Collection[Owed]) -> dict[str, dict[str, Owed]]:
    """By programme and work."""
    found: dict[str, dict[str, Owed]] = {}
    for row in rows:
        found.setdefault(row.document.programme, {})[row.document.work] = row
    return found
