from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "diedie_edu.notices"
    verbose_name = _("Notices")

    def ready(self) -> None:
        from diedie_edu.notices import checks  # noqa: F401  (registers the check)
