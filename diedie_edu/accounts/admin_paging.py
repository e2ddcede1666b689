"""Lists of the admin site cost the same, however many rows their table has (docs/adr/0058)."""

from functools import cached_property

from django import forms
from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

MOST = 1000  # rows that a list turns pages through; who seeks more, searches


class FirstPages(Paginator):
    """Pages of the first rows: to count them all, PostgreSQL would read them all."""

    object_list: QuerySet

    @cached_property
    def found(self) -> int:
        """As many as there are; one above `MOST` where there are more."""
        return self.object_list.order_by().values("pk")[: MOST + 1].count()

    @cached_property
    def count(self) -> int:
        return min(self.found, MOST)

    @property
    def goes_on(self) -> bool:
        return self.found > MOST


class Paged(admin.ModelAdmin):
    """Django would count the whole table for each page, and for each choice of its filters."""

    paginator = FirstPages
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def response_action(  # type: ignore[override]
        self, request: HttpRequest, queryset: QuerySet
    ) -> HttpResponseBase | None:
        """“All of them” are those that the pages show."""
        is_all = forms.BooleanField().to_python(request.POST.get("select_across"))
        if is_all and FirstPages(queryset, 1).goes_on:
            messages.error(request, _("These are too many at once. Narrow the list first."))
            return None
        return super().response_action(request, queryset)
