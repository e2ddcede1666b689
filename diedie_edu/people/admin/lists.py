"""What several lists of people show."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.phones import masked
from diedie_edu.people.imports.kinds import list_kind
from diedie_edu.people.models import Household, Organisation, Resident


@admin.display(description=_("contact phone"), ordering="phone")
def masked_phone(row: Resident | Household | Organisation) -> str:
    """Lists are read over the shoulder; the whole number stands on the person's own page."""
    return masked(row.phone) if row.phone else ""


class MovedByList:
    """Imports and exports run on our own pages: in the background, all or nothing."""

    change_list_template = "admin/people/change_list_moved.html"
    moved_kind: str

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        is_open = list_kind(self.moved_kind).is_open_to(request.user)  # type: ignore[arg-type]
        context = {**(extra_context or {}), "moved_kind": self.moved_kind if is_open else ""}
        return super().changelist_view(request, context)  # type: ignore[misc]
