from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    name = "diedie_edu.activities"
    verbose_name = _("Activities")

    def ready(self) -> None:
        from diedie_edu.activities import messages  # noqa: F401  (registers the kinds)
        from diedie_edu.activities.actions import pass_places_on, plan_feedback, plan_reminders
        from diedie_edu.activities.lists.attendance import ATTENDANCE_LIST
        from diedie_edu.activities.lists.sign_ups import SIGN_UPS_LIST
        from diedie_edu.notices import planners
        from diedie_edu.people.imports import kinds

        planners.register(plan_reminders)
        planners.register(pass_places_on)
        planners.register(plan_feedback)
        kinds.register(SIGN_UPS_LIST)
        kinds.register(ATTENDANCE_LIST)
