from diedie_edu.notices.models.attempts import Attempt, Reason, Tick
from diedie_edu.notices.models.notices import (
    CODE,
    GONE,
    HEARD,
    IN_HAND,
    NOT_ARRIVED,
    OPEN,
    STOPPABLE,
    TO_PEOPLE,
    TROUBLE,
    Channel,
    Notice,
    Status,
)
from diedie_edu.notices.models.phone_choices import PhoneChoice
from diedie_edu.notices.models.reached import Reached
from diedie_edu.notices.models.receipts import Receipt
from diedie_edu.notices.models.robots import SIGNED, Chat, Robot
from diedie_edu.notices.models.templates import ApprovedTemplate, Provider
from diedie_edu.notices.models.wechat import WeChatAccess, WeChatCall, WeChatCode, WeChatTie

__all__ = [
    "CODE",
    "GONE",
    "HEARD",
    "IN_HAND",
    "NOT_ARRIVED",
    "OPEN",
    "SIGNED",
    "STOPPABLE",
    "TO_PEOPLE",
    "TROUBLE",
    "ApprovedTemplate",
    "Attempt",
    "Channel",
    "Chat",
    "Notice",
    "PhoneChoice",
    "Provider",
    "Reached",
    "Reason",
    "Receipt",
    "Robot",
    "Status",
    "Tick",
    "WeChatAccess",
    "WeChatCall",
    "WeChatCode",
    "WeChatTie",
]
