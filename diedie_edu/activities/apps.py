from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    name = "diedie_edu.activities"
    verbose_name = _("Activities")

    def ready(self) -> None:
        from diedie_edu.activities.actions.taking import write_function

        post_migrate.connect(write_function, sender=self)
