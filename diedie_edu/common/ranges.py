"""Spans of time as the database compares them."""

from django.contrib.postgres.fields import DateTimeRangeField
from django.db.models import Func


class TsTzRange(Func):
    """PostgreSQL's half-open range of two instants."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()
