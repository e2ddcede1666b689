from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EduBaseConfig(AppConfig):
    name = "edu_base"
    verbose_name = _("Education base")
