"""What the office brings itself to the page of a version: paragraphs, milestones, figures."""

from datetime import datetime
from typing import Any

from diedie_edu.office.models import Version
from diedie_edu.office.queries.milestones import standings
from diedie_edu.office.queries.remarks import with_remarks
from diedie_edu.office.queries.summaries import summary_of
from diedie_edu.office.queries.timeline import drawn


def paragraphs(version: Version, now: datetime) -> dict[str, Any]:
    return {"rows": with_remarks(version, version.paragraph_rows.all())}


def milestones(version: Version, now: datetime) -> dict[str, Any]:
    """With how each stands, and the timeline of the plan's period."""
    rows = with_remarks(version, version.milestone_rows.all())
    found = standings(version.document, rows, now)
    return {"standings": found, "drawn": drawn(version.document, found, now)}


def summary(version: Version, now: datetime) -> dict[str, Any]:
    """The figures as they were read, and the pictures that may be shown."""
    return {"summary": summary_of(version, now)}
