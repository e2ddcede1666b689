"""Spans of time as the database compares them."""

from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, DateTimeRangeField
from django.db.models import Func


class TsTzRange(Func):
    """PostgreSQL's half-open range of two instants."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class DateRange(Func):
    """PostgreSQL's range of two days."""

    function = "DATERANGE"
    output_field = DateRangeField()


class NumberRange(Func):
    """PostgreSQL's range of two whole numbers."""

    function = "INT8RANGE"
    output_field = BigIntegerRangeField()
