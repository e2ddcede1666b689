"""The admin's way to the lists that our own pages move."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from diedie_edu.lists.kinds import list_kind


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
