from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficeConfig(AppConfig):
    name = "diedie_edu.office"
    verbose_name = _("Programme office")
