from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HappySquareConfig(AppConfig):
    name = "happy_square"
    verbose_name = _("Happy Square")
