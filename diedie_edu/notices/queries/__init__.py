from diedie_edu.notices.queries.addresses import masked_address, with_address
from diedie_edu.notices.queries.inbox import (
    Message,
    messages_of,
    opened,
    unread_count,
    unread_notices,
)
from diedie_edu.notices.queries.state import Health, health
from diedie_edu.notices.queries.trouble import TroubleRow, trouble_row, troubled

__all__ = [
    "Health",
    "Message",
    "TroubleRow",
    "health",
    "masked_address",
    "messages_of",
    "opened",
    "trouble_row",
    "troubled",
    "unread_count",
    "unread_notices",
    "with_address",
]
