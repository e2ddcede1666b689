"""What a reviewer finds on the first page of the admin site: what waits, what is late, how the
money of the year is used, how far the targets are."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.days import local_day
from diedie_edu.common.manifests import parts_of, programmes
from diedie_edu.common.parts import Panel
from diedie_edu.figures.kinds import Indicator, no_target
from diedie_edu.figures.queries.figures import Figures, Reading
from diedie_edu.figures.spans import SpanKind, span_on
from diedie_edu.office.models import WAS_APPROVED, Document, State, Version, Work
from diedie_edu.office.queries.balances import budgets
from diedie_edu.office.queries.documents import authored


def panels(user: User, now: datetime) -> Iterator[Panel]:
    """Of the programmes that this reader reviews; nothing for whoever reviews none."""
    scopes = user.scopes(Permission.REVIEW_OFFICE)
    if not scopes:
        return
    today = local_day(now)
    documents = Document.objects.filter(Document.belongs.at(scopes))
    of_year = documents.filter(first_day__lte=today, last_day__gte=today)
    money = budgets(of_year.filter(work=Work.BUDGET).order_by("programme"))
    facts = {"waiting": _waiting(user, scopes), "late": _late(documents, now), "today": today}
    yield Panel(10, "office/admin_waiting.html", facts)
    yield Panel(20, "office/admin_money.html", {"budgets": money, "year": today.year})
    yield Panel(30, "office/admin_targets.html", {"targets": _targets(user, now)})


def _waiting(user: User, scopes: set[str]) -> list[Version]:
    """What the reader may decide, the oldest first."""
    rows = Version.objects.filter(Version.belongs.at(scopes), state=State.SUBMITTED)
    found = rows.exclude(pk__in=authored(user)).select_related("document", "submitted_by")
    return list(found.order_by("submitted_at", "pk"))


def _late(documents: QuerySet[Document], now: datetime) -> list[Document]:
    """Owed since before today, and never approved."""
    approved = Version.objects.filter(document=OuterRef("pk"), state__in=WAS_APPROVED)
    rows = documents.filter(due_on__lt=local_day(now)).exclude(Exists(approved))
    return list(rows.order_by("due_on", "programme"))


def _targets(user: User, now: datetime) -> list[Reading]:
    slugs = [row.slug for row in parts_of(Indicator) if row.target is not no_target]
    found = Figures(span_on(SpanKind.YEAR, local_day(now)), now, only=slugs)
    own = [slug for slug in programmes() if user.may(Permission.REVIEW_OFFICE, slug)]
    return [row for slug in own for row in found.of(slug) if row.target is not None]
