"""What a form's button names."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

Row = TypeVar("Row", bound=Model)


def row_or_404(request: HttpRequest, name: str, rows: type[Row] | QuerySet[Row]) -> Row:
    """The row whose number was sent under this name; anything else answers 404."""
    sent = request.POST.get(name, "")
    return get_object_or_404(rows, pk=sent if sent.isdecimal() else 0)
