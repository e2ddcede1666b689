from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "diedie_edu.people"
    verbose_name = _("Residents and volunteers")
