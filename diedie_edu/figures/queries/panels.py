"""The few main figures on the desk of the programme office."""

from collections.abc import Iterator
from datetime import datetime

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.days import local_day
from diedie_edu.common.manifests import parts_of, programmes
from diedie_edu.common.parts import Panel
from diedie_edu.figures.kinds import ALL, Indicator
from diedie_edu.figures.queries.figures import Figures
from diedie_edu.figures.spans import SpanKind, span_on

MOST = 6


def office_panels(user: User, now: datetime) -> Iterator[Panel]:
    """Of the year: all together for whoever sees all, else of the reader's programmes."""
    own = [slug for slug in programmes() if user.may(Permission.READ_OFFICE, slug)]
    if not own:
        return
    main = [row.slug for row in parts_of(Indicator) if row.is_main]
    found = Figures(span_on(SpanKind.YEAR, local_day(now)), now, only=main)
    shown = [ALL] if len(own) == len(programmes()) else own
    rows = [row for slug in shown for row in found.of(slug)]
    targets = [row for slug in own for row in found.of(slug) if row.target is not None]
    facts = {"span": found.span, "rows": rows[:MOST], "targets": targets, "owns": len(own)}
    yield Panel(60, "figures/office_panel.html", facts)
