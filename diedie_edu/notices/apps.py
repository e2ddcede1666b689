from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "diedie_edu.notices"
    verbose_name = _("Notices")

    def ready(self) -> None:
        """Make every app's kinds of message known, in web and worker processes alike."""
        from diedie_edu.notices import checks  # noqa: F401 - registers itself

        autodiscover_modules("messages")
