"""The admin's ways to lists: out in the columns of their kind, in through its action.

The library's own way in would save rows itself; here its form hands the file to the portal's
import, where it is checked, shown, confirmed and loaded as every list.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from import_export.admin import ImportMixin
from import_export.formats.base_formats import Format

from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.accounts.admin_out import WayOut
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.spreadsheets.columns import Column, columns_to_read, columns_to_write
from diedie_edu.common.spreadsheets.outgoing import Rows
from diedie_edu.lists.actions import imports
from diedie_edu.lists.forms import AdminUploadForm
from diedie_edu.lists.kinds import ListKind, list_kind


class ExcelOrCsv(Format):
    """Told by what the file is (`spreadsheets.opening`)."""

    def get_title(self) -> str:
        return str(_("Excel or CSV"))


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


class ListIn(OfKind, ImportMixin):
    import_export_change_list_template = "admin/import_export/change_list_import_export.html"
    import_template_name = "admin/list_import.html"
    import_form_class = AdminUploadForm

    def has_import_permission(self, request: SignedInRequest) -> bool:
        return self.kind.is_open_to(request.user)

    def get_import_formats(self) -> list[type[Format]]:
        return [ExcelOrCsv]

    def get_import_resource_kwargs(self, request: SignedInRequest, **kwargs: Any) -> dict[str, Any]:
        return {"columns": columns_to_read(self.columns_of_kind())}

    def get_import_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {"kind": self.kind}

    def get_urls(self) -> list[URLPattern]:
        """Without the library's second step."""
        return [url for url in super().get_urls() if not str(url.name).endswith("process_import")]

    def import_action(self, request: SignedInRequest, **kwargs: Any) -> HttpResponse:
        form = self.create_import_form(request)
        if not (request.method == "POST" and form.is_valid()):
            return super().import_action(request, **kwargs)
        if not self.has_import_permission(request):
            raise PermissionDenied
        upload = form.cleaned_data["import_file"]
        job = imports.accept_upload(
            kind=self.list_slug,
            file_name=upload.name,
            content=upload.content,
            language=get_language(),
            by=request.user,
        )
        return redirect("lists:import_job", job.pk)
