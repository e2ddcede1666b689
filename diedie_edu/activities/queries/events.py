"""Reads of activities with one occasion."""

from typing import Any

from django.db.models import F, FilteredRelation, QuerySet

from diedie_edu.activities.models.events import Event


def with_occasion(model: type[Event]) -> QuerySet[Any]:
    """All of a programme's events, each with its occasion, in one query."""
    # The checker of types does not know a filtered relation.
    rows: Any = model.objects.annotate(  # type: ignore[no-redef]
        occasion=FilteredRelation("occasions")
    )
    return rows.annotate(
        starts_at=F("occasion__starts_at"), ends_at=F("occasion__ends_at")
    ).select_related("programme", "occasion__venue")
