"""What was shown for deletion in the admin site is what is deleted.

The page that asks whether to delete carries a hash of the rows and of all that goes with them; it
is compared under the rows' locks when the page is sent.
"""

from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from diedie_edu.common import opened
from diedie_edu.common.edit_forms import OPENED
from diedie_edu.common.errors import Refused

ACTION = "delete_selected"
GOES = "goes"


class DeletesAsShown(admin.ModelAdmin):
    """Below it, `what_goes` finds what Django calls the deleted objects."""

    def what_goes(self, objs: Any, request: HttpRequest) -> Any:
        return super().get_deleted_objects(objs, request)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Raises `Refused` (`changed`) where somebody saved something since the page was shown."""
        is_sent = _is_sent(request)
        rows = self._locked(objs) if is_sent else list(objs)
        found = self.what_goes(objs, request)
        what, text = f"{request.user.pk}:{self.opts.label_lower}", _text(rows, found[0])
        will_go = not (found[2] or found[3])  # nothing keeps it, and the reader may
        carried = opened.read_hashes(request.POST.get(OPENED, "")).get(GOES, "")
        if is_sent and will_go and not opened.is_hash_of(carried, what, GOES, text):
            raise Refused(
                "changed",
                _(
                    "Nothing was deleted: something was saved here after you had opened that page. "
                    "Please look at what goes now, then confirm once more."
                ),
            )
        request.going = opened.hashes_of({GOES: text}, what)  # type: ignore[attr-defined]
        return found

    def response_action(
        self, request: HttpRequest, queryset: QuerySet, *more: Any
    ) -> HttpResponse | None:
        is_deleting = request.POST.get("action") == ACTION
        with transaction.atomic() if is_deleting else nullcontext():
            return super().response_action(request, queryset, *more)

    def _locked(self, objs: Iterable[Model]) -> list[Model]:
        rows = self.model._base_manager.filter(pk__in=[row.pk for row in objs])
        return list(rows.select_for_update(of=("self",)).order_by("pk"))


def _is_sent(request: HttpRequest) -> bool:
    """Whether somebody has confirmed: the page of one row, or of several chosen in a list."""
    match = request.resolver_match
    if match is not None and match.url_name and match.url_name.endswith("_delete"):
        return bool(request.POST)
    return "post" in request.POST


def _text(rows: Iterable[Model], going: Any) -> str:
    of_rows = sorted(
        " ".join(opened.plain(getattr(row, column.attname)) for column in row._meta.concrete_fields)
        for row in rows
    )
    return "\n".join([*of_rows, *sorted(_lines(going))])


def _lines(going: Any) -> Iterator[str]:
    """Of the nested lists that the page shows."""
    for one in going:
        if isinstance(one, list | tuple):
            yield from _lines(one)
        else:
            yield str(one)
