"""The way out of the admin site: what a list shows, as a spreadsheet.

django-import-export has the button, the form and the permission; the file is written by
`common.spreadsheets`, so no text in it runs as a formula, and beside the web process (`Exporter`).
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeVar

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field, lookup_field
from django.core.exceptions import BadRequest
from django.db import models
from django.db.models import Model, QuerySet
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.utils.text import capfirst
from import_export.admin import ExportMixin
from import_export.fields import Field
from import_export.formats.base_formats import CSV, XLSX, Format
from import_export.forms import ExportForm
from import_export.resources import Resource

from diedie_edu.accounts.access import SignedInRequest, confirm_first
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.manifests import parts_of
from diedie_edu.common.references import tells_of_people
from diedie_edu.common.spreadsheets.columns import CellType, Column, columns_to_write
from diedie_edu.common.spreadsheets.outgoing import Outgoing, Rows
from diedie_edu.common.why import WhyForm

Display = TypeVar("Display", bound=Callable[..., Any])
# Of fields without choices; the first that fits.
TYPES: dict[type[models.Field], CellType] = {
    models.DateTimeField: CellType.MOMENT,
    models.DateField: CellType.DATE,
    models.TimeField: CellType.TIME,
    models.BooleanField: CellType.BOOLEAN,
    models.IntegerField: CellType.INTEGER,
}


@dataclass(frozen=True)
class StaysIn:
    """Rows of any model that no list of the admin site lets out.

    `without` gets rows and the names of keys to people of whom the list shows the number alone.
    """

    without: Callable[[QuerySet, Collection[str], date], QuerySet]


@dataclass(frozen=True)
class Exporter:
    """The room that writes the files: `ask(request, pages, extension, reason)` leads to the file;
    the reason is empty for lists that name nobody."""

    ask: Callable[[SignedInRequest, "WayOut", str, str], HttpResponse]


class ExportWithReason(WhyForm, ExportForm):
    field_order = ["resource", "format", "reason"]


class ExcelFile(XLSX):
    def get_title(self) -> str:
        return "Excel (.xlsx)"


class CsvFile(CSV):
    def get_title(self) -> str:
        return "CSV"


class Titles(Resource):
    """The columns of a list, for the library's pages, which name them."""

    def __init__(self, columns: Iterable[Column] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.columns = columns

    @classmethod
    def get_display_name(cls) -> str:
        return ""

    def get_user_visible_fields(self) -> list[Field]:
        return [Field(column_name=column.title) for column in self.columns]


def written_as(column: Column | None) -> Callable[[Display], Display]:
    """What a file has in the place of a cell of the list; None for what is for the screen alone."""

    def mark(display: Display) -> Display:
        display.column = column  # type: ignore[attr-defined]
        return display

    return mark


class WayOut(ExportMixin):
    """The rows that a list shows, by its search and filters, in the columns that it shows.

    `columns_shown` names others than `list_display` does. Phones are covered for readers who do
    not move people's data; `shown_by_number` are keys to people whose names are not shown.
    """

    columns_shown: Collection[str] = ()
    shown_by_number: Collection[str] = ()

    def has_export_permission(self, request: SignedInRequest) -> bool:
        return self.has_view_permission(request)

    @property
    def names_people(self) -> bool:
        """Somebody's name or phone may be in it."""
        columns = {field.name for field in self.model._meta.concrete_fields}
        return tells_of_people(self.model) or "phone" in columns

    def get_export_form_class(self) -> type[ExportForm]:
        """Not the selectable one, which needs inline scripts."""
        return ExportWithReason if self.names_people else ExportForm

    def get_export_formats(self) -> list[type[Format]]:
        return [ExcelFile, CsvFile]

    def get_resource_classes(self, request: SignedInRequest) -> list[type[Resource]]:
        return [Titles]

    def get_export_resource_kwargs(self, request: SignedInRequest, **kwargs: Any) -> dict[str, Any]:
        return {"columns": self.columns_out(request)}

    def get_export_queryset(self, request: SignedInRequest) -> QuerySet:
        rows = super().get_export_queryset(request)
        for some in parts_of(StaysIn):
            rows = some.without(rows, self.shown_by_number, local_day(local_now()))
        return rows

    def export_action(self, request: SignedInRequest) -> HttpResponseBase:
        """Asks first who it is: many people at once. Raises `BadRequest` where the address narrows
        the list by what is no value."""
        try:
            return confirm_first(request) or super().export_action(request)
        except IncorrectLookupParameters as error:
            raise BadRequest from error

    def _do_file_export(
        self,
        file_format: Format,
        request: SignedInRequest,
        queryset: QuerySet,
        export_form: ExportForm,
    ) -> HttpResponse:
        """The library's last step; here a worker takes it (`outgoing`)."""
        [exporter] = parts_of(Exporter)
        reason = export_form.cleaned_data.get("reason", "")
        return exporter.ask(request, self, file_format.get_extension(), reason)

    def outgoing(self, request: SignedInRequest) -> Outgoing:
        """What the list shows whoever asks for it now."""
        columns = self.columns_out(request)
        rows = self.rows_out(request, self.get_export_queryset(request))
        return Outgoing(columns, rows, whole=self.shows_whole(request))

    def columns_out(self, request: SignedInRequest) -> list[Column]:
        names = self.columns_shown or self.get_list_display(request)
        columns = [column for name in names if (column := self._column(name))]
        return columns_to_write(columns, whole=self.shows_whole(request))

    def shows_whole(self, request: SignedInRequest) -> bool:
        return sees_whole(request)

    def rows_out(self, request: SignedInRequest, queryset: QuerySet) -> Rows:
        return queryset

    def _column(self, name: Any) -> Column | None:
        display = name if callable(name) else getattr(self, name, None)
        if display is not None and hasattr(display, "column"):
            return display.column
        title = capfirst(str(label_for_field(name, self.model, self)))
        return Column(str(name), title, self._type(name), value=partial(self._shown, name))

    def _type(self, name: Any) -> CellType:
        fields = {field.name: field for field in self.model._meta.concrete_fields}
        field = fields.get(name)
        if field is None or field.choices:
            return CellType.TEXT
        fitting = (type for of, type in TYPES.items() if isinstance(field, of))
        return next(fitting, CellType.TEXT)

    def _shown(self, name: Any, row: Model) -> Any:
        field, _attribute, value = lookup_field(name, row, self)
        if field is not None and field.choices:
            return getattr(row, f"get_{name}_display")()
        return value


def as_if_asked_by(user: User, query: str = "") -> SignedInRequest:
    """A request for a list of the admin site, where a worker needs one."""
    request = SignedInRequest()
    request.method, request.user, request.GET = "GET", user, QueryDict(query)
    return request


def sees_whole(request: SignedInRequest) -> bool:
    return request.user.may(Permission.MOVE_PEOPLE)
