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
    "Reached",
    "Reason",
    "Status",
    "Tick",
]
