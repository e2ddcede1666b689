from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ListsConfig(AppConfig):
    name = "diedie_edu.lists"
    verbose_name = _("Lists in and out")
