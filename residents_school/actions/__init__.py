from residents_school.actions.lectures import (
    LecturePlan,
    announce_lecture,
    change_lecture,
    plan_lecture,
)

__all__ = ["LecturePlan", "announce_lecture", "change_lecture", "plan_lecture"]
