from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    name = "diedie_edu.activities"
    verbose_name = _("Activities")

    def ready(self) -> None:
        from diedie_edu.activities import messages  # noqa: F401  (registers the kinds)
        from diedie_edu.activities.actions import offers, reminders
        from diedie_edu.activities.lists import SIGN_UPS_LIST
        from diedie_edu.lists import kinds
        from diedie_edu.notices import planners

        planners.register(reminders.plan_reminders)
        planners.register(offers.pass_places_on)
        kinds.register(SIGN_UPS_LIST)
