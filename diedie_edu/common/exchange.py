"""Small tables in and out of the admin site: django-import-export over our own reader and writer.

Its forms, preview and confirmation stay; files are read and written by
`diedie_edu.common.spreadsheets`, so lists saved as GBK are understood, faults name their
place, and no exported text runs as a formula. It writes row by row, which is right for
tables of a few hundred rows; people come and go by the background imports.
"""

from collections.abc import Sequence
from typing import Any

import tablib
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import yesno
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from import_export.admin import ImportExportMixin
from import_export.fields import Field
from import_export.formats.base_formats import Format
from import_export.forms import ExportForm
from import_export.resources import Diff, ModelResource

from diedie_edu.common import downloads
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets.columns import Column
from diedie_edu.common.spreadsheets.faults import Fault
from diedie_edu.common.spreadsheets.reader import read_table
from diedie_edu.common.spreadsheets.writer import safe_file_name, write_csv, write_xlsx


class FaultyListError(Exception):
    """A list was read, and these cells must be corrected first."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__()
        self.faults = faults


class ListFormat(Format):
    """A list of known columns; its headers in the dataset are their codes."""

    title: Any = _("Excel or CSV")
    columns: Sequence[Column] = ()

    def __init__(self, encoding: str | None = None) -> None:
        """The encoding is found out from the file."""

    def get_title(self) -> Any:
        return self.title

    def can_import(self) -> bool:
        return True

    def can_export(self) -> bool:
        return True

    def create_dataset(self, in_stream: bytes) -> tablib.Dataset:
        table = read_table(in_stream, self.columns)
        if table.faults:
            raise FaultyListError(list(table.faults))
        codes = [column.code for column in table.header.columns.values()]
        rows = [[row.values[code] for code in codes] for row in table.rows]
        return tablib.Dataset(*rows, headers=codes)


class XlsxList(ListFormat):
    title = "Excel (.xlsx)"

    def export_data(self, dataset: tablib.Dataset, **options: Any) -> bytes:
        return write_xlsx(self.columns, dataset.dict)

    def get_extension(self) -> str:
        return "xlsx"

    def get_content_type(self) -> str:
        return downloads.XLSX


class CsvList(ListFormat):
    title = "CSV"

    def export_data(self, dataset: tablib.Dataset, **options: Any) -> bytes:
        return b"".join(write_csv(self.columns, dataset.dict))

    def get_extension(self) -> str:
        return "csv"

    def get_content_type(self) -> str:
        return downloads.CSV


class WordedDiff(Diff):
    """The preview's differences in words, without style attributes, which our policy forbids."""

    @classmethod
    def _read_field_values(cls, resource: ModelResource, instance: Model) -> list[Any]:
        return [_in_words(instance, field.attribute) for field in resource.get_import_fields()]

    def as_html(self) -> list[SafeString]:
        return [_unstyled(html) for html in super().as_html()]


def _unstyled(html: str) -> SafeString:
    for mark, style in (("ins", "background:#e6ffe6;"), ("del", "background:#ffe6e6;")):
        html = html.replace(f'<{mark} style="{style}">', f"<{mark}>")
    return mark_safe(html)  # nosec B308 B703 - the library has escaped the texts


def _in_words(instance: Model, name: str) -> Any:
    """A value as its row's page shows it; an unset one of a new row is empty."""
    display = getattr(instance, f"get_{name}_display", None)
    value = display() if display else getattr(instance, name, "")
    return yesno(value, f"{_('yes')},{_('no')}") if isinstance(value, bool) else value


class ListResource(ModelResource):
    """A blank cell leaves what the table has, as in every list of the portal.

    A row that belongs to a programme is read and written by who may change it there.
    """

    def after_init_instance(
        self, instance: Model, new: bool, row: dict[str, Any], **kwargs: Any
    ) -> None:
        if not new:
            self._check_may_change(instance, kwargs["user"])

    def before_save_instance(self, instance: Model, row: dict[str, Any], **kwargs: Any) -> None:
        self._check_may_change(instance, kwargs["user"])

    def _check_may_change(self, row: Model, by: Any) -> None:
        """Raises `ValidationError`, which the preview shows beside the row."""
        if not by.has_perm(f"{row._meta.app_label}.change_{row._meta.model_name}", row):
            raise ValidationError(_("This belongs to a programme that you do not keep."))

    def import_field(
        self,
        field: Field,
        instance: Model,
        row: dict[str, Any],
        is_m2m: bool = False,
        **kwargs: Any,
    ) -> None:
        if row.get(field.column_name) not in (None, ""):
            super().import_field(field, instance, row, is_m2m, **kwargs)

    def get_diff_class(self) -> type[Diff]:
        return WordedDiff

    def get_diff_headers(self) -> list[str]:
        fields = [self._meta.model._meta.get_field(name) for name in self._meta.fields]
        return [str(field.verbose_name) for field in fields]

    class Meta:
        abstract = True
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True
        use_transactions = True


class ListAdminMixin(ImportExportMixin):
    """Give the admin of a small table `list_columns` and `resource_classes`."""

    import_template_name = "admin/list_import.html"
    export_form_class = ExportForm  # the selectable one needs inline scripts

    def list_columns(self) -> Sequence[Column]:
        raise NotImplementedError

    def get_import_formats(self) -> list[type[Format]]:
        return [self._over_columns(ListFormat)]

    def get_export_formats(self) -> list[type[Format]]:
        return [self._over_columns(XlsxList), self._over_columns(CsvList)]

    def _over_columns(self, base: type[ListFormat]) -> type[Format]:
        return type(base.__name__, (base,), {"columns": self.list_columns()})

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)

    def has_export_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_export_filename(
        self, request: HttpRequest, queryset: QuerySet, file_format: Any
    ) -> str:
        stem = f"{self.model._meta.model_name} {local_day(local_now())}"
        return safe_file_name(stem, file_format.get_extension())

    def add_data_read_fail_error_to_form(self, form: forms.Form, e: Exception) -> None:
        if isinstance(e, Refused):
            form.add_error("import_file", e.message)  # type: ignore[arg-type]
        elif isinstance(e, FaultyListError):
            for fault in e.faults:
                form.add_error("import_file", str(fault))
        else:
            super().add_data_read_fail_error_to_form(form, e)
