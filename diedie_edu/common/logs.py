"""What must not stand in a log: addresses that are themselves the key."""

import logging
import re

# Whoever knows a feed's address reads it. Django logs the path of what it did not find, and a
# mistyped or revoked token is close enough to a live one.
SECRET_PARTS = re.compile(r"(/calendar/feeds/)[^\s\"'?]+")


class HideSecretAddresses(logging.Filter):
    """Cuts the secret part out of every line."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        if SECRET_PARTS.search(text):
            record.msg, record.args = SECRET_PARTS.sub(r"\1…", text), ()
        return True
