"""Searches of the admin site: however a name, a title or a phone is typed."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import NotRelationField, get_fields_from_path
from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, Model, Q, QuerySet, TextField
from django.db.models.constants import LOOKUP_SEP
from django.http import HttpRequest
from django.utils.text import smart_split, unescape_string_literal

from diedie_edu.common.characters import looked_for
from diedie_edu.common.errors import Refused
from diedie_edu.common.phones import normalise_phone


class PlainSearch(admin.ModelAdmin):
    """Texts are searched by `mentions`, a phone in its one form.

    Rows are found column by column: a condition that joins columns of several tables by OR is no
    work for an index, and PostgreSQL would put all rows of all of them together first.
    """

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        return [
            f"{path}__mentions" if _is_text(self.model, path) else path
            for path in super().get_search_fields(request)
        ]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        fields = self.get_search_fields(request)
        for word in _words(_meant(search_term)) if fields else []:
            first, *others = [self._found(path, word) for path in fields]
            queryset = queryset.filter(pk__in=first.union(*others))
        return queryset, False

    def _found(self, path: str, word: str) -> QuerySet:
        """The keys of rows of which one column, or one of a row that they name, holds the word."""
        rows = self.model._base_manager.order_by()
        key, _sign, rest = path.partition(LOOKUP_SEP)
        of: Any = self.model._meta.get_field(key)
        if not of.is_relation:
            return rows.filter(_asked(path, word)).values("pk")
        named = of.related_model._base_manager.order_by().filter(_asked(rest, word))
        return rows.filter(Q((f"{key}__in", named))).values("pk")


def _asked(path: str, word: str) -> Q:
    """Without a lookup of its own, as the stock admin site asks."""
    return Q((path if path.endswith(("mentions", "holds")) else f"{path}__icontains", word))


def _words(text: str) -> list[str]:
    """Those that stand in quotation marks are one."""
    return [_bare(word) for word in smart_split(text)]


def _bare(word: str) -> str:
    quoted = word[0] in "\"'" and word[0] == word[-1]
    return unescape_string_literal(word) if quoted else word


def _is_text(model: type[Model], path: str) -> bool:
    try:
        field: Any = get_fields_from_path(model, path)[-1]
    except (FieldDoesNotExist, NotRelationField):  # its last step is a lookup
        return False
    return isinstance(field, CharField | TextField)


def _meant(words: str) -> str:
    try:
        return normalise_phone(words)
    except Refused:
        return looked_for(words)
