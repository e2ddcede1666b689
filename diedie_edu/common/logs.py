"""What must not stand in a log: addresses that are themselves the key."""

import logging
import re

from diedie_edu.common.links import TOKEN

# Whoever knows a feed's address reads it, and whoever has a message's link may act by it. Django
# logs the path of what it did not find, and a mistyped or revoked token is close enough to a
# live one.
SECRET_PARTS = re.compile(rf"(/calendar/feeds/|/m/)[^\s\"'?]+|{TOKEN.pattern}")


class HideSecretAddresses(logging.Filter):
    """Cuts the secret part out of every line."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        if SECRET_PARTS.search(text):
            record.msg, record.args = SECRET_PARTS.sub(_without_secret, text), ()
        return True


def _without_secret(found: re.Match[str]) -> str:
    return f"{found[1] or found[2]}…"
