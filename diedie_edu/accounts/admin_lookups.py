"""By what an address may narrow a list of the admin site."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import get_fields_from_path
from django.http import HttpRequest

from diedie_edu.common.sent import sent_day, sent_number

ASKED = ["", "__exact", "__gte", "__lt", "__year", "__month", "__day"]
DAY = {"year": "2000", "month": "1", "day": "1"}  # what an address leaves out


class FiltersAlone(admin.ModelAdmin):
    """Lists that answer to their own filters, and to nothing else.

    Django lets an address ask any column of the table: whoever sees rows could find out sign by
    sign what stands in those that no page shows, such as the hash of a password.
    """

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        known = set(chain.from_iterable(map(self._lookups, self._filters(request))))
        return lookup in known and _is_a_day(lookup, request)

    def _filters(self, request: HttpRequest) -> Iterator[Any]:
        yield from self.get_list_filter(request)
        if self.date_hierarchy:
            yield self.date_hierarchy

    def _lookups(self, row: Any) -> Iterator[str]:
        """By which parameters a filter asks, however it stands in `list_filter`."""
        if isinstance(row, type):
            yield row.parameter_name  # type: ignore[attr-defined]
            return
        path = row if isinstance(row, str) else row[0]
        field: Any = get_fields_from_path(self.model, path)[-1]
        key = f"__{field.target_field.name}" if field.is_relation else ""
        yield from (f"{path}{key}{asked}" for asked in ASKED)
        yield from (f"{path}__isnull", f"{path}__isempty")


def _is_a_day(lookup: str, request: HttpRequest) -> bool:
    """Whether year, month and day, as far as an address names them, are one of ours."""
    path, _dashes, part = lookup.rpartition("__")
    if part not in DAY:
        return True
    asked = request.GET
    parts = [sent_number(asked.get(f"{path}__{one}", usual)) for one, usual in DAY.items()]
    return sent_day("{:04}-{:02}-{:02}".format(*parts)) is not None
