"""How much one request reads: no page grows with a table until it ends a web process."""

import logging
import math
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

logger = logging.getLogger(__name__)


class TooManyRowsError(Exception):
    """A page asks the database for more than one request may read."""


class RowsRead:
    """Counts what the database gives, as a wrapper around what is executed. What a server-side
    cursor hands over piece by piece is not counted: whoever reads so has an end of their own."""

    def __init__(self, limit: float) -> None:
        self.limit, self.number = limit, 0

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        answer = execute(sql, params, many, context)
        cursor = context["cursor"]
        if cursor.description:
            self.number += max(cursor.rowcount, 0)
        if self.number > self.limit:
            self.limit = math.inf  # the page that says so reads a little too
            raise TooManyRowsError
        return answer


class BoundedReading:
    """Middleware: whoever asks for too much is told so, and staff find it in the logs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with connection.execute_wrapper(RowsRead(settings.ROWS_PER_REQUEST)):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, TooManyRowsError):
            return None
        match = request.resolver_match
        logger.error("%s reads too many rows", match.view_name if match else "a page")
        return render(request, "too_much.html", status=503)
