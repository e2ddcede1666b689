from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunityConfig(AppConfig):
    name = "diedie_edu.community"
    verbose_name = _("The community")
