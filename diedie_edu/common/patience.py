"""For a rare action that holds many rows: it stands back where somebody else is at work on them."""

import random
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused

TRIES = 40
# Far less than the second after which PostgreSQL looks for deadlocks; and whoever has stood for a
# second behind others looks in that very moment, so it is as good as no waiting at all.
PATIENCE = "20ms"
IN_THE_WAY = {"55P03", "40P01"}  # lock_not_available, deadlock_detected
Action = Callable[..., Any]


def gives_way(action: Action) -> Action:
    """In a transaction that never waits long for a lock, and begins anew where it would have to:
    so it is this action that stands back, and nobody else meets a deadlock.

    Raises `Refused` (`busy`) where that does not end.
    """

    @wraps(action)
    def patient(*args: Any, **named: Any) -> Any:
        for turn in range(TRIES):
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
                    done = action(*args, **named)
                    cursor.execute("SET LOCAL lock_timeout = DEFAULT")
                    return done
            except OperationalError as error:
                if getattr(error.__cause__, "pgcode", "") not in IN_THE_WAY:
                    raise
            time.sleep(random.uniform(0.01, 0.02 * (turn + 1)))  # nosec B311
        raise Refused(
            "busy", _("Somebody is entering something here. Please try again in a minute.")
        )

    return patient
