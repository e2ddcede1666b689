"""The one exception by which a rule says no, and the name by which the database does."""

from collections.abc import Callable
from typing import ParamSpec

from django.db import IntegrityError
from django.utils.functional import Promise

Facts = ParamSpec("Facts")


class Refused(Exception):  # noqa: N818  it is an answer, not an error
    """A rule said no.

    `code` is stable and for programs ("full", "already_in"); `message` is for the person, in
    their language once it is shown; `field` names the form field it belongs beside, if any.
    """

    def __init__(self, code: str, message: str | Promise, field: str | None = None):
        super().__init__(code, message, field)
        self.code = code
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return str(self.message)


class StoreAwayError(OSError):
    """The store of files cannot be reached, or does not let us in."""


def refusal_of(
    check: Callable[Facts, object], *facts: Facts.args, **more: Facts.kwargs
) -> Refused | None:
    """What a rule says to these facts: why not, or None where it lets them pass."""
    try:
        check(*facts, **more)
    except Refused as refusal:
        return refusal
    return None


def constraint_of(error: IntegrityError) -> str:
    """The name of the constraint, or of the guard, by which the database refused a row."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
