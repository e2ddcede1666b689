"""All that is kept of an application, for the one whom it is about (PIPL art. 45)."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from diedie_edu.common.days import day_text, moment_text
from edu_base.models import Application
from edu_base.queries.applications import documents_of, history

# Fields as the model names them.
TOLD = (
    *("year", "intake", "person", "guardian", "origin", "paper_kind", "paper_number"),
    *("schooling", "school", "finished_on", "belongs_by", "employed_since", "address", "major"),
    *("words", "agreed_at", "agreed_text", "submitted_at", "state", "score", "rank"),
)


def rows_of(application: Application) -> Iterator[dict[str, str]]:
    """`what` and `told`, line by line; what is empty is left out."""
    for name in TOLD:
        field = application._meta.get_field(name)
        if told := _words(application, name):
            yield {"what": str(field.verbose_name), "told": told}  # type: ignore[union-attr]
    for step in history(application):
        told = f"{moment_text(step.at)} {step.get_acting_display()} {step.reason}"
        yield {"what": step.get_state_display(), "told": told.strip()}
    for document in documents_of(application):
        yield {"what": _("Papers"), "told": str(document)}


def _words(application: Application, name: str) -> str:
    show = getattr(application, f"get_{name}_display", None)
    value: Any = show() if show else getattr(application, name)
    if value is None or value == "":
        return ""
    if name.endswith("_at"):
        return moment_text(value)
    return day_text(value) if name.endswith(("_on", "_since")) else str(value)
