from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AfterSchoolConfig(AppConfig):
    name = "after_school"
    verbose_name = _("4:30 school")
