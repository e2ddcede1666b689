"""Searches of the admin site: however a name, a title or a phone is typed."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import NotRelationField, get_fields_from_path
from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, Model, QuerySet, TextField
from django.http import HttpRequest

from diedie_edu.common.characters import looked_for
from diedie_edu.common.errors import Refused
from diedie_edu.common.phones import normalise_phone


class PlainSearch(admin.ModelAdmin):
    """Texts are searched by `mentions`, a phone in its one form."""

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        return [
            f"{path}__mentions" if _is_text(self.model, path) else path
            for path in super().get_search_fields(request)
        ]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        return super().get_search_results(request, queryset, _meant(search_term))


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
