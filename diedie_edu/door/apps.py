from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DoorConfig(AppConfig):
    name = "diedie_edu.door"
    verbose_name = _("At the door")

    def ready(self) -> None:
        from diedie_edu.door.actions.feedback import plan_feedback
        from diedie_edu.door.lists import ATTENDANCE_LIST
        from diedie_edu.lists import kinds
        from diedie_edu.notices import planners

        planners.register(plan_feedback)
        kinds.register(ATTENDANCE_LIST)
