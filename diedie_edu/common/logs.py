"""What must not stand in a log: addresses that are themselves the key, and rows of the database."""

import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterator
from copy import copy
from typing import Any

import psycopg2
from django.db import Error

from diedie_edu.common.current_request import account_number
from diedie_edu.common.links import TOKEN

# Whoever knows a feed's address reads it, and whoever has a message's link may act by it. Django
# logs the path of what it did not find, and a mistyped or revoked token is close enough to a
# live one.
SECRET_PARTS = re.compile(rf"(/calendar/feeds/|/m/)[^\s\"'?]+|{TOKEN.pattern}")
# PostgreSQL tells with an error which row it was about, with all that stands in it.
ROWS = re.compile(r"(DETAIL:|Failing row contains|Key \().*", re.DOTALL)
SERVER_ERROR = 500


class HideSecretAddresses(logging.Filter):
    """Cuts the secret part out of every line."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        if SECRET_PARTS.search(text):
            record.msg, record.args = SECRET_PARTS.sub(_without_secret, text), ()
        return True


def _without_secret(found: re.Match[str]) -> str:
    return f"{found[1] or found[2]}…"


class Line(logging.Formatter):
    """With the number of the account that asks ("-" where nobody does). Whatever is answered
    needs no traceback, and of an error of the database only its name is told."""

    def format(self, record: logging.LogRecord) -> str:
        told = copy(record)
        errors = list(_errors_in(record))
        told.msg, told.args = ROWS.sub("…", named(record.getMessage(), errors)), ()
        told.account = account_number() or "-"
        told.exc_text = None
        if getattr(record, "status_code", SERVER_ERROR) < SERVER_ERROR:
            told.exc_info = None
        return super().format(told)

    def formatException(self, ei: Any) -> str:  # noqa: N802 (the name of the library)
        return named(super().formatException(ei), list(_chain(ei[1])))


def named(text: str, errors: list[BaseException]) -> str:
    """`text` with the names of the database's errors in the place of what they say."""
    for error in errors:
        for said in (repr(error), str(error)):
            text = text.replace(said, _name(error)) if said else text
    return text


def _errors_in(record: logging.LogRecord) -> Iterator[BaseException]:
    args = record.args.values() if isinstance(record.args, dict) else record.args or ()
    for found in (*args, record.exc_info and record.exc_info[1]):
        if isinstance(found, BaseException):
            yield from _chain(found)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The database's errors in what led to `error`."""
    seen: list[BaseException] = []
    waiting = [error]
    while waiting:
        found = waiting.pop()
        if found is not None and found not in seen:
            seen.append(found)
            waiting += [found.__cause__, found.__context__]
    return (found for found in seen if isinstance(found, Error | psycopg2.Error))


def _name(error: BaseException) -> str:
    """Such as "IntegrityError 23505 account_phone_once"."""
    told: Any = error if isinstance(error, psycopg2.Error) else error.__cause__
    constraint = getattr(getattr(told, "diag", None), "constraint_name", "")
    parts = (type(error).__name__, getattr(told, "pgcode", ""), constraint)
    return " ".join(filter(None, parts))


def tell_of_crashes() -> None:
    """What ends a command or a thread is told like everything else."""
    sys.excepthook = _tell
    threading.excepthook = lambda crash: _tell(
        crash.exc_type, crash.exc_value or crash.exc_type(), crash.exc_traceback
    )


def _tell(kind: type[BaseException], error: BaseException, trace: Any) -> None:
    text = "".join(traceback.format_exception(kind, error, trace))
    sys.stderr.write(named(text, list(_chain(error))))
