from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResidentsSchoolConfig(AppConfig):
    name = "residents_school"
    verbose_name = _("Residents' school")
