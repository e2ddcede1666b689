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

__all__ = [
    "CODE",
    "GONE",
    "HEARD",
    "IN_HAND",
    "NOT_ARRIVED",
    "OPEN",
    "STOPPABLE",
    "TO_PEOPLE",
    "TROUBLE",
    "Attempt",
    "Channel",
    "Notice",
    "PhoneChoice",
    "Reached",
    "Reason",
    "Status",
    "Tick",
]
