from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VolunteeringConfig(AppConfig):
    name = "diedie_edu.volunteering"
    verbose_name = _("Volunteers on duty")
