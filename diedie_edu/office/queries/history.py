"""What the lines of a document said before they were changed in a draft, and who changed them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from diedie_edu.accounts.models import User
from diedie_edu.office.models import Content, Document
from diedie_edu.office.models.contents import column_of
from diedie_edu.office.queries.contents import CONTENT


@dataclass(frozen=True)
class Earlier:
    """One line as it stood until `at`; nobody in `who` where a list or a job wrote."""

    at: datetime
    who: str
    is_gone: bool
    version: int
    title: str
    text: str


def earlier_lines(document: Document) -> list[Earlier]:
    """The newest on top; one query a table, and one for the names."""
    tracked = [model for model in CONTENT if hasattr(model, "events")]
    found = [(model, event) for model in tracked for event in _events(model, document)]
    names = _names([event for _model, event in found])
    lines = [_line(model, event, names) for model, event in found]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _events(model: Any, document: Document) -> Any:
    events = model.events.rel.related_model._default_manager
    rows = events.filter(version__document=document)
    return rows.select_related("pgh_context", "version")


def _names(events: list[Any]) -> dict[int, str]:
    numbers = [number for event in events if (number := _writer(event))]
    return {user.pk: str(user) for user in User.rows.filter(pk__in=numbers)}


def _writer(event: Any) -> int | None:
    return event.pgh_context.metadata.get("user") if event.pgh_context else None


def _line(model: type[Content], event: Any, names: dict[int, str]) -> Earlier:
    columns = [column_of(model, name) for name in model.SAID]
    said = {column: getattr(event, column) for column in columns}
    row = model(key=event.key, position=event.position, **said)
    title, text = model.words(row.said())
    return Earlier(
        at=event.pgh_created_at,
        who=names.get(_writer(event) or 0, ""),
        is_gone=event.pgh_label == "removed",
        version=event.version.number,
        title=title,
        text=text,
    )
