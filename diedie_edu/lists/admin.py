"""The admin's ways to lists: out in the columns of their kind, in by the portal's own upload.

The library's way in would save rows itself, keep the file in a folder of its own and unpack it in
the web process; so there is no such way, and a list is checked, shown, confirmed and loaded by the
portal's job.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse

from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.accounts.admin_out import WayOut
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.spreadsheets.columns import Column, columns_to_write
from diedie_edu.common.spreadsheets.outgoing import Rows
from diedie_edu.lists.kinds import ListKind, list_kind


class OfKind:
    """An admin class whose rows are those of a list, named by its slug."""

    list_slug: str

    @property
    def kind(self) -> ListKind:
        return list_kind(self.list_slug)

    def columns_of_kind(self) -> list[Column]:
        return self.kind.columns(local_day(local_now()))


class ListOut(OfKind, WayOut):
    """Rows go out in the columns of their kind, so that the file can be corrected and sent back."""

    @property
    def names_people(self) -> bool:
        return self.kind.names_people

    def has_export_permission(self, request: SignedInRequest) -> bool:
        is_open = self.kind.is_public or self.kind.is_open_to(request.user)
        return is_open and super().has_export_permission(request)

    def columns_out(self, request: SignedInRequest) -> list[Column]:
        return columns_to_write(self.columns_of_kind(), whole=self.shows_whole(request))

    def shows_whole(self, request: SignedInRequest) -> bool:
        return self.kind.sees_whole(request.user)

    def rows_out(self, request: SignedInRequest, queryset: QuerySet) -> Rows:
        rows: Any = self.kind.rows(request.user, local_day(local_now()))
        return rows.filter(pk__in=queryset.values("pk"))


class ListIn(OfKind):
    """The button of the library's pages leads to the portal's own upload, the one way in."""

    import_export_change_list_template = "admin/import_export/change_list_import_export.html"

    def has_import_permission(self, request: SignedInRequest) -> bool:
        return self.kind.is_open_to(request.user)

    def get_urls(self) -> list[URLPattern]:
        about = f"{self.opts.app_label}_{self.opts.model_name}_import"  # type: ignore[attr-defined]
        view = self.admin_site.admin_view(self.import_action)  # type: ignore[attr-defined]
        return [path("import/", view, name=about), *super().get_urls()]  # type: ignore[misc]

    def changelist_view(self, request: Any, extra_context: Any = None) -> Any:
        shown = {"has_import_permission": self.has_import_permission(request)}
        return super().changelist_view(request, (extra_context or {}) | shown)  # type: ignore[misc]

    def import_action(self, request: SignedInRequest) -> HttpResponse:
        if not self.has_import_permission(request):
            raise PermissionDenied
        return redirect(f"{reverse('lists:import_new')}?kind={self.list_slug}")
